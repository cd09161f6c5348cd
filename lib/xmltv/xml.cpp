// SPDX-License-Identifier: LGPL-2.1-or-later
// Memory that is counted, handlers that keep what is thrown, and the parser.
#include "xml.hpp"

#include <cstddef>
#include <cstdlib>
#include <expat.h>
#include <new>
#include <utility>

namespace relevo::xmltv {

/// expat asks for memory without saying for which parser, so the one that is being called is kept here.
struct XmlParser::Memory {
  /// While a function of expat runs.
  class Use {
   public:
    explicit Use(Memory& memory) : before_(std::exchange(current, &memory)) {}
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    ~Use() { current = before_; }

   private:
    Memory* before_; // events may use other parsers
  };

  static void* allocate(std::size_t size) noexcept { return reallocate(nullptr, size); }
  static void* reallocate(void* block, std::size_t size) noexcept {
    auto* const old = block != nullptr ? static_cast<Head*>(block) - 1 : nullptr;
    const auto old_size = old != nullptr ? old->size : 0;
    if (size > current->left + old_size) {
      current->exhausted = true;
      return nullptr;
    }
    auto* const head = static_cast<Head*>(std::realloc(old, sizeof(Head) + size));
    if (head == nullptr) return nullptr;
    head->size = size;
    current->left = current->left + old_size - size;
    return head + 1;
  }
  static void release(void* block) noexcept {
    if (block == nullptr) return;
    auto* const head = static_cast<Head*>(block) - 1;
    current->left += head->size;
    std::free(head);
  }

  std::size_t left = kMaxMemory;
  bool exhausted = false;

 private:
  struct alignas(std::max_align_t) Head {
    std::size_t size;
  };
  static thread_local Memory* current;
};

thread_local XmlParser::Memory* XmlParser::Memory::current = nullptr;

/// Given to C: nothing is thrown through it, and nothing is called any more when the parser has been stopped.
struct XmlParser::Handlers {
  template <class Call>
  static void guard(void* self, Call call) noexcept {
    auto& parser = *static_cast<XmlParser*>(self);
    if (parser.stopped_) return;
    try {
      call(parser.handler_, parser);
    } catch (...) {
      parser.thrown_ = std::current_exception();
      parser.stop();
    }
  }
  static void start(void* self, const char* name, const char** attributes) noexcept {
    guard(self, [&](XmlHandler& handler, auto&) { handler.on_start(name, Attributes(attributes)); });
  }
  static void end(void* self, const char*) noexcept {
    guard(self, [](XmlHandler& handler, auto&) { handler.on_end(); });
  }
  static void text(void* self, const char* text, int size) noexcept {
    guard(self, [&](XmlHandler& handler, const XmlParser& parser) {
      handler.on_text({text, static_cast<std::size_t>(size)}, parser.literal_);
    });
  }
  static void begin_literal(void* self) noexcept { static_cast<XmlParser*>(self)->literal_ = true; }
  static void end_literal(void* self) noexcept { static_cast<XmlParser*>(self)->literal_ = false; }
  static void attribute(void* self, const char*, const char*, const char*, const char* value, int) noexcept {
    auto& parser = *static_cast<XmlParser*>(self);
    if (value != nullptr && ++parser.defaults_ > kMaxDefaults) parser.stop();
  }
  static void entity(void* self, const char* name, int is_parameter, const char* text, int size, const char*,
                     const char*, const char*, const char*) noexcept {
    if (is_parameter != 0 || text == nullptr) return; // external ones have no text
    guard(self, [&](XmlHandler& handler, auto&) {
      handler.on_entity(name, {text, static_cast<std::size_t>(size)});
    });
  }
};

void XmlParser::Free::operator()(XML_ParserStruct* parser) const {
  const Memory::Use use(*memory);
  XML_ParserFree(parser);
}

XmlParser::XmlParser(XmlHandler& handler)
    : handler_(handler), memory_(std::make_unique<Memory>()), parser_(nullptr, Free{memory_.get()}) {
  const Memory::Use use(*memory_);
  const XML_Memory_Handling_Suite functions{Memory::allocate, Memory::reallocate, Memory::release};
  parser_.reset(XML_ParserCreate_MM("UTF-8", &functions, nullptr));
  if (!parser_) throw std::bad_alloc();
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(parser_.get(), Handlers::start, Handlers::end);
  XML_SetCharacterDataHandler(parser_.get(), Handlers::text);
  XML_SetCdataSectionHandler(parser_.get(), Handlers::begin_literal, Handlers::end_literal);
  XML_SetAttlistDeclHandler(parser_.get(), Handlers::attribute);
  XML_SetEntityDeclHandler(parser_.get(), Handlers::entity);
}

XmlParser::~XmlParser() = default;

bool XmlParser::parse(std::string_view text, bool last) {
  const Memory::Use use(*memory_);
  const auto status = XML_Parse(parser_.get(), text.data(), static_cast<int>(text.size()), last ? 1 : 0);
  parsed_ += text.size();
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  const bool no_memory = status != XML_STATUS_OK && XML_GetErrorCode(parser_.get()) == XML_ERROR_NO_MEMORY;
  if (no_memory && !memory_->exhausted) throw std::bad_alloc();
  return status == XML_STATUS_OK;
}

void XmlParser::stop() {
  stopped_ = true;
  XML_StopParser(parser_.get(), XML_FALSE);
}

std::size_t XmlParser::line() const {
  return XML_GetCurrentLineNumber(parser_.get());
}

std::string XmlParser::error() const {
  const auto code = XML_GetErrorCode(parser_.get());
  switch (code) {
  case XML_ERROR_NO_ELEMENTS:
  case XML_ERROR_UNCLOSED_TOKEN:
  case XML_ERROR_UNCLOSED_CDATA_SECTION:
  case XML_ERROR_PARTIAL_CHAR: return "the document ends too early";
  case XML_ERROR_NO_MEMORY: return "more names than a guide has";
  case XML_ERROR_ABORTED: return "more attributes with defaults than a guide has";
  default: return XML_ErrorString(code);
  }
}

std::size_t XmlParser::pending() const {
  const auto begin = XML_GetCurrentByteIndex(parser_.get());
  return begin < 0 ? parsed_ : parsed_ - static_cast<std::size_t>(begin);
}

} // namespace relevo::xmltv
