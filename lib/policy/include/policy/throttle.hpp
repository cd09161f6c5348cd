// SPDX-License-Identifier: LGPL-2.1-or-later
// Throttle: how long a source that runs ahead of real time has to wait.
#pragma once

#include "policy/time.hpp"

#include <algorithm>
#include <optional>

namespace relevo::policy {

/// Media may be ahead of real time by so much. Beyond that it is taken a hundredth faster than real time, so
/// that a source whose clock is a little fast is never held back for good.
class Throttle {
 public:
  explicit Throttle(Duration ahead) : ahead_(ahead) {}

  /// `media`: all that has come by now.
  [[nodiscard]] Duration wait(Duration media, Time now) {
    if (!begun_) begun_ = now;
    const Duration elapsed = now - *begun_;
    return std::max(media - ahead_ - elapsed - elapsed / 100, Duration::zero());
  }

 private:
  Duration ahead_;
  std::optional<Time> begun_;
};

} // namespace relevo::policy
