// SPDX-License-Identifier: LGPL-2.1-or-later
// Waits that double.
#pragma once

#include "policy/time.hpp"

#include <algorithm>

namespace relevo::policy {

struct BackoffLimits {
  Duration first = std::chrono::seconds{1};
  Duration longest = std::chrono::seconds{30};
};

class Backoff {
 public:
  explicit Backoff(BackoffLimits limits) : limits_(limits), next_(limits.first) {}

  /// How long to wait this time; the next wait is twice as long, up to the longest.
  Duration next() noexcept {
    const Duration wait = std::min(next_, limits_.longest);
    next_ = std::min(wait * 2, limits_.longest);
    return wait;
  }
  void reset() noexcept { next_ = limits_.first; }

 private:
  BackoffLimits limits_;
  Duration next_;
};

} // namespace relevo::policy
