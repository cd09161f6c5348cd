// SPDX-License-Identifier: LGPL-2.1-or-later
// Places with clocks, for tests.
#pragma once

#include "lineup/moment.hpp"

#include <chrono>

namespace relevo::lineup {

/// In 2026: an hour ahead, two from 29 March to 25 October.
inline std::chrono::seconds berlin(Moment moment) {
  using namespace std::chrono;
  const bool summer =
      moment >= sys_days(2026y / March / 29) + 1h && moment < sys_days(2026y / October / 25) + 1h;
  return summer ? 2h : 1h;
}

inline std::chrono::seconds kolkata(Moment) {
  return std::chrono::minutes(330);
}

} // namespace relevo::lineup
