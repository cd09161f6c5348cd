// SPDX-License-Identifier: LGPL-2.1-or-later
// When a schedule is due, on a local clock that changes.
#include "policy/schedule.hpp"

#include <algorithm>
#include <bit>
#include <optional>

namespace relevo::policy {
namespace {

using namespace std::chrono;

using LocalMinute = local_time<minutes>;

/// When the local clock was set to another offset.
struct Change {
  sys_seconds at; // the first second with the new one
  seconds before;
  seconds after;
};

/// No offset is as far as this from UTC. Nor does a clock that is set back go this far.
constexpr hours kFar{15};

std::optional<Change> find_change(sys_seconds begin, sys_seconds end, const UtcOffset& offset) {
  const auto before = offset(begin);
  const auto after = offset(end);
  if (before == after) return std::nullopt;
  while (end - begin > seconds(1)) {
    const auto middle = begin + (end - begin) / 2;
    (offset(middle) == before ? begin : end) = middle;
  }
  return Change{end, before, after};
}

local_seconds to_local(sys_seconds time, seconds offset) {
  return local_seconds(time.time_since_epoch() + offset);
}

sys_seconds to_utc(local_seconds time, seconds offset) {
  return sys_seconds(time.time_since_epoch() - offset);
}

/// The first minute that the local clock has never shown until now.
LocalMinute first_new(sys_seconds now, const UtcOffset& offset) {
  auto minute = floor<minutes>(to_local(now, offset(now))) + minutes(1);
  if (const auto change = find_change(now - kFar, now, offset))
    minute = std::max(minute, ceil<minutes>(to_local(change->at, change->before)));
  return minute;
}

/// The first time at which the local clock shows this or more.
sys_seconds first_time(local_seconds local, const UtcOffset& offset) {
  const auto begin = to_utc(local, kFar);
  const auto end = to_utc(local, -kFar);
  const auto change = find_change(begin, end, offset);
  if (!change) return to_utc(local, offset(begin));
  if (const auto early = to_utc(local, change->before); early < change->at) return early;
  return std::max(to_utc(local, change->after), change->at);
}

/// The lowest number in the set that is not below; 64: none.
unsigned find_from(std::uint64_t set, unsigned low) {
  return static_cast<unsigned>(std::countr_zero(set >> low << low));
}

} // namespace

bool Cron::has(year_month_day date) const noexcept {
  if ((months_ >> unsigned{date.month()} & 1) == 0) return false;
  const bool of_month = (days_ >> unsigned{date.day()} & 1) != 0;
  const bool of_week = (weekdays_ >> weekday(sys_days(date)).c_encoding() & 1) != 0;
  return either_day_ ? of_month || of_week : of_month && of_week;
}

LocalMinute Cron::first_from(LocalMinute minute) const {
  // Leap days that are Sundays come after 40 years at most: this ends, for ever_comes() holds.
  for (auto day = floor<days>(minute);; ++day, minute = day) {
    if (!has(year_month_day(day))) continue;
    const auto since_midnight = static_cast<unsigned>((minute - day).count());
    const unsigned now = since_midnight / 60;
    auto hour = find_from(hours_, now);
    if (hour == now) {
      const auto left = find_from(minutes_, since_midnight % 60);
      if (left <= 59) return day + hours(hour) + minutes(left);
      hour = find_from(hours_, now + 1);
    }
    if (hour <= 23) return day + hours(hour) + minutes(find_from(minutes_, 0));
  }
}

sys_seconds next_after(const Schedule& schedule, sys_seconds time, const UtcOffset& offset) {
  if (const auto* interval = std::get_if<Interval>(&schedule)) return time + interval->every;
  return first_time(std::get<Cron>(schedule).first_from(first_new(time, offset)), offset);
}

} // namespace relevo::policy
