// SPDX-License-Identifier: LGPL-2.1-or-later
// Every leniency in one place.
#include "values.hpp"

#include "base/text.hpp"

#include <array>
#include <cmath>

namespace relevo::xtream {
namespace {

std::optional<double> parse_real(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> whole(double value) {
  constexpr double kMost = 9e15; // of those that doubles hold exactly
  if (!(std::abs(value) <= kMost) || value != std::floor(value)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

} // namespace

std::optional<std::int64_t> to_integer(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (const auto* real = std::get_if<double>(&value)) return whole(*real);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1 : 0;
  if (const auto* text = std::get_if<std::string_view>(&value))
    return parse_number<std::int64_t>(trim(*text));
  return std::nullopt;
}

std::optional<double> to_real(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* text = std::get_if<std::string_view>(&value)) return parse_real(trim(*text));
  return std::nullopt;
}

bool to_flag(const Value& value) {
  if (const auto* text = std::get_if<std::string_view>(&value); text && equal_nocase(trim(*text), "true"))
    return true;
  return to_integer(value).value_or(0) != 0;
}

std::optional<Moment> to_moment(const Value& value) {
  constexpr std::int64_t kLast = 253402300799; // of the year 9999
  const auto seconds = to_integer(value);
  if (!seconds || *seconds <= 0 || *seconds > kLast) return std::nullopt;
  return Moment{std::chrono::seconds{*seconds}};
}

Id to_id(const Value& value) {
  const auto id = to_integer(value);
  return id && *id >= 0 ? *id : -1;
}

void to_text(const Value& value, std::string& out) {
  out.clear();
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    out = trim(*text);
    for (char& c : out)
      if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
    if (out.starts_with(' ') || out.ends_with(' ')) out = std::string(trim(out));
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    out = std::to_string(*integer);
  } else if (const auto* real = std::get_if<double>(&value)) {
    std::array<char, 32> digits{};
    out.assign(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), *real).ptr);
  }
}

} // namespace relevo::xtream
