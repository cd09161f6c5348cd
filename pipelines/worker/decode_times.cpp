// SPDX-License-Identifier: LGPL-2.1-or-later
// The decode times of pictures are the times at which pictures are shown, in their order, a few pictures
// back.
#include "decode_times.hpp"

#include <algorithm>

namespace relevo::worker {
namespace {

using std::chrono::milliseconds;

// Encoders for television reorder three pictures at most; more than that costs a little delay only.
constexpr int kDepth = 4;
// Further apart, pictures are not of one sequence.
constexpr milliseconds kJump{2000};
constexpr milliseconds kUsualDuration{40};
constexpr DecodeTimes::Time kTick{11'112}; // of the 90 kHz of a transport stream

} // namespace

/// As if the pictures before the first had been there.
void DecodeTimes::begin(Time shown, Time duration) {
  if (duration <= Time::zero()) duration = kUsualDuration;
  window_.clear();
  for (int back = kDepth; back > 0; --back)
    window_.push_back(shown - back * duration);
}

DecodeTimes::Time DecodeTimes::next(Time shown, Time duration) {
  if (window_.empty() || shown < window_.front() - kJump || shown > window_.back() + kJump) {
    begin(shown, duration);
    last_.reset();
  }
  window_.insert(std::ranges::upper_bound(window_, shown), shown);
  Time decoded = window_.front();
  window_.pop_front();
  if (last_) decoded = std::max(decoded, *last_ + kTick);
  last_ = decoded;
  return decoded;
}

} // namespace relevo::worker
