// SPDX-License-Identifier: LGPL-2.1-or-later
// Numbers, durations, dates, vectors and ranges of playlists.
#include "values.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstdlib>

namespace relevo::hls {
namespace {

using namespace std::chrono;

constexpr auto npos = std::string_view::npos;

bool are_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The first digits of a fraction, as a number of that many digits.
std::int64_t fraction(std::string_view digits, int count) {
  std::int64_t value = 0;
  for (int i = 0; i < count; ++i)
    value = value * 10 + (static_cast<std::size_t>(i) < digits.size() ? digits[i] - '0' : 0);
  return value;
}

std::string pad(std::uint64_t value, std::size_t width) {
  auto digits = std::to_string(value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

/// Takes a number of exactly `width` digits and the delimiter behind it, if one is asked for.
std::optional<int> take_field(std::string_view& text, std::size_t width, std::string_view delimiters) {
  if (text.size() < width || !are_digits(text.substr(0, width))) return std::nullopt;
  const auto value = parse_number<int>(text.substr(0, width));
  text.remove_prefix(width);
  if (delimiters.empty()) return value;
  if (text.empty() || delimiters.find(text.front()) == npos) return std::nullopt;
  text.remove_prefix(1);
  return value;
}

std::optional<milliseconds> take_fraction(std::string_view& text) {
  if (text.empty() || (text.front() != '.' && text.front() != ',')) return milliseconds{0};
  text.remove_prefix(1);
  const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
  if (end == 0) return std::nullopt;
  const milliseconds value{fraction(text.substr(0, end), 3)};
  text.remove_prefix(end);
  return value;
}

std::optional<minutes> parse_zone(std::string_view text) {
  if (text.empty() || text == "Z" || text == "z") return minutes{0};
  const bool west = text.front() == '-';
  if (!west && text.front() != '+') return std::nullopt;
  text.remove_prefix(1);
  const auto hour = take_field(text, 2, {});
  if (!text.empty() && text.front() == ':') text.remove_prefix(1);
  const auto minute = text.empty() ? std::optional<int>{0} : take_field(text, 2, {});
  if (!hour || !minute || !text.empty() || *hour > 23 || *minute > 59) return std::nullopt;
  const minutes offset = hours{*hour} + minutes{*minute};
  return west ? -offset : offset;
}

std::optional<std::uint8_t> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  return std::nullopt;
}

} // namespace

std::optional<Duration> parse_seconds(std::string_view text) {
  const bool negative = text.substr(0, 1) == "-";
  if (negative || text.substr(0, 1) == "+") text.remove_prefix(1);
  const auto point = std::min(text.find('.'), text.size());
  const auto whole = text.substr(0, point);
  const auto part = point < text.size() ? text.substr(point + 1) : std::string_view{};
  if ((whole.empty() && part.empty()) || !are_digits(whole) || !are_digits(part)) return std::nullopt;
  constexpr std::int64_t kAbsurd = 1'000'000'000;
  const auto count =
      whole.empty() ? 0 : std::min(parse_number<std::int64_t>(whole).value_or(kAbsurd), kAbsurd);
  const bool round_up = part.size() > 6 && part[6] >= '5';
  const auto value = seconds{count} + Duration{fraction(part, 6) + (round_up ? 1 : 0)};
  return negative ? -value : value;
}

std::string write_seconds(Duration value) {
  std::string out = value < Duration::zero() ? "-" : "";
  const auto size = static_cast<std::uint64_t>(std::llabs(value.count()));
  out += std::to_string(size / 1'000'000);
  auto part = pad(size % 1'000'000, 6);
  part.erase(part.find_last_not_of('0') + 1);
  return part.empty() ? out : out + '.' + part;
}

std::optional<WallTime> parse_time(std::string_view text) {
  const auto y = take_field(text, 4, "-");
  const auto mo = take_field(text, 2, "-");
  const auto d = take_field(text, 2, "Tt ");
  const auto h = take_field(text, 2, ":");
  const auto mi = take_field(text, 2, ":");
  const auto s = take_field(text, 2, {});
  const auto ms = take_fraction(text);
  const auto zone = parse_zone(text);
  if (!y || !mo || !d || !h || !mi || !s || !ms || !zone) return std::nullopt;
  const auto date = year{*y} / month{static_cast<unsigned>(*mo)} / day{static_cast<unsigned>(*d)};
  if (!date.ok() || *h > 23 || *mi > 59 || *s > 60) return std::nullopt;
  const WallTime time = sys_days{date} + hours{*h} + minutes{*mi} + seconds{*s} + *ms - *zone;
  constexpr WallTime kEnd = sys_days{year{10000} / January / 1};
  if (time < WallTime{} || time >= kEnd) return std::nullopt;
  return time;
}

std::string write_time(WallTime time) {
  const auto today = floor<days>(time);
  const year_month_day date{today};
  const hh_mm_ss clock{time - today};
  const auto two = [](auto value) { return pad(static_cast<std::uint64_t>(value), 2); };
  return concat(pad(static_cast<std::uint64_t>(static_cast<int>(date.year())), 4), '-',
                two(static_cast<unsigned>(date.month())), '-', two(static_cast<unsigned>(date.day())), 'T',
                two(clock.hours().count()), ':', two(clock.minutes().count()), ':',
                two(clock.seconds().count()), '.',
                pad(static_cast<std::uint64_t>(clock.subseconds().count()), 3), 'Z');
}

std::optional<Iv> parse_iv(std::string_view text) {
  if (text.substr(0, 2) != "0x" && text.substr(0, 2) != "0X") return std::nullopt;
  text.remove_prefix(2);
  Iv iv{};
  if (text.empty() || text.size() > 2 * iv.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = hex_digit(text[text.size() - 1 - i]);
    if (!digit) return std::nullopt;
    iv[iv.size() - 1 - i / 2] |= static_cast<std::uint8_t>(*digit << (i % 2 * 4));
  }
  return iv;
}

std::string write_iv(const Iv& iv) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "0x";
  for (const auto byte : iv) {
    out += kHex[byte >> 4];
    out += kHex[byte & 0xf];
  }
  return out;
}

std::optional<Resolution> parse_resolution(std::string_view text) {
  const auto cross = text.find_first_of("xX");
  if (cross == npos) return std::nullopt;
  const auto width = parse_number<std::uint32_t>(text.substr(0, cross));
  const auto height = parse_number<std::uint32_t>(text.substr(cross + 1));
  if (!width || !height) return std::nullopt;
  return Resolution{*width, *height};
}

std::optional<double> parse_rate(std::string_view text) {
  const auto value = parse_seconds(text);
  if (!value || *value <= Duration::zero()) return std::nullopt;
  return duration<double>(*value).count();
}

std::optional<RangeText> parse_range(std::string_view text) {
  const auto at = text.find('@');
  const auto length = parse_number<std::uint64_t>(trim(text.substr(0, at)));
  if (!length || *length == 0) return std::nullopt;
  if (at == npos) return RangeText{*length, std::nullopt};
  const auto offset = parse_number<std::uint64_t>(trim(text.substr(at + 1)));
  if (!offset) return std::nullopt;
  return RangeText{*length, offset};
}

std::string write_range(const ByteRange& range) {
  return concat(range.length, '@', range.offset);
}

Iv initialization_vector(std::uint64_t sequence) noexcept {
  Iv iv{};
  for (std::size_t i = 0; i < 8; ++i)
    iv[iv.size() - 1 - i] = static_cast<std::uint8_t>(sequence >> (8 * i) & 0xff);
  return iv;
}

} // namespace relevo::hls
