// SPDX-License-Identifier: LGPL-2.1-or-later
// DecodeTimes: when pictures are decoded, of which only the times are known at which they are shown.
#pragma once

#include <chrono>
#include <deque>
#include <optional>

namespace relevo::worker {

/// Pictures come in the order in which they are decoded. Their decode times rise, and stay as many pictures
/// behind as the order may differ.
class DecodeTimes {
 public:
  using Time = std::chrono::nanoseconds;

  /// When the next picture is decoded, which is shown at `shown` for `duration`.
  [[nodiscard]] Time next(Time shown, Time duration);

 private:
  void begin(Time shown, Time duration);

  std::deque<Time> window_; // the latest times, rising
  std::optional<Time> last_;
};

} // namespace relevo::worker
