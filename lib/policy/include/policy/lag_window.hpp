// SPDX-License-Identifier: LGPL-2.1-or-later
// How far the media of a source falls behind the wall clock.
#pragma once

#include "policy/time.hpp"

#include <deque>
#include <optional>

namespace relevo::policy {

/// Compares the media time of a source with the wall clock over a sliding window. A burst at the start, or a
/// jump forward, gains nothing: what counts is the loss against the best moment within the window.
class LagWindow {
 public:
  /// Late is who loses `behind` within `window`.
  LagWindow(Duration behind, Duration window) : behind_(behind), window_(window) {}

  /// Media is expected from now on.
  void restart(Time now);
  /// The media time that has been reached. A step back begins a new reckoning.
  void add(Time now, Duration position);
  /// This much of the time up to now does not count.
  void hold(Duration duration);
  /// Other limits; what was seen stays.
  void set_limits(Duration behind, Duration window);

  /// Forgets what the window has left behind; to be called before deadline().
  void expire(Time now);
  /// When it will be late, should no more media come.
  [[nodiscard]] Time deadline() const;
  [[nodiscard]] Duration behind() const noexcept { return behind_; }

 private:
  struct Sample {
    Time at;
    Time origin; // the wall clock when the media time was zero, were it exact: it grows with every loss
  };

  Duration behind_, window_;
  Time since_{};
  std::optional<Duration> position_;
  std::deque<Sample> samples_; // ever later origins: the front is the best of the window
};

} // namespace relevo::policy
