// SPDX-License-Identifier: LGPL-2.1-or-later
// The special networks of the registries of IANA, and those of clouds.
#include "ip/kind.hpp"

#include <algorithm>

namespace relevo::ip {
namespace {

struct Place {
  Network network;
  Kind kind;
};

Network network(std::string_view text) {
  return *Network::parse(text);
}

/// The first that contains the address counts.
const std::vector<Place>& places() {
  static const std::vector<Place> all = {
      {network("169.254.169.254"), Kind::Metadata}, // most clouds
      {network("169.254.170.2"), Kind::Metadata},   // containers of one of them
      {network("100.100.100.200"), Kind::Metadata},
      {network("fd00:ec2::254"), Kind::Metadata},
      {network("0.0.0.0/8"), Kind::Unspecified},
      {network("10.0.0.0/8"), Kind::Private},
      {network("100.64.0.0/10"), Kind::Private}, // of providers, behind their NAT
      {network("127.0.0.0/8"), Kind::Loopback},
      {network("169.254.0.0/16"), Kind::LinkLocal},
      {network("172.16.0.0/12"), Kind::Private},
      {network("192.0.0.0/24"), Kind::Reserved},
      {network("192.0.2.0/24"), Kind::Reserved},
      {network("192.168.0.0/16"), Kind::Private},
      {network("198.18.0.0/15"), Kind::Private}, // for benchmarks, and for proxies that answer for names
      {network("198.51.100.0/24"), Kind::Reserved},
      {network("203.0.113.0/24"), Kind::Reserved},
      {network("224.0.0.0/4"), Kind::Multicast},
      {network("255.255.255.255"), Kind::Multicast},
      {network("240.0.0.0/4"), Kind::Reserved},
      {network("::"), Kind::Unspecified},
      {network("::1"), Kind::Loopback},
      {network("::/96"), Kind::Reserved},         // what is left of IPv4 in its old spelling
      {network("64:ff9b:1::/48"), Kind::Private}, // NAT64 within a network
      {network("100::/64"), Kind::Reserved},
      {network("2001:db8::/32"), Kind::Reserved},
      {network("fc00::/7"), Kind::Private},
      {network("fe80::/10"), Kind::LinkLocal},
      {network("fec0::/10"), Kind::Private}, // what site-local once was
      {network("ff00::/8"), Kind::Multicast},
  };
  return all;
}

IpAddress v4(const IpAddress::Bytes& from, std::size_t at, std::uint8_t flip = 0) {
  IpAddress::Bytes bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  for (std::size_t i = 0; i < 4; ++i)
    bytes[12 + i] = static_cast<std::uint8_t>(from[at + i] ^ flip);
  return IpAddress(bytes);
}

/// To whom packets for an IPv6 address that carries an IPv4 one go in the end.
std::optional<IpAddress> find_v4_in(const IpAddress& address) {
  static const Network six_to_four = network("2002::/16"), nat64 = network("64:ff9b::/96"),
                       teredo = network("2001::/32"), compatible = network("::/96");
  if (address.is_v4()) return std::nullopt;
  const auto& bytes = address.bytes();
  if (six_to_four.contains(address)) return v4(bytes, 2);
  if (teredo.contains(address)) return v4(bytes, 12, 0xff);
  if (nat64.contains(address)) return v4(bytes, 12);
  const bool is_small = compatible.contains(address) && bytes[12] == 0 && bytes[13] == 0; // ::, ::1
  return compatible.contains(address) && !is_small ? std::optional(v4(bytes, 12)) : std::nullopt;
}

} // namespace

Kind kind_of(const IpAddress& address) {
  if (const auto inner = find_v4_in(address)) return kind_of(*inner);
  const auto& all = places();
  const auto found =
      std::ranges::find_if(all, [&](const Place& place) { return place.network.contains(address); });
  return found == all.end() ? Kind::Public : found->kind;
}

std::string_view name_of(Kind kind) noexcept {
  switch (kind) {
  case Kind::Public: return "public";
  case Kind::Private: return "private";
  case Kind::Loopback: return "loopback";
  case Kind::LinkLocal: return "link-local";
  case Kind::Metadata: return "metadata";
  case Kind::Multicast: return "multicast";
  case Kind::Unspecified: return "unspecified";
  case Kind::Reserved: break;
  }
  return "reserved";
}

} // namespace relevo::ip
