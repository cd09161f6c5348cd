// SPDX-License-Identifier: LGPL-2.1-or-later
// Damper: of what may happen very often, a few are told.
#pragma once

#include "access/throttle.hpp"

#include <cstdint>
#include <set>

namespace relevo::access {

/// In each minute, the first of each kind, and of some kinds only.
class Damper {
 public:
  struct Settings {
    std::chrono::seconds window{60};
    std::size_t kinds = 30;
  };
  Damper() = default;
  explicit Damper(Settings settings) : settings_(settings) {}

  /// Whether this one is told.
  [[nodiscard]] bool pass(const std::string& kind, Moment now);
  /// How many were not, since this was asked the last time.
  [[nodiscard]] std::uint64_t take_dropped() noexcept;

 private:
  Settings settings_{};
  Moment begin_{};
  std::set<std::string> told_;
  std::uint64_t dropped_ = 0;
};

} // namespace relevo::access
