// SPDX-License-Identifier: LGPL-2.1-or-later
// Allowance: how many datagrams go to who seems to have asked for them.
#pragma once

#include "ip/network.hpp"

#include <chrono>
#include <map>

namespace relevo::tuner {

/// A question without a connection may show somebody else's address: he is not to get a flood of answers.
class Allowance {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds kWhile{1}; // in which:
  static constexpr unsigned kMostEach = 32;        // datagrams to one address
  static constexpr std::size_t kMostAddresses = 64;

  /// Whether one more may go there now; then it has.
  [[nodiscard]] bool take(const ip::IpAddress& to, Time now);

 private:
  Time since_{};
  std::map<ip::IpAddress, unsigned> sent_{}; // since then
};

} // namespace relevo::tuner
