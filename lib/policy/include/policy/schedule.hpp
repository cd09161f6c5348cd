// SPDX-License-Identifier: LGPL-2.1-or-later
// Schedules: when something that is done again and again is due.
#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>
#include <variant>

namespace relevo::policy {

/// So long after the last time.
struct Interval {
  std::chrono::minutes every;

  bool operator==(const Interval&) const = default;
};

/// Minutes of the local clock, as five fields of cron tell them: minute, hour, day of the month, month, day
/// of the week. Each is a list of numbers, ranges and `*`, with steps; months and days also by their English
/// names; 0 and 7 are Sunday. Where both kinds of days are restricted (do not begin with `*`), one of them is
/// enough.
class Cron {
 public:
  /// An error says which field is wrong; its offset is that of the field's part in the text. A date that
  /// never comes is an error as well.
  [[nodiscard]] static Result<Cron> parse(std::string_view text);

  /// The first minute of the local clock that is not before this one.
  [[nodiscard]] std::chrono::local_time<std::chrono::minutes>
  first_from(std::chrono::local_time<std::chrono::minutes> minute) const;

  bool operator==(const Cron&) const = default;

 private:
  Cron() = default;
  [[nodiscard]] bool has(std::chrono::year_month_day date) const noexcept;
  [[nodiscard]] bool ever_comes() const noexcept;

  std::uint64_t minutes_ = 0; // sets of bits: bit 5 is minute 5
  std::uint64_t hours_ = 0;
  std::uint64_t days_ = 0;
  std::uint64_t months_ = 0;
  std::uint64_t weekdays_ = 0;
  bool either_day_ = false; // of month and week
};

using Schedule = std::variant<Interval, Cron>;

/// "90m", "24h", "7d" (up to a year), or five fields of cron.
[[nodiscard]] Result<Schedule> parse_schedule(std::string_view text);

/// How far the local clock is ahead of UTC at a time. It changes at most once in any 30 hours.
using UtcOffset = std::function<std::chrono::seconds(std::chrono::sys_seconds)>;

/// When it is due after `time`, at which it was due or done last. What falls into an hour that the local
/// clock leaps over is due once, right behind it; what falls into an hour that it repeats is due the first
/// time only.
[[nodiscard]] std::chrono::sys_seconds next_after(const Schedule& schedule, std::chrono::sys_seconds time,
                                                  const UtcOffset& offset);

} // namespace relevo::policy
