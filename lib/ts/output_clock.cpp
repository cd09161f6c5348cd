// SPDX-License-Identifier: LGPL-2.1-or-later
// The continuous clock of a spliced stream.
#include "ts/output_clock.hpp"

#include <algorithm>

namespace relevo::ts {
namespace {

constexpr Pcr kMillisecond = kPcrPerSecond / 1000;
constexpr Pcr kJump = 2 * kPcrPerSecond;      // more than this between two PCRs of a source is another clock
constexpr Pcr kJoinStep = 20 * kMillisecond;  // from the last PCR of one source to the first of the next
constexpr Pcr kMaxStep = 90 * kMillisecond;   // what the standard allows is 100 ms
constexpr Pcr kMargin = 10 * kMillisecond;    // by which the clock stays before the stamps
constexpr Pcr kSaneLead = 10 * kPcrPerSecond; // a PCR further from its stamps than this is not approached

} // namespace

void OutputClock::join(Ticks offset) noexcept {
  offset_ = offset;
  source_.reset();
}

bool OutputClock::jumped(Pcr source) const noexcept {
  return !source_ || source < *source_ || source - *source_ > kJump;
}

Pcr OutputClock::advance(Pcr source, std::optional<Ticks> limit) noexcept {
  const Pcr natural = source + offset_ * kPcrPerTick;
  if (!last_) {
    pcr_offset_ = natural - source;
  } else if (jumped(source)) {
    const bool fits = natural > *last_ && natural - *last_ <= kMaxStep;
    pcr_offset_ = (fits ? natural : *last_ + kJoinStep) - source;
  } else {
    approach(source - *source_);
  }
  source_ = source;

  Pcr value = source + pcr_offset_;
  if (limit && value > natural) value = std::min(value, *limit * kPcrPerTick - kMargin);
  if (last_) value = std::max(value, *last_ + 1);
  pcr_offset_ = value - source;
  last_ = value;
  return value;
}

/// Ahead of the source's own distance, stamps may come too late: half a step back each time. Behind it only
/// costs the receiver memory: a sixteenth forward.
void OutputClock::approach(Pcr step) noexcept {
  const Pcr ahead = pcr_offset_ - offset_ * kPcrPerTick;
  if (ahead > kSaneLead || ahead < -kSaneLead) return;
  if (ahead > 0) pcr_offset_ -= std::min(ahead, step / 2);
  if (ahead < 0) pcr_offset_ += std::min(-ahead, step / 16);
}

} // namespace relevo::ts
