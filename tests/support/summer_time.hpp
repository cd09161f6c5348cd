// SPDX-License-Identifier: LGPL-2.1-or-later
// A local clock like that of Madrid in 2026, for tests.
#pragma once

#include <chrono>

namespace relevo::test {

inline constexpr std::chrono::sys_seconds kSummerBegins{
    std::chrono::sys_days{std::chrono::year(2026) / 3 / 29} + std::chrono::hours(1)};
inline constexpr std::chrono::sys_seconds kSummerEnds{
    std::chrono::sys_days{std::chrono::year(2026) / 10 / 25} + std::chrono::hours(1)};

[[nodiscard]] inline std::chrono::seconds summer_time(std::chrono::sys_seconds time) {
  return std::chrono::hours(time >= kSummerBegins && time < kSummerEnds ? 2 : 1);
}

} // namespace relevo::test
