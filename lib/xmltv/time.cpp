// SPDX-License-Identifier: LGPL-2.1-or-later
// Digits first, then the zone.
#include "xmltv/time.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstddef>

namespace relevo::xmltv {
namespace {

using namespace std::chrono;

struct Zone {
  std::string_view name;
  minutes ahead;
};

/// Those that guides use. What means something else in another country with many guides is not here (IST).
constexpr Zone kZones[] = {
    {"Z", 0min},      {"UTC", 0min},     {"GMT", 0min},     {"UT", 0min},     {"WET", 0min},
    {"WEST", 60min},  {"BST", 60min},    {"CET", 60min},    {"MET", 60min},   {"CEST", 120min},
    {"MEST", 120min}, {"EET", 120min},   {"EEST", 180min},  {"MSK", 180min},  {"NST", -210min},
    {"NDT", -150min}, {"AST", -240min},  {"ADT", -180min},  {"EST", -300min}, {"EDT", -240min},
    {"CST", -360min}, {"CDT", -300min},  {"MST", -420min},  {"MDT", -360min}, {"PST", -480min},
    {"PDT", -420min}, {"AKST", -540min}, {"AKDT", -480min}, {"HST", -600min}, {"AWST", 480min},
    {"ACST", 570min}, {"AEST", 600min},  {"ACDT", 630min},  {"AEDT", 660min}, {"NZST", 720min},
    {"NZDT", 780min}, {"JST", 540min},   {"KST", 540min},
};

constexpr sys_seconds kFirst = sys_days{1900y / January / 1}, kEnd = sys_days{3000y / January / 1};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
}

/// The number that the next digits are, `otherwise` where there are none left.
unsigned take(std::string_view& digits, std::size_t size, unsigned otherwise) {
  if (digits.empty()) return otherwise;
  unsigned value = 0;
  for (const char c : digits.substr(0, size))
    value = value * 10 + static_cast<unsigned>(c - '0');
  digits.remove_prefix(size);
  return value;
}

std::optional<local_seconds> read_digits(std::string_view digits) {
  if (digits.size() < 4 || digits.size() > 14 || digits.size() % 2 != 0) return std::nullopt;
  const year y{static_cast<int>(take(digits, 4, 0))};
  const month m{take(digits, 2, 1)};
  const day d{take(digits, 2, 1)};
  const auto hour = take(digits, 2, 0), minute = take(digits, 2, 0), second = take(digits, 2, 0);
  const auto date = y / m / d;
  // Some end a day at 24:00, and some know leap seconds.
  const bool end_of_day = hour == 24 && minute == 0 && second == 0;
  if (!date.ok() || (hour > 23 && !end_of_day) || minute > 59 || second > 60) return std::nullopt;
  return local_days{date} + hours{hour} + minutes{minute} + seconds{second};
}

/// Behind the sign: hh, hhmm, hh:mm.
std::optional<minutes> read_offset(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  auto rest = text.substr(2);
  if (rest.starts_with(':')) rest.remove_prefix(1);
  const auto hour = parse_number<unsigned>(text.substr(0, 2));
  const auto minute = parse_number<unsigned>(text.size() == 2 ? "0" : rest);
  if (!hour || !minute || *hour > 15 || *minute > 59 || (text.size() > 2 && rest.size() != 2))
    return std::nullopt;
  return hours{*hour} + minutes{*minute};
}

std::optional<minutes> read_zone(std::string_view text) {
  const bool ahead = text.starts_with('+');
  if (ahead || text.starts_with('-')) {
    const auto offset = read_offset(text.substr(1));
    return offset && !ahead ? -*offset : offset;
  }
  const auto zone =
      std::ranges::find_if(kZones, [text](const Zone& z) { return equal_nocase(z.name, text); });
  if (zone != std::end(kZones)) return zone->ahead;
  const bool universal = starts_with_nocase(text, "UTC") || starts_with_nocase(text, "GMT");
  return universal ? read_zone(text.substr(3)) : std::nullopt; // "UTC+01"
}

} // namespace

std::optional<sys_seconds> parse_time(std::string_view text, const DefaultOffset& default_offset) {
  text = trim(text);
  const auto digits = text.substr(0, count_digits(text));
  const auto local = read_digits(digits);
  if (!local) return std::nullopt;
  const auto zone = trim(text.substr(digits.size()));
  seconds ahead{0};
  if (!zone.empty()) {
    const auto offset = read_zone(zone);
    if (!offset) return std::nullopt;
    ahead = *offset;
  } else if (default_offset) {
    ahead = default_offset(*local);
  }
  const sys_seconds time{local->time_since_epoch() - ahead};
  return time >= kFirst && time < kEnd ? std::optional(time) : std::nullopt;
}

void write_time(std::string& out, sys_seconds time) {
  const auto date = floor<days>(time);
  const year_month_day ymd{date};
  const hh_mm_ss clock{time - date};
  const auto digits = [&out](unsigned value, unsigned place) {
    for (; place != 0; place /= 10)
      out += static_cast<char>('0' + value / place % 10);
  };
  digits(static_cast<unsigned>(static_cast<int>(ymd.year())), 1000);
  digits(static_cast<unsigned>(ymd.month()), 10);
  digits(static_cast<unsigned>(ymd.day()), 10);
  digits(static_cast<unsigned>(clock.hours().count()), 10);
  digits(static_cast<unsigned>(clock.minutes().count()), 10);
  digits(static_cast<unsigned>(clock.seconds().count()), 10);
  out += " +0000";
}

} // namespace relevo::xmltv
