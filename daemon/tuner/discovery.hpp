// SPDX-License-Identifier: LGPL-2.1-or-later
// Discovery: answers who asks the whole network for HDHomeRun devices.
#pragma once

#include "hdhr/messages.hpp"
#include "network.hpp"
#include "tuner/allowance.hpp"

#include <functional>
#include <string>
#include <vector>

namespace relevo::tuner {

inline constexpr std::uint16_t kHdhrPort = 65001; // of UDP and TCP

/// Lives in the main thread.
class Discovery {
 public:
  struct House {
    std::function<bool(const ip::IpAddress&)> welcomes{};
    /// What each device says of itself to who has this address.
    std::function<std::vector<hdhr::DiscoverReply>(const std::string& peer)> introduce{};
  };
  Discovery(gx::Descriptor socket, House house);

 private:
  void answer(const Datagram& datagram);

  const House house_;
  DatagramPort port_;
  Allowance allowance_;
};

} // namespace relevo::tuner
