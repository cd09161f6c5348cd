// SPDX-License-Identifier: LGPL-2.1-or-later
// Most texts need nothing done, and are seen to be so many bytes at a time.
#include "text.hpp"

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "entities.hpp"

#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>

namespace relevo::xmltv {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kLongestReference = 40;

bool is_blank(char c) {
  return static_cast<std::uint8_t>(c) <= ' ' || c == kAmpersand;
}

/// Of text without blanks at its ends. Without a branch for each byte, so that compilers can take many at a
/// time.
bool is_tidy(std::string_view text) {
  bool other = false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const auto c = static_cast<std::uint8_t>(text[i]), before = static_cast<std::uint8_t>(text[i - 1]);
    other |= static_cast<bool>((c < ' ') | (c == kAmpersand) | ((c == ' ') & (before == ' ')));
  }
  return !other && (text.empty() || !is_blank(text.front()));
}

/// Browsers take the numbers of control characters as Windows-1252, and so do those who write them.
char32_t character_of(std::uint32_t number) {
  if (number == 0 || number == 0xfffe || number == 0xffff) return 0xfffd;
  return number >= 0x80 && number < 0xa0 ? from_windows_1252(static_cast<std::uint8_t>(number)) : number;
}

/// Behind the '#'; empty where it is no number.
std::optional<char32_t> read_number(std::string_view digits) {
  const bool hexadecimal = digits.starts_with('x') || digits.starts_with('X');
  if (hexadecimal) digits.remove_prefix(1);
  std::uint32_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number, hexadecimal ? 16 : 10);
  if (stop != end || error == std::errc::invalid_argument) return std::nullopt;
  return error == std::errc{} ? character_of(number) : 0xfffd;
}

/// What stands between '&' and ';' at the beginning of `text`; "" where that is no reference.
std::string_view reference_of(std::string_view text) {
  const auto end = text.substr(0, kLongestReference).find(';');
  return end == npos ? std::string_view() : text.substr(0, end);
}

/// Appends `raw` with its references resolved. The rest as for append_tidy().
bool expand(std::string& out, std::string_view raw, const Entities& entities, std::size_t limit) {
  while (true) {
    const auto mark = raw.find(kAmpersand);
    const auto plain = raw.substr(0, mark);
    if (out.size() + plain.size() > limit) return false;
    out += plain;
    if (mark == npos) return true;
    raw.remove_prefix(mark + 1);
    const auto reference = reference_of(raw);
    if (!reference.empty() && entities.resolve(out, reference))
      raw.remove_prefix(reference.size() + 1);
    else
      out += '&';
  }
}

/// Takes the blanks out of what `out` holds from `begin` on.
void collapse(std::string& out, std::size_t begin) {
  auto to = begin;
  bool blank = false;
  for (auto from = begin; from != out.size(); ++from) {
    const char c = out[from];
    if (is_blank(c)) {
      blank = to != begin;
      continue;
    }
    if (std::exchange(blank, false)) out[to++] = ' ';
    out[to++] = c;
  }
  out.resize(to);
}

} // namespace

bool Entities::declare(std::string_view name, std::string_view text) {
  std::string value;
  if (declared_.size() == kMaxEntities || !expand(value, text, *this, kMaxEntityText)) return false;
  declared_.emplace(name, std::move(value));
  return true;
}

bool Entities::resolve(std::string& out, std::string_view reference) const {
  if (!declared_.empty()) {
    const auto own = declared_.find(reference);
    if (own != declared_.end()) {
      out += own->second;
      return true;
    }
  }
  const auto character =
      reference.starts_with('#') ? read_number(reference.substr(1)) : find_entity(reference);
  if (character) append_utf8(out, *character);
  return character.has_value();
}

bool append_tidy(std::string& out, std::string_view raw, const Entities& entities, std::size_t limit) {
  raw = trim(raw);
  if (out.size() + raw.size() > limit) return false;
  if (is_tidy(raw)) {
    out += raw;
    return true;
  }
  const auto begin = out.size();
  if (!expand(out, raw, entities, limit)) return false;
  collapse(out, begin);
  return true;
}

} // namespace relevo::xmltv
