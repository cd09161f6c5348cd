// SPDX-License-Identifier: LGPL-2.1-or-later
// How much media may be out by now: a burst at the start, then real time or a multiple of it.
#pragma once

#include "provider/fault.hpp"
#include "ts/timeline.hpp"

namespace relevo::provider {

[[nodiscard]] constexpr ts::Pcr to_pcr(Seconds time) {
  return static_cast<ts::Pcr>(time.count() * static_cast<double>(ts::kPcrPerSecond));
}
[[nodiscard]] constexpr Seconds to_seconds(ts::Pcr time) {
  return Seconds{static_cast<double>(time) / static_cast<double>(ts::kPcrPerSecond)};
}

class Pacer {
 public:
  /// Speed 0: as fast as the peer takes it.
  Pacer(double speed, Seconds burst, Clock::time_point now) : speed_(speed), allowed_(burst), last_(now) {}

  [[nodiscard]] bool unpaced() const { return speed_ <= 0; }

  /// Media time that may be out at `now`, the time since the last call having counted `share` (1: all of it).
  ts::Pcr advance(Clock::time_point now, double share) {
    // Whoever was kept waiting gets what he missed, but no more than this at once.
    constexpr Seconds kMostAtOnce{2};
    const Seconds passed = unpaced() ? Seconds{1} : std::min(Seconds{now - last_}, kMostAtOnce) * speed_;
    allowed_ += passed * share;
    last_ = now;
    return to_pcr(allowed_);
  }

 private:
  double speed_;
  Seconds allowed_;
  Clock::time_point last_;
};

} // namespace relevo::provider
