// SPDX-License-Identifier: LGPL-2.1-or-later
// Announcer: tells the network of UPnP devices, and answers who searches for some.
#pragma once

#include "hdhr/ssdp.hpp"
#include "network.hpp"
#include "tuner/allowance.hpp"

#include <functional>
#include <string>
#include <vector>

namespace relevo::tuner {

/// Lives in the main thread. Destroying it takes leave.
class Announcer {
 public:
  struct House {
    std::function<bool(const ip::IpAddress&)> welcomes{};
    std::function<bool(const std::string& own)> serves{}; // at this address of the machine
    /// The devices as they are reached at an address of this machine.
    std::function<std::vector<hdhr::SsdpDevice>(const std::string& own)> introduce{};
  };
  Announcer(gx::Descriptor socket, House house);
  Announcer(const Announcer&) = delete;
  Announcer& operator=(const Announcer&) = delete;
  ~Announcer();

  /// The devices may be others now.
  void announce();
  /// Of devices, by their uuids, that are introduced for the last time.
  void take_leave(const std::vector<std::string>& uuids) const;

 private:
  using Write = std::string (*)(const hdhr::SsdpDevice&, std::string_view type);

  void look_around();
  void tell(const std::string& own, const std::vector<hdhr::SsdpDevice>& devices, Write write) const;
  void answer(const Datagram& datagram);

  const House house_;
  DatagramPort port_;
  std::vector<std::string> networks_{}; // our addresses in those that have been told
  unsigned rounds_ = 0;
  Allowance allowance_;
  gx::Source timer_;
};

} // namespace relevo::tuner
