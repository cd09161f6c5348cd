// SPDX-License-Identifier: LGPL-2.1-or-later
// The skin over expat: events of a document that is UTF-8 already.
#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

struct XML_ParserStruct;

namespace relevo::xmltv {

/// The attributes of an element, there during the call that gets them.
class Attributes {
 public:
  explicit Attributes(const char* const* pairs) : pairs_(pairs) {}

  /// "" where there is none of that name.
  [[nodiscard]] std::string_view find(std::string_view name) const {
    for (auto pair = pairs_; *pair != nullptr; pair += 2)
      if (name == *pair) return pair[1];
    return {};
  }

 private:
  const char* const* pairs_;
};

inline constexpr std::size_t kMaxMemory = 8 << 20; // bytes that expat may use: it remembers every name
inline constexpr std::size_t kMaxDefaults = 64; // attributes that the document gives to elements without them

/// Gets the events of a document. What is thrown comes out of XmlParser::parse().
class XmlHandler {
 public:
  virtual void on_start(std::string_view name, const Attributes& attributes) = 0;
  virtual void on_end() = 0;
  /// A piece of text; literal in a CDATA section.
  virtual void on_text(std::string_view text, bool literal) = 0;
  virtual void on_entity(std::string_view name, std::string_view text) = 0;

 protected:
  ~XmlHandler() = default;
};

/// Nothing outside the document is ever loaded, and no reference of it resolved.
class XmlParser {
 public:
  explicit XmlParser(XmlHandler& handler);
  XmlParser(const XmlParser&) = delete;
  XmlParser& operator=(const XmlParser&) = delete;
  ~XmlParser();

  /// False: it is not well-formed, or stop() was called, and no more of it can be parsed.
  [[nodiscard]] bool parse(std::string_view text, bool last);
  /// From within an event: it is the last one.
  void stop();

  /// Where the event begins, or what is not well-formed; 1 is the first line.
  [[nodiscard]] std::size_t line() const;
  /// Why parse() failed.
  [[nodiscard]] std::string error() const;
  /// Bytes that wait for the rest of a tag or comment.
  [[nodiscard]] std::size_t pending() const;

 private:
  struct Handlers;
  struct Memory;
  struct Free {
    Memory* memory;
    void operator()(XML_ParserStruct* parser) const;
  };

  XmlHandler& handler_;
  std::unique_ptr<Memory> memory_; // that the parser has
  std::unique_ptr<XML_ParserStruct, Free> parser_;
  std::exception_ptr thrown_;
  std::size_t parsed_ = 0;   // bytes
  std::size_t defaults_ = 0; // of attributes
  bool literal_ = false;
  bool stopped_ = false;
};

} // namespace relevo::xmltv
