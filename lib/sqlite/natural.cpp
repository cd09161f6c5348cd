// SPDX-License-Identifier: LGPL-2.1-or-later
// Names compared piece by piece: numbers, and characters.
#include "sqlite/natural.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <glib.h>

namespace relevo::sqlite {
namespace {

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

bool begins_with_digit(std::string_view text) noexcept {
  return !text.empty() && is_digit(text.front());
}

/// Takes the digits at the beginning, and gives those that count.
std::string_view take_number(std::string_view& text) noexcept {
  const auto end = std::ranges::find_if_not(text, is_digit) - text.begin();
  auto digits = text.substr(0, static_cast<std::size_t>(end));
  text.remove_prefix(digits.size());
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

/// Takes one in lower case. What is no UTF-8 comes behind all characters, byte by byte.
std::uint32_t take_character(std::string_view& text) noexcept {
  const char first = text.front();
  if (static_cast<unsigned char>(first) < 0x80) {
    text.remove_prefix(1);
    return static_cast<unsigned char>(to_lower(first));
  }
  constexpr std::uint32_t kBehindAll = 0x110000;
  const auto character = g_utf8_get_char_validated(text.data(), static_cast<gssize>(text.size()));
  const bool valid = character < kBehindAll;
  text.remove_prefix(valid ? static_cast<std::size_t>(g_unichar_to_utf8(character, nullptr)) : 1);
  return valid ? g_unichar_tolower(character) : kBehindAll + static_cast<unsigned char>(first);
}

template <class T>
int order(const T& a, const T& b) noexcept {
  return a < b ? -1 : b < a ? 1 : 0;
}

int compare_numbers(std::string_view a, std::string_view b) noexcept {
  const int by_size = order(a.size(), b.size());
  return by_size != 0 ? by_size : a.compare(b);
}

} // namespace

int compare_natural(std::string_view a, std::string_view b) noexcept {
  auto left = a;
  auto right = b;
  while (!left.empty() && !right.empty()) {
    const bool numbers = begins_with_digit(left) && begins_with_digit(right);
    const int found = numbers ? compare_numbers(take_number(left), take_number(right))
                              : order(take_character(left), take_character(right));
    if (found != 0) return found;
  }
  const int by_rest = order(left.size(), right.size());
  return by_rest != 0 ? by_rest : a.compare(b);
}

} // namespace relevo::sqlite
