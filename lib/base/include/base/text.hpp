// SPDX-License-Identifier: LGPL-2.1-or-later
// Small work on text: trimming, comparing, numbers, joining, quoting.
#pragma once

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

namespace relevo {

/// Without the spaces, tabs, carriage returns and line feeds at both ends.
[[nodiscard]] constexpr std::string_view trim(std::string_view text) noexcept {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

[[nodiscard]] constexpr char to_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Upper and lower case of ASCII letters are the same here.
[[nodiscard]] constexpr bool equal_nocase(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, {}, to_lower, to_lower);
}
[[nodiscard]] constexpr bool starts_with_nocase(std::string_view text, std::string_view start) noexcept {
  return text.size() >= start.size() && equal_nocase(text.substr(0, start.size()), start);
}

/// The decimal number that the whole text is; empty when it is anything else or does not fit.
template <std::integral T>
[[nodiscard]] std::optional<T> parse_number(std::string_view text) noexcept {
  T value{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

/// The parts one after the other: text, characters, and numbers in decimal.
template <class... Parts>
[[nodiscard]] std::string concat(const Parts&... parts) {
  std::string out;
  const auto append = [&out]<class Part>(const Part& part) {
    if constexpr (std::is_arithmetic_v<Part> && !std::is_same_v<Part, char>)
      out += std::to_string(part);
    else
      out += part;
  };
  (append(parts), ...);
  return out;
}

/// A piece of input for a message: in quotes, short, printable.
[[nodiscard]] inline std::string quote(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  std::string out = "\"";
  for (const char c : text.substr(0, kLongest))
    out += c >= ' ' && c <= '~' ? c : '?';
  return out + (text.size() > kLongest ? "…\"" : "\"");
}

} // namespace relevo
