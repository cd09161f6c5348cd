// SPDX-License-Identifier: LGPL-2.1-or-later
#include "network.hpp"

#include "base/text.hpp"
#include "ip/kind.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>
#include <sys/socket.h>

namespace relevo::tuner {
namespace {

sockaddr_in make_address(const std::string& address, std::uint16_t port) {
  sockaddr_in made{};
  made.sin_family = AF_INET;
  made.sin_port = htons(port);
  inet_pton(AF_INET, address.c_str(), &made.sin_addr);
  return made;
}

std::string write_address(const in_addr& address) {
  std::array<char, INET_ADDRSTRLEN> text{};
  inet_ntop(AF_INET, &address, text.data(), text.size());
  return text.data();
}

const sockaddr* generic(const sockaddr_in& address) noexcept {
  return reinterpret_cast<const sockaddr*>(&address);
}

} // namespace

bool is_welcome(const ip::IpAddress& address, const access::Rules& rules) {
  return ip::is_inside(ip::kind_of(address)) && ip::contains(rules.streams, address) &&
         ip::contains(rules.open, address);
}

std::vector<std::string> own_addresses() {
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner(list, freeifaddrs);
  constexpr unsigned kWanted = IFF_UP | IFF_MULTICAST;
  std::vector<std::string> addresses;
  for (const auto* one = list; one; one = one->ifa_next) {
    if (!one->ifa_addr || one->ifa_addr->sa_family != AF_INET) continue;
    if ((one->ifa_flags & kWanted) != kWanted || (one->ifa_flags & IFF_LOOPBACK) != 0) continue;
    addresses.push_back(write_address(reinterpret_cast<const sockaddr_in*>(one->ifa_addr)->sin_addr));
  }
  std::ranges::sort(addresses);
  return addresses;
}

std::string address_towards(const std::string& peer) {
  constexpr std::uint16_t kAnyPort = 9; // nothing is sent there
  const gx::Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  const auto to = make_address(peer, kAnyPort);
  sockaddr_in own{};
  socklen_t size = sizeof own;
  if (::connect(socket.get(), generic(to), sizeof to) != 0 ||
      ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&own), &size) != 0)
    return {};
  return write_address(own.sin_addr);
}

ip::IpAddress Datagram::address() const {
  return *ip::IpAddress::parse(write_address(from.sin_addr));
}

Result<gx::Descriptor> DatagramPort::open(std::uint16_t port, bool shared) {
  gx::Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  const int yes = 1;
  if (shared) setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in any{};
  any.sin_family = AF_INET;
  any.sin_port = htons(port);
  if (::bind(socket.get(), generic(any), sizeof any) != 0)
    return fail(concat("cannot listen on UDP port ", port, ": ", std::strerror(errno)));
  return socket;
}

DatagramPort::DatagramPort(gx::Descriptor socket, OnDatagram on_datagram)
    : socket_(std::move(socket)),
      on_datagram_(std::move(on_datagram)),
      readable_(gx::Source::while_ready(nullptr, socket_.get(), G_IO_IN, [this] { receive(); })) {}

void DatagramPort::receive() const {
  constexpr int kAtOnce = 32; // others have their turn, too
  std::array<std::byte, 2048> block;
  for (int i = 0; i < kAtOnce; ++i) {
    Datagram datagram;
    socklen_t size = sizeof datagram.from;
    const auto received = ::recvfrom(socket_.get(), block.data(), block.size(), 0,
                                     reinterpret_cast<sockaddr*>(&datagram.from), &size);
    if (received < 0) return;
    datagram.bytes = Bytes(block).first(static_cast<std::size_t>(received));
    on_datagram_(datagram);
  }
}

void DatagramPort::send(std::string_view bytes, const sockaddr_in& to) const {
  static_cast<void>(
      ::sendto(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL, generic(to), sizeof to));
}

void DatagramPort::send_to_group(std::string_view bytes, std::string_view group, std::uint16_t port,
                                 const std::string& interface) const {
  const auto from = make_address(interface, 0);
  const int hops = 2; // as UPnP has it
  setsockopt(socket_.get(), IPPROTO_IP, IP_MULTICAST_TTL, &hops, sizeof hops);
  if (setsockopt(socket_.get(), IPPROTO_IP, IP_MULTICAST_IF, &from.sin_addr, sizeof from.sin_addr) == 0)
    send(bytes, make_address(std::string(group), port));
}

bool DatagramPort::join(std::string_view group, const std::string& interface) const {
  ip_mreq membership{};
  membership.imr_multiaddr = make_address(std::string(group), 0).sin_addr;
  membership.imr_interface = make_address(interface, 0).sin_addr;
  return setsockopt(socket_.get(), IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership) == 0 ||
         errno == EADDRINUSE; // it had
}

} // namespace relevo::tuner
