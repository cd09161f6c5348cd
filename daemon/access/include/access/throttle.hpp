// SPDX-License-Identifier: LGPL-2.1-or-later
// Throttle: who fails again and again has to wait, each time twice as long.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>

namespace relevo::access {

using Moment = std::chrono::steady_clock::time_point;

/// Of addresses, or of names. Time only goes on.
class Throttle {
 public:
  struct Settings {
    unsigned free = 5; // failures without a wait
    std::chrono::seconds first{2};
    std::chrono::seconds longest{15 * 60};
    std::chrono::seconds memory{60 * 60}; // so long after his last failure nobody remembers
    std::size_t most = 10'000;            // who are remembered: the others failed longer ago
  };
  explicit Throttle(Settings settings) : settings_(settings) {}

  /// 0: he may try.
  [[nodiscard]] std::chrono::milliseconds wait(const std::string& who, Moment now) const;
  /// To be called before a try, so that many at once count: it is a failure until it is undone.
  void fail(const std::string& who, Moment now);
  /// This one try was none. What failed before stays.
  void undo(const std::string& who);
  /// Nothing failed.
  void forget(const std::string& who) { failures_.erase(who); }

  [[nodiscard]] std::size_t size() const noexcept { return failures_.size(); }

 private:
  struct Failures {
    unsigned count = 0;
    Moment last{};
    Moment until{}; // of his wait
  };

  void make_room();

  Settings settings_;
  std::map<std::string, Failures> failures_;
};

} // namespace relevo::access
