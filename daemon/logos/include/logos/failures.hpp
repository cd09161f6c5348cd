// SPDX-License-Identifier: LGPL-2.1-or-later
// Failures: what did not work, so that it is not tried again at once.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

namespace relevo::logos {

/// For one thread at a time. Bounded: where there is no room for another, the one that would end first is
/// forgotten.
class Failures {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit Failures(std::size_t most) : most_(most) {}

  void remember(const std::string& what, std::string why, Time until);
  /// Why it failed; empty: it may be tried.
  [[nodiscard]] std::optional<std::string> find(const std::string& what, Time now) const;

 private:
  struct Failure {
    std::string why;
    Time until;
  };

  std::size_t most_;
  std::map<std::string, Failure> all_;
};

} // namespace relevo::logos
