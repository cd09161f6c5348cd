// SPDX-License-Identifier: LGPL-2.1-or-later
// The household's network as sockets see it: addresses, and datagrams of IPv4.
#pragma once

#include "access/decide.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"
#include "gx/context.hpp"
#include "gx/descriptor.hpp"
#include "ip/network.hpp"

#include <cstdint>
#include <functional>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::tuner {

/// Whether he is a neighbour who may watch without saying who he is: nobody can show a user here.
[[nodiscard]] bool is_welcome(const ip::IpAddress& address, const access::Rules& rules);

/// IPv4 addresses of this machine in networks that take multicast, without its own loopback.
[[nodiscard]] std::vector<std::string> own_addresses();

/// That of this machine, as the other one sees it; "": there is no way to it.
[[nodiscard]] std::string address_towards(const std::string& peer);

/// What was received, and from whom.
struct Datagram {
  Bytes bytes{};
  sockaddr_in from{};

  [[nodiscard]] ip::IpAddress address() const;
};

/// A port for datagrams. Lives in the main thread.
class DatagramPort {
 public:
  using OnDatagram = std::function<void(const Datagram&)>;

  /// `shared`: other programs of this machine have it as well.
  [[nodiscard]] static Result<gx::Descriptor> open(std::uint16_t port, bool shared);
  DatagramPort(gx::Descriptor socket, OnDatagram on_datagram);

  /// What does not go at once is lost.
  void send(std::string_view bytes, const sockaddr_in& to) const;
  /// From the interface that has this address.
  void send_to_group(std::string_view bytes, std::string_view group, std::uint16_t port,
                     const std::string& interface) const;
  /// False: that interface takes no group.
  bool join(std::string_view group, const std::string& interface) const;

 private:
  void receive() const;

  gx::Descriptor socket_;
  OnDatagram on_datagram_;
  gx::Source readable_;
};

} // namespace relevo::tuner
