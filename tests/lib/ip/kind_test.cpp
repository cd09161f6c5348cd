// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ip/kind.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo::ip;

TEST_CASE("an address is of the kind that its network is for, however it is written") {
  struct {
    const char* address;
    Kind kind;
  } const cases[] = {
      {"8.8.8.8", Kind::Public},
      {"172.15.255.255", Kind::Public},
      {"172.16.0.0", Kind::Private},
      {"172.31.255.255", Kind::Private},
      {"172.32.0.0", Kind::Public},
      {"10.1.2.3", Kind::Private},
      {"192.168.178.1", Kind::Private},
      {"100.63.255.255", Kind::Public},
      {"100.64.0.1", Kind::Private},
      {"100.128.0.0", Kind::Public},
      {"198.18.0.5", Kind::Private},
      {"127.0.0.1", Kind::Loopback},
      {"127.255.255.254", Kind::Loopback},
      {"169.254.1.1", Kind::LinkLocal},
      {"169.254.169.254", Kind::Metadata},
      {"169.254.170.2", Kind::Metadata},
      {"100.100.100.200", Kind::Metadata},
      {"0.0.0.0", Kind::Unspecified},
      {"0.1.2.3", Kind::Unspecified},
      {"224.0.0.1", Kind::Multicast},
      {"239.255.255.255", Kind::Multicast},
      {"255.255.255.255", Kind::Multicast},
      {"240.0.0.1", Kind::Reserved},
      {"192.0.2.1", Kind::Reserved},
      {"2a00:1450:4001::1", Kind::Public},
      {"::", Kind::Unspecified},
      {"::1", Kind::Loopback},
      {"::2", Kind::Reserved},
      {"fe80::1", Kind::LinkLocal},
      {"febf::1", Kind::LinkLocal},
      {"fec0::1", Kind::Private},
      {"fc00::1", Kind::Private},
      {"fdff::1", Kind::Private},
      {"fd00:ec2::254", Kind::Metadata},
      {"ff02::1", Kind::Multicast},
      {"2001:db8::1", Kind::Reserved},
      // IPv4 inside
      {"::ffff:127.0.0.1", Kind::Loopback},
      {"::127.0.0.1", Kind::Loopback},
      {"::ffff:169.254.169.254", Kind::Metadata},
      {"64:ff9b::7f00:1", Kind::Loopback},
      {"64:ff9b::a9fe:a9fe", Kind::Metadata},
      {"64:ff9b::808:808", Kind::Public},
      {"64:ff9b:1::808:808", Kind::Private},
      {"2002:7f00:1::1", Kind::Loopback},
      {"2002:c0a8:101::", Kind::Private},
      {"2002:808:808::", Kind::Public},
      {"2001:0:4136:e378:8000:63bf:3f57:fefe", Kind::Private}, // Teredo of 192.168.1.1
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.address));
    const auto address = IpAddress::parse(c.address);
    REQUIRE(address);
    CHECK(name_of(kind_of(*address)) == name_of(c.kind));
  }
}
