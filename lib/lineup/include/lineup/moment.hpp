// SPDX-License-Identifier: LGPL-2.1-or-later
// Dates and times of day as people write them into names, and the hours of a place.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>

namespace relevo::lineup {

using Moment = std::chrono::sys_seconds;        // UTC
using LocalMoment = std::chrono::local_seconds; // what the clocks of a place show

/// By how much the clocks of a place are ahead of UTC at a moment.
using UtcOffset = std::function<std::chrono::seconds(Moment)>;

[[nodiscard]] LocalMoment to_local(Moment moment, const UtcOffset& offset);
/// What the clocks skip in spring is as late as they are then; what they show twice in autumn is the first.
[[nodiscard]] Moment to_utc(LocalMoment local, const UtcOffset& offset);

/// "20:00", "8 pm", "8:30PM", "2000", "20h30", "20.30 Uhr"; empty where there is no time of day.
[[nodiscard]] std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text);

/// "2026-11-26", "26.11.2026", "26.11.", "26/11", "Nov 26", "26th November 2026", "Thu 26 Nov", "today",
/// "tomorrow". Of "11/12" the day comes first, unless it can only be the month. A missing year makes it the
/// date nearest to `today`. Empty where there is no date.
[[nodiscard]] std::optional<std::chrono::year_month_day> parse_date(std::string_view text,
                                                                    std::chrono::year_month_day today);

/// 1 to 12, of a name in English or one of its neighbours, whole or short ("nov", "März").
[[nodiscard]] std::optional<unsigned> find_month(std::string_view name);

} // namespace relevo::lineup
