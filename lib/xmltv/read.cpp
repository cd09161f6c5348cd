// SPDX-License-Identifier: LGPL-2.1-or-later
// Bytes are decoded in blocks of one size, whatever sizes they come in, and parsed.
#include "xmltv/read.hpp"

#include "assembler.hpp"
#include "base/text.hpp"
#include "decoder.hpp"
#include "refusal.hpp"
#include "xml.hpp"

#include <algorithm>
#include <utility>

namespace relevo::xmltv {

struct Reader::Impl final : XmlHandler {
  Impl(Events e, Options o)
      : events(std::move(e)),
        options(std::move(o)),
        xml(*this),
        assembler(options.default_offset),
        block_size(std::clamp<std::size_t>(options.block_size, 1, kMaxBlockSize)),
        wanted(std::max(block_size, kMaxDeclaration)) {}

  void push(std::string_view block);
  void read_block(bool last);
  void begin();
  void parse(bool last);
  Result<Counts> finish();

  void on_start(std::string_view name, const Attributes& attributes) override;
  void on_end() override;
  void on_text(std::string_view text, bool literal) override;
  void on_entity(std::string_view name, std::string_view text) override;

  void tell(Assembler::Done done);
  void break_off(std::string message);
  [[nodiscard]] std::size_t line() const { return xml.line() + lines_before; }

  Events events;
  Options options;
  std::optional<Decoder> decoder; // when there is enough to choose it
  XmlParser xml;
  Assembler assembler;

  const std::size_t block_size;
  std::size_t wanted;  // bytes, before any are decoded
  std::string bytes;   // that wait to be decoded
  std::string decoded; // that wait to be parsed
  bool begun = false;  // something else than blanks has come
  std::size_t lines_before = 0;
  std::size_t depth = 0;
  bool is_guide = false;    // its outermost element has been seen
  std::optional<Fault> end; // nothing is read behind it
  Counts counts;
};

void Reader::Impl::push(std::string_view block) {
  while (!block.empty() && !end) {
    const auto taken = block.substr(0, wanted - bytes.size());
    bytes += taken;
    block.remove_prefix(taken.size());
    if (bytes.size() == wanted) read_block(false);
  }
}

void Reader::Impl::read_block(bool last) {
  if (!decoder) decoder.emplace(bytes, options.encoding_table);
  const auto used = decoder->decode(bytes, last, decoded);
  if (!begun) begin();
  bytes.erase(0, used);
  wanted = bytes.size() + block_size;
  const auto missing = decoder->missing();
  if (begun && !end) parse(last && missing.empty());
  decoded.clear();
  if (!end && !missing.empty()) break_off(concat("text in ", quote(missing), ", which is not known"));
}

/// Drops what some servers write in front of the document, and has a look at it.
void Reader::Impl::begin() {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  std::string_view text = decoded;
  while (true) {
    const auto blanks = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    lines_before += static_cast<std::size_t>(std::ranges::count(text.substr(0, blanks), '\n'));
    text.remove_prefix(blanks);
    if (!text.starts_with(kByteOrderMark)) break;
    text.remove_prefix(kByteOrderMark.size());
  }
  begun = !text.empty();
  if (!begun) return;
  decoded.erase(0, decoded.size() - text.size());
  auto refusal = refusal_of(decoded.starts_with('<') ? decoded : bytes);
  if (!refusal.empty()) break_off(std::move(refusal));
}

void Reader::Impl::parse(bool last) {
  const bool parsed = xml.parse(decoded, last);
  if (!end && !parsed) break_off(xml.error());
  if (!end && xml.pending() > kMaxToken)
    break_off(concat("a tag or comment of more than ", kMaxToken, " bytes"));
}

Result<Counts> Reader::Impl::finish() {
  if (!end) read_block(true);
  if (!begun) return fail("the guide is empty", lines_before + 1);
  if (is_guide) {
    counts.broken = end;
    return counts;
  }
  return fail(end->message, end->line);
}

void Reader::Impl::on_start(std::string_view name, const Attributes& attributes) {
  if (++depth > kMaxDepth) return break_off(concat("elements that are nested deeper than ", kMaxDepth));
  if (depth > 1) return assembler.start(name, attributes, depth == 2 ? line() : 0);
  auto refusal = refusal_of_root(name);
  is_guide = refusal.empty();
  if (!is_guide) break_off(std::move(refusal));
}

void Reader::Impl::on_end() {
  if (--depth != 0) tell(assembler.end());
}

void Reader::Impl::on_text(std::string_view text, bool literal) {
  if (depth > 1) assembler.text(text, literal);
}

void Reader::Impl::on_entity(std::string_view name, std::string_view text) {
  assembler.declare_entity(name, text);
  if (assembler.entities_refused()) break_off("entities that are too many, or too long");
}

void Reader::Impl::tell(Assembler::Done done) {
  switch (done) {
  case Assembler::Done::Nothing: return;
  case Assembler::Done::Channel:
    ++counts.channels;
    if (events.on_channel) events.on_channel(assembler.channel());
    return;
  case Assembler::Done::Programme:
    ++counts.programmes;
    if (events.on_programme) events.on_programme(assembler.programme());
    return;
  case Assembler::Done::Fault:
    ++counts.faults;
    if (events.on_fault) events.on_fault(assembler.fault());
    return;
  }
}

void Reader::Impl::break_off(std::string message) {
  end = Fault{line(), std::move(message)};
  xml.stop();
}

Reader::Reader(Events events, Options options)
    : impl_(std::make_unique<Impl>(std::move(events), std::move(options))) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

bool Reader::push(Bytes block) {
  impl_->push(as_text(block));
  return !impl_->end;
}

Result<Counts> Reader::finish() {
  return impl_->finish();
}

} // namespace relevo::xmltv
