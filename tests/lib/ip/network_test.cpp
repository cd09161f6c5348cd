// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ip/network.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo;
using namespace relevo::ip;

TEST_CASE("addresses are read and written") {
  struct {
    const char* text;
    const char* written; // null: refused
    bool v4;
  } const cases[] = {
      {"192.0.2.1", "192.0.2.1", true},
      {"::ffff:192.0.2.1", "192.0.2.1", true},
      {"::FFFF:c000:201", "192.0.2.1", true},
      {"2001:DB8:0:0::1", "2001:db8::1", false},
      {"::", "::", false},
      {"::1.2.3.4", "::1.2.3.4", false},
      {"", nullptr, false},
      {"192.0.2", nullptr, false},
      {"192.0.2.256", nullptr, false},
      {"192.0.2.1 ", nullptr, false},
      {"192.0.2.1:80", nullptr, false},
      {"[::1]", nullptr, false},
      {"fe80::1%eth0", nullptr, false},
      {"localhost", nullptr, false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const auto address = IpAddress::parse(c.text);
    REQUIRE(address.has_value() == (c.written != nullptr));
    if (!address) continue;
    CHECK(address->text() == c.written);
    CHECK(address->is_v4() == c.v4);
  }
  CHECK_FALSE(IpAddress::parse(std::string("1.2.3.4\0", 8)));
}

TEST_CASE("networks contain what they say") {
  struct {
    const char* network;
    const char* address;
    bool contains;
  } const cases[] = {
      {"192.168.0.0/16", "192.168.255.255", true},
      {"192.168.0.0/16", "192.169.0.0", false},
      {"192.168.0.0/16", "::ffff:192.168.0.1", true},
      {"192.168.128.0/17", "192.168.127.255", false},
      {"192.168.128.0/17", "192.168.128.0", true},
      {"10.0.0.7", "10.0.0.7", true},
      {"10.0.0.7", "10.0.0.6", false},
      {"0.0.0.0/0", "255.255.255.255", true},
      {"0.0.0.0/0", "::1", false},
      {"::/0", "2001:db8::1", true},
      {"::/0", "10.0.0.1", false},
      {"::fffe:0:0/95", "10.0.0.1", false},
      {"::ffff:10.0.0.0/104", "10.1.2.3", true},
      {"::ffff:10.0.0.0/104", "11.0.0.0", false},
      {"2001:db8::/33", "2001:db8:7fff::", true},
      {"2001:db8::/33", "2001:db8:8000::", false},
      {"::1", "::1", true},
      {"::1", "0.0.0.1", false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.network);
    CAPTURE(c.address);
    const auto network = Network::parse(c.network);
    const auto address = IpAddress::parse(c.address);
    REQUIRE(network);
    REQUIRE(address);
    CHECK(network->contains(*address) == c.contains);
    CHECK(Network::parse(network->text()) == *network);
  }
}

TEST_CASE("what is no network is refused with the reason") {
  struct {
    const char* text;
    const char* message;
  } const cases[] = {
      {"home", "\"home\" is no IPv4 or IPv6 address and no network of them"},
      {"", "\"\" is no IPv4 or IPv6 address and no network of them"},
      {"/8", "\"/8\" is no IPv4 or IPv6 address and no network of them"},
      {"10.0.0.0/33", "\"10.0.0.0/33\": what follows the slash is no number from 0 to 32"},
      {"10.0.0.0/", "\"10.0.0.0/\": what follows the slash is no number from 0 to 32"},
      {"10.0.0.0/255.0.0.0", "\"10.0.0.0/255.0.0.0\": what follows the slash is no number from 0 to 32"},
      {"::/129", "\"::/129\": what follows the slash is no number from 0 to 128"},
      {"192.168.1.7/16",
       "\"192.168.1.7/16\" names a host and not a network: 192.168.0.0/16 is meant, or 192.168.1.7"},
      {"fe80::1/10", "\"fe80::1/10\" names a host and not a network: fe80::/10 is meant, or fe80::1"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const auto network = Network::parse(c.text);
    REQUIRE_FALSE(network);
    CHECK(network.error().message == c.message);
  }
}

TEST_CASE("a site is an IPv4 address or the half of an IPv6 address") {
  const auto site = [](const char* text) { return Network::site_of(*IpAddress::parse(text)).text(); };
  CHECK(site("192.0.2.1") == "192.0.2.1");
  CHECK(site("::ffff:192.0.2.1") == "192.0.2.1");
  CHECK(site("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
}

TEST_CASE("a list of networks") {
  CHECK(parse_networks("")->empty());
  CHECK(parse_networks(" , ")->empty());
  const auto two = parse_networks("10.0.0.0/8,, ::1 ");
  REQUIRE(two);
  CHECK(two->size() == 2);
  CHECK(contains(*two, *IpAddress::parse("10.9.9.9")));
  CHECK(contains(*two, *IpAddress::parse("::1")));
  CHECK_FALSE(contains(*two, *IpAddress::parse("11.0.0.0")));
  CHECK_FALSE(contains({}, *IpAddress::parse("11.0.0.0")));
  const auto wrong = parse_networks("10.0.0.0/8 home");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message == "\"home\" is no IPv4 or IPv6 address and no network of them");
}
