// SPDX-License-Identifier: LGPL-2.1-or-later
// One pass from left to right. Where a line can be read in several ways, the one that providers mean most
// often counts.
#include "attributes.hpp"

#include "base/text.hpp"
#include "m3u/parse.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace relevo::m3u {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_key_char(char c) {
  return (to_lower(c) >= 'a' && to_lower(c) <= 'z') || is_digit(c) || c == '-' || c == '_' || c == '.';
}

class Scanner {
 public:
  explicit Scanner(Text text) : text_(text), view_(view(text)) {}

  [[nodiscard]] bool at_end() const { return at_ == view_.size(); }
  [[nodiscard]] bool at_comma() const { return !at_end() && view_[at_] == ','; }
  [[nodiscard]] bool at_attribute() const { return key_length(at_) != 0; }
  [[nodiscard]] bool at_quoted_attribute() const {
    const auto length = key_length(at_);
    return length != 0 && view_.substr(at_ + length + 1, 1) == "\"";
  }
  [[nodiscard]] std::string_view rest() const { return view_.substr(at_); }

  void skip(std::size_t count) { at_ += count; }
  void skip_blanks() { at_ = behind_blanks(at_); }
  /// What is neither attribute nor comma.
  void skip_word() { at_ = std::min(view_.find_first_of(" ,", at_), view_.size()); }

  /// Expects at_attribute().
  Attribute take_attribute();

 private:
  [[nodiscard]] std::size_t behind_blanks(std::size_t at) const {
    while (at < view_.size() && view_[at] == ' ')
      ++at;
    return at;
  }
  /// Of the key that a '=' follows; 0: none is there.
  [[nodiscard]] std::size_t key_length(std::size_t at) const {
    std::size_t end = at;
    while (end < view_.size() && is_key_char(view_[end]))
      ++end;
    return end < view_.size() && view_[end] == '=' ? end - at : 0;
  }
  [[nodiscard]] bool closes(std::size_t quote) const {
    const auto next = behind_blanks(quote + 1);
    return next == view_.size() || view_[next] == ',' || key_length(next) != 0;
  }
  [[nodiscard]] std::size_t find_closing(char quote) const;

  Text text_;
  std::string_view view_; // of text_
  std::size_t at_ = 0;
};

/// Quotes may stand inside a value. Its end is the first one that something sensible follows, and otherwise
/// the first one at all; but none behind the opening quote of the next value.
std::size_t Scanner::find_closing(char quote) const {
  std::size_t first = npos;
  for (auto at = view_.find(quote, at_); at != npos; at = view_.find(quote, at + 1)) {
    if (closes(at)) return at;
    if (at > at_ && view_[at - 1] == '=') break;
    first = std::min(first, at);
  }
  return first;
}

Attribute Scanner::take_attribute() {
  const auto key = view_.substr(at_, key_length(at_));
  at_ += key.size() + 1;
  std::size_t end = npos;
  bool quoted = !at_end() && (view_[at_] == '"' || view_[at_] == '\'');
  if (quoted) {
    ++at_;
    end = find_closing(view_[at_ - 1]);
    quoted = end != npos;
  }
  if (!quoted) end = std::min(view_.find_first_of(" ,", at_), view_.size());
  const auto value = text_.subspan(at_, end - at_);
  std::ranges::replace(value, '"', '\''); // so that every value can be written
  at_ = quoted ? end + 1 : end;
  return {key, trim(view(value))};
}

/// Seconds, with a fraction: "-1", "0", "5400.5". Takes them from the text.
std::optional<std::chrono::milliseconds> take_duration(Scanner& scanner) {
  const auto text = scanner.rest();
  std::size_t at = 0;
  const bool negative = text.substr(0, 1) == "-";
  if (negative || text.substr(0, 1) == "+") ++at;
  constexpr std::int64_t kMost = 1'000'000'000; // seconds
  std::int64_t milliseconds = 0;
  for (; at < text.size() && is_digit(text[at]); ++at)
    milliseconds = std::min(milliseconds * 10 + (text[at] - '0') * 1000, kMost * 1000);
  if (at < text.size() && text[at] == '.') {
    ++at;
    for (std::int64_t unit = 100; at < text.size() && is_digit(text[at]); ++at, unit /= 10)
      milliseconds += (text[at] - '0') * unit;
  }
  scanner.skip(at);
  if (negative || milliseconds == 0) return std::nullopt;
  return std::chrono::milliseconds(milliseconds);
}

} // namespace

bool read_attributes(Text text, Attributes& out) {
  Scanner scanner(text);
  for (scanner.skip_blanks(); !scanner.at_end(); scanner.skip_blanks()) {
    if (scanner.at_attribute())
      out.push_back(scanner.take_attribute());
    else if (scanner.at_comma())
      scanner.skip(1);
    else
      scanner.skip_word();
    if (out.size() > kMaxAttributes) return false;
  }
  return true;
}

bool read_extinf(Text text, Entry& entry) {
  Scanner scanner(text);
  scanner.skip_blanks();
  entry.duration = take_duration(scanner);
  entry.name = scanner.rest(); // of a line without a comma: what stands behind the last attribute
  for (scanner.skip_blanks(); !scanner.at_end(); scanner.skip_blanks()) {
    if (scanner.at_comma()) {
      scanner.skip(1);
      entry.name = scanner.rest();
      scanner.skip_blanks();
      if (!scanner.at_quoted_attribute()) break; // some write attributes behind the comma, and then another
    }
    if (scanner.at_attribute()) {
      entry.attributes.push_back(scanner.take_attribute());
      entry.name = scanner.rest();
      if (entry.attributes.size() > kMaxAttributes) return false;
    } else {
      scanner.skip_word();
    }
  }
  entry.name = trim(entry.name);
  if (entry.name.empty()) entry.name = find(entry.attributes, "tvg-name");
  return true;
}

} // namespace relevo::m3u
