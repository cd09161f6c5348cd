// SPDX-License-Identifier: LGPL-2.1-or-later
// Penalties of sources.
#include "policy/penalty.hpp"

#include <algorithm>
#include <cmath>

namespace relevo::policy {

Penalty::Penalty(Duration half_life, double points, Time now)
    : half_life_(std::max(half_life, Duration{1})),
      points_(points > 0 ? std::min(points, kMost) : 0),
      at_(now) {}

void Penalty::add(double points, Time now) {
  points_ = std::clamp(this->points(now) + points, 0.0, kMost);
  at_ = now;
}

double Penalty::points(Time now) const {
  return points_ * std::exp2(-std::chrono::duration<double>(now - at_) / half_life_);
}

int Penalty::level(Time now) const {
  return static_cast<int>(std::lround(points(now)));
}

std::optional<Time> Penalty::next_drop(Time now) const {
  const int current = level(now);
  if (current == 0) return std::nullopt;
  const double half_lives = std::log2(points(now) / (current - 0.5));
  // A millisecond beyond the edge: rounding must not leave the level as it is when the time has come.
  return now + std::chrono::duration_cast<Duration>(half_lives * half_life_) + std::chrono::milliseconds{1};
}

double penalty_of(const Verdict& verdict) noexcept {
  switch (verdict.failure) {
  case Failure::SlotRefused:
  case Failure::SlotTimeout: return 0.75;
  case Failure::Ended:
  case Failure::Truncated:
  case Failure::Stalled:
  case Failure::Slow:
  case Failure::NoVideo: return 1;
  // A server that is overloaded says so and may recover; one that denies the stream will go on doing so.
  case Failure::Status: return verdict.status == 429 || verdict.status >= 500 ? 1 : 2;
  case Failure::Refused:
  case Failure::Dns:
  case Failure::NotTransportStream:
  case Failure::Other:
  case Failure::ConnectTimeout:
  case Failure::FirstByteTimeout:
  case Failure::EntryTimeout:
  case Failure::Scrambled: return 2;
  }
  return 2;
}

} // namespace relevo::policy
