// SPDX-License-Identifier: LGPL-2.1-or-later
// UTF-8 recognised, Windows-1252 repaired.
#include "base/encoding.hpp"

#include <algorithm>
#include <array>

namespace relevo {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<std::uint8_t>(text[at]) : 0;
}

bool is_control(char c) {
  return static_cast<std::uint8_t>(c) < 0x20 || c == 0x7f;
}

} // namespace

bool is_plain(std::string_view text) noexcept {
  // Without a branch for each byte, so that compilers can take many at a time.
  unsigned other = 0;
  for (const char c : text)
    other |= static_cast<unsigned>(static_cast<std::uint8_t>(c) - 0x20U) > 0x7eU - 0x20U;
  return other == 0;
}

bool has_controls(std::string_view text) noexcept {
  return std::ranges::any_of(text, is_control);
}

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const auto length = utf8_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::size_t utf8_length(std::string_view text) noexcept {
  const auto b0 = byte_at(text, 0), b1 = byte_at(text, 1);
  const auto continues = [text](std::size_t at) { return (byte_at(text, at) & 0xc0) == 0x80; };
  if (b0 < 0x80) return 1;
  if (b0 < 0xc2 || !continues(1)) return 0;
  if (b0 < 0xe0) return 2;
  if (!continues(2)) return 0;
  const bool overlong = (b0 == 0xe0 && b1 < 0xa0) || (b0 == 0xf0 && b1 < 0x90);
  const bool surrogate = b0 == 0xed && b1 > 0x9f;
  if (overlong || surrogate) return 0;
  if (b0 < 0xf0) return 3;
  const bool beyond = b0 > 0xf4 || (b0 == 0xf4 && b1 > 0x8f);
  return !beyond && continues(3) ? 4 : 0;
}

void append_utf8(std::string& out, char32_t c) {
  if ((c >= 0xd800 && c < 0xe000) || c > 0x10ffff) c = 0xfffd;
  const auto continuation = [&out, c](int shift) { out += static_cast<char>(0x80 | (c >> shift & 0x3f)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xc0 | c >> 6);
    continuation(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xe0 | c >> 12);
    continuation(6);
    continuation(0);
  } else {
    out += static_cast<char>(0xf0 | c >> 18);
    continuation(12);
    continuation(6);
    continuation(0);
  }
}

char32_t from_windows_1252(std::uint8_t byte) noexcept {
  static constexpr std::array<char16_t, 32> kDifferent = {
      0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
      0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
      0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
  return byte >= 0x80 && byte < 0xa0 ? kDifferent[byte - 0x80U] : byte;
}

void append_clean(std::string& out, std::string_view text) {
  if (is_plain(text)) {
    out += text;
    return;
  }
  while (!text.empty()) {
    const auto length = utf8_length(text);
    if (length == 0)
      append_utf8(out, from_windows_1252(static_cast<std::uint8_t>(text.front())));
    else if (length == 1)
      out += is_control(text.front()) ? ' ' : text.front();
    else
      out += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
}

} // namespace relevo
