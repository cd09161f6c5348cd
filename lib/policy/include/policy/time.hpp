// SPDX-License-Identifier: LGPL-2.1-or-later
// The time that decisions are given.
#pragma once

#include <chrono>
#include <cstdint>

namespace relevo::policy {

/// A clock that never steps back, read by the caller only: it has no now(). Its times begin at zero.
struct Monotonic {
  using duration = std::chrono::microseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<Monotonic>;
  static constexpr bool is_steady = true;
};

using Duration = Monotonic::duration;
using Time = Monotonic::time_point;

} // namespace relevo::policy
