// SPDX-License-Identifier: LGPL-2.1-or-later
// Blocks and events laid out on the time line.
#include "lineup/dummy_guide.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace relevo::lineup {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::year_month_day;

std::chrono::seconds utc(Moment) {
  return {};
}

minutes bounded(minutes length) {
  return std::clamp(length, minutes(1), minutes(days(1)));
}

std::string two_digits(long value) {
  return concat(value < 10 ? "0" : "", value);
}

std::string_view find(const Captures& captures, std::string_view name) {
  const auto found = captures.find(name);
  return found == captures.end() ? std::string_view{} : trim(found->second);
}

std::optional<minutes> time_of(const Captures& captures) {
  if (const auto time = find(captures, "time"); !time.empty())
    return parse_time_of_day(concat(time, ' ', find(captures, "ampm")));
  const auto hour = find(captures, "hour");
  if (hour.empty()) return std::nullopt;
  const auto minute = find(captures, "minute");
  return parse_time_of_day(concat(hour, ':', minute.empty() ? "00" : minute, ' ', find(captures, "ampm")));
}

/// Empty where a date is told and cannot be read.
std::optional<year_month_day> date_of(const Captures& captures, year_month_day today) {
  if (const auto date = find(captures, "date"); !date.empty()) return parse_date(date, today);
  const auto day = find(captures, "day"), month = find(captures, "month"), year = find(captures, "year");
  if (day.empty()) return today;
  if (month.empty()) return parse_date(concat(day, '.', static_cast<unsigned>(today.month())), today);
  if (const auto named = find_month(month))
    return parse_date(concat(day, '.', *named, year.empty() ? "" : ".", year), today);
  return parse_date(concat(day, '.', month, year.empty() ? "" : ".", year), today);
}

void put_time(Captures& values, std::string_view name, LocalMoment moment) {
  const auto time = floor<minutes>(moment - floor<days>(moment));
  const auto hour = time / hours(1), minute = (time % hours(1)).count();
  const auto twelve = hour % 12 == 0 ? 12 : hour % 12;
  values.insert_or_assign(std::string(name),
                          concat(twelve, ':', two_digits(minute), hour < 12 ? " AM" : " PM"));
  values.insert_or_assign(concat(name, "24"), concat(two_digits(hour), ':', two_digits(minute)));
}

void put_date(Captures& values, LocalMoment moment) {
  constexpr std::array<std::string_view, 7> kWeekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                         "Thursday", "Friday", "Saturday"};
  const auto at = floor<days>(moment);
  const year_month_day date(at);
  const auto put = [&](const char* name, std::string text) {
    values.insert_or_assign(name, std::move(text));
  };
  const auto y = concat(static_cast<int>(date.year()));
  const auto m = two_digits(static_cast<unsigned>(date.month())),
             d = two_digits(static_cast<unsigned>(date.day()));
  put("year", y);
  put("month", m);
  put("day", d);
  put("date", concat(y, '-', m, '-', d));
  put("weekday", std::string(kWeekdays[std::chrono::weekday(at).c_encoding()]));
}

/// Programmes from `from` to `to` that end where the blocks of the place end.
void add_blocks(std::vector<Programme>& out, Window window, minutes length, const UtcOffset& place,
                const std::string& title, const std::string& description) {
  auto start = window.from;
  while (start < window.to && out.size() < kMostProgrammes) {
    const auto local = to_local(start, place);
    const auto midnight = floor<days>(local);
    const auto block = (local - midnight) / length;
    const auto end_local = std::min<LocalMoment>(midnight + (block + 1) * length, midnight + days(1));
    // Where clocks are changed inside the block, its end may lie before its start.
    auto end = to_utc(end_local, place);
    if (end <= start) end = start + length;
    end = std::min(end, window.to);
    out.push_back({start, end, title, description});
    start = end;
  }
}

Moment start_of_block(Moment moment, minutes length, const UtcOffset& place) {
  const auto local = to_local(moment, place);
  const auto midnight = floor<days>(local);
  return std::min(to_utc(midnight + (local - midnight) / length * length, place), moment);
}

} // namespace

std::vector<Programme> make_blocks(std::string_view title, Window window, minutes length,
                                   const UtcOffset& place) {
  std::vector<Programme> out;
  if (window.from >= window.to) return out;
  length = bounded(length);
  const UtcOffset& offset = place ? place : UtcOffset(utc);
  window.from = start_of_block(window.from, length, offset);
  add_blocks(out, window, length, offset, std::string(title), {});
  return out;
}

std::vector<Programme> make_event(const Captures& captures, const EventRules& rules, Window window,
                                  Moment now) {
  const UtcOffset written = rules.written ? rules.written : UtcOffset(utc);
  const UtcOffset shown = rules.shown ? rules.shown : written;
  const year_month_day today(floor<days>(to_local(now, written)));
  const auto time = time_of(captures);
  const auto date = date_of(captures, today);
  std::vector<Programme> out;
  if (!time || !date || window.from >= window.to) return out;
  const auto start = to_utc(std::chrono::local_days(*date) + *time, written);
  const auto end = start + bounded(rules.length);

  auto values = captures;
  put_time(values, "starttime", to_local(start, shown));
  put_time(values, "endtime", to_local(end, shown));
  put_date(values, to_local(start, shown));
  const auto fill = [&values](const std::string& text) { return fill_template(text, values); };
  const auto& texts = rules.templates;
  const auto block = bounded(rules.block);
  add_blocks(out, {window.from, std::min(start, window.to)}, block, shown, fill(texts.upcoming_title),
             fill(texts.upcoming_description));
  if (end > window.from && start < window.to)
    out.push_back({start, end, fill(texts.title), fill(texts.description)});
  add_blocks(out, {std::max(end, window.from), window.to}, block, shown, fill(texts.ended_title),
             fill(texts.ended_description));
  return out;
}

std::string fill_template(std::string_view text, const Captures& values) {
  std::string out;
  while (!text.empty()) {
    const auto open = std::min(text.find('{'), text.size());
    out += text.substr(0, open);
    text.remove_prefix(open);
    const auto close = text.find('}');
    if (close == std::string_view::npos) return out.append(text);
    out += find(values, text.substr(1, close - 1));
    text.remove_prefix(close + 1);
  }
  return out;
}

} // namespace relevo::lineup
