// SPDX-License-Identifier: LGPL-2.1-or-later
// Penalties of sources: points that fade.
#pragma once

#include "policy/failure.hpp"
#include "policy/time.hpp"

#include <optional>

namespace relevo::policy {

/// Points that halve with every half-life. They never pass kMost, so that a source which failed for hours is
/// back in its place a few half-lives after it was cured.
class Penalty {
 public:
  static constexpr double kMost = 8;

  Penalty(Duration half_life, double points, Time now);

  void add(double points, Time now);
  [[nodiscard]] double points(Time now) const;

  /// What ranking compares: whole points, rounded. One point counts for one half-life.
  [[nodiscard]] int level(Time now) const;
  /// When level() will be lower than now; empty when it is zero.
  [[nodiscard]] std::optional<Time> next_drop(Time now) const;

 private:
  Duration half_life_;
  double points_;
  Time at_;
};

/// What a failure costs. A source that cannot be had weighs more than one that broke off; a slot that is
/// taken says little about the source.
[[nodiscard]] double penalty_of(const Verdict& verdict) noexcept;

} // namespace relevo::policy
