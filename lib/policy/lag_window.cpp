// SPDX-License-Identifier: LGPL-2.1-or-later
// How far the media of a source falls behind the wall clock.
#include "policy/lag_window.hpp"

namespace relevo::policy {

void LagWindow::restart(Time now) {
  since_ = now;
  position_.reset();
  samples_.clear();
}

void LagWindow::add(Time now, Duration position) {
  if (position_ && position < *position_) restart(now);
  position_ = position;
  const Time origin = now - position;
  while (!samples_.empty() && samples_.back().origin >= origin)
    samples_.pop_back();
  // Bounds the memory, whatever the rhythm of the reports: a close sample that is worse adds next to nothing.
  constexpr int kSamplesPerWindow = 64;
  if (samples_.empty() || now - samples_.back().at >= window_ / kSamplesPerWindow)
    samples_.push_back({now, origin});
  expire(now);
}

void LagWindow::hold(Duration duration) {
  since_ += duration;
  for (Sample& sample : samples_)
    sample.origin += duration;
}

void LagWindow::set_limits(Duration behind, Duration window) {
  behind_ = behind;
  window_ = window;
}

void LagWindow::expire(Time now) {
  while (samples_.size() > 1 && samples_.front().at + window_ < now)
    samples_.pop_front();
}

Time LagWindow::deadline() const {
  if (!position_) return since_ + behind_;
  return samples_.front().origin + *position_ + behind_;
}

} // namespace relevo::policy
