// SPDX-License-Identifier: LGPL-2.1-or-later
// Where a fetch may connect to: the rules as tables.
#include "ip/reach.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo;
using namespace relevo::ip;

namespace {

std::string objection(const Reach& reach, std::string_view host, const char* address, bool own_inside,
                      std::uint16_t port = 80, bool this_machine = false) {
  return find_objection(reach, {host, *IpAddress::parse(address), port},
                        {[=] { return own_inside; }, [=] { return this_machine; }})
      .value_or("");
}

Reach reach_of(AllowPrivate allow, const char* own_host = "own.example") {
  Reach reach;
  reach.allow_private = allow;
  reach.own_host = own_host;
  return reach;
}

} // namespace

TEST_CASE("who may be connected to") {
  using enum AllowPrivate;
  struct {
    AllowPrivate allow;
    const char* host;
    const char* address;
    bool own_inside;
    bool allowed;
  } const cases[] = {
      {Own, "own.example", "8.8.8.8", false, true},
      {Own, "own.example", "192.168.1.5", true, true},
      {Own, "OWN.example", "127.0.0.1", true, true},
      {Own, "own.example", "169.254.169.254", true, false},
      {Own, "own.example", "::ffff:169.254.169.254", true, false},
      {Own, "told.example", "8.8.8.8", false, true},
      {Own, "told.example", "192.168.1.5", false, false},
      {Own, "told.example", "192.168.1.5", true, true},
      {Own, "told.example", "127.0.0.1", false, false},
      {Own, "told.example", "0.0.0.0", false, false},
      {Own, "told.example", "fe80::1", false, false},
      {Own, "told.example", "64:ff9b::7f00:1", false, false},
      {Own, "told.example", "169.254.169.254", true, false},
      {Own, "told.example", "239.1.1.1", true, false},
      {Own, "told.example", "240.0.0.1", true, false},
      {Always, "told.example", "192.168.1.5", false, true},
      {Always, "told.example", "127.0.0.1", false, true},
      {Always, "told.example", "169.254.169.254", true, false},
      {Never, "own.example", "8.8.8.8", false, true},
      {Never, "own.example", "192.168.1.5", true, false},
      {Never, "told.example", "127.0.0.1", true, false},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(name_of(c.allow)));
    CAPTURE(std::string(c.host));
    CAPTURE(std::string(c.address));
    CAPTURE(c.own_inside);
    CHECK(objection(reach_of(c.allow), c.host, c.address, c.own_inside).empty() == c.allowed);
  }
}

TEST_CASE("nobody is the own host where there is none") {
  CHECK_FALSE(objection(reach_of(AllowPrivate::Own, ""), "", "127.0.0.1", false).empty());
}

TEST_CASE("listed networks may be connected to, whatever is there") {
  auto reach = reach_of(AllowPrivate::Never);
  reach.networks = *parse_networks("192.168.1.0/24, 169.254.169.254");
  CHECK(objection(reach, "told.example", "192.168.1.5", false).empty());
  CHECK(objection(reach, "told.example", "169.254.169.254", false).empty());
  CHECK_FALSE(objection(reach, "told.example", "192.168.2.5", false).empty());
}

TEST_CASE("the server is never fetched from, on its own port and machine") {
  auto reach = reach_of(AllowPrivate::Always, "127.0.0.1");
  reach.own_port = 8383;
  reach.networks = *parse_networks("127.0.0.0/8");
  CHECK_FALSE(objection(reach, "127.0.0.1", "127.0.0.1", true, 8383, true).empty());
  CHECK(objection(reach, "127.0.0.1", "127.0.0.1", true, 8384, true).empty());
  CHECK(objection(reach, "far.example", "8.8.8.8", true, 8383, false).empty());
}

TEST_CASE("an objection names host, address and rule") {
  CHECK(
      objection(reach_of(AllowPrivate::Own), "told.example", "192.168.1.5", false) ==
      "told.example is 192.168.1.5, a private address, which a list or redirect may not lead to from outside "
      "(fetch: allow_private = own; networks = 192.168.1.5 allows it)");
  CHECK(objection(reach_of(AllowPrivate::Never), "127.0.0.1", "127.0.0.1", false) ==
        "127.0.0.1, a loopback address, and none is allowed (fetch: allow_private = never)");
}

TEST_CASE("what the address of a told stream says by itself") {
  struct {
    const char* own_host;
    const char* url;
    bool allowed;
  } const cases[] = {
      {"own.example", "http://told.example/1.ts", true},
      {"own.example", "rtsp://8.8.8.8/1", true},
      {"own.example", "RTSP://192.168.1.5/1", false},
      {"192.168.1.4", "rtsp://192.168.1.5/1", true},
      {"own.example", "rtsp://[::1]/1", false},
      {"own.example", "rtsp://user:pass@127.0.0.1:554/1", false},
      {"own.example", "rtsp://127.1/1", false},
      {"own.example", "rtsp://2130706433/1", false},
      {"own.example", "rtsp://0x7f.0.0.1/1", false},
      {"own.example", "http://169.254.169.254/latest", false},
      {"192.168.1.4", "http://169.254.169.254/latest", false},
      {"own.example", "udp://@239.1.2.3:5000", true},
      {"own.example", "rtp://@239.1.2.3:5000", true},
      {"own.example", "acestream://0d3ef56d95a7ce80737da6f31a66d5e58bf2b737", true},
      {"own.example", "file:///etc/passwd", false},
      {"own.example", "v4l2:///dev/video0", false},
      {"own.example", "fd://0", false},
      {"own.example", "", false},
      {"own.example", "/etc/passwd", false},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.own_host));
    CAPTURE(std::string(c.url));
    CHECK(find_objection(reach_of(AllowPrivate::Own, c.own_host), c.url).has_value() != c.allowed);
  }
}

TEST_CASE("the host of a URL") {
  struct {
    const char* url;
    const char* host;
  } const cases[] = {
      {"http://a.example/x", "a.example"},
      {"http://a.example:80", "a.example"},
      {"http://u:p@a.example:80/@b", "a.example"},
      {"http://u@x@a.example?@b", "a.example"},
      {"http://[::1]:80/x", "::1"},
      {"http://[::1", "::1"},
      {"http://", ""},
      {"a.example/x", ""},
      {"", ""},
      {"http://a.example\\@b/", "a.example"},
      {"http://[", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.url));
    CHECK(host_of(c.url) == c.host);
  }
}

TEST_CASE("a reach is written and read again") {
  auto full = reach_of(AllowPrivate::Never, "2001:db8::1");
  full.own_port = 8383;
  full.networks = *parse_networks("10.0.0.0/8 fd00::/8");
  for (const auto& reach : {Reach{}, reach_of(AllowPrivate::Always), full}) {
    const auto text = write_reach(reach);
    CAPTURE(text);
    const auto again = parse_reach(text);
    REQUIRE(again);
    REQUIRE(*again);
    CHECK(**again == reach);
  }
  CHECK(write_reach(full) == "private=never own=2001:db8::1 port=8383 networks=10.0.0.0/8,fd00::/8");
  CHECK_FALSE(*parse_reach("  "));
  for (const char* wrong : {"private", "private=no", "port=99999", "networks=x", "else=1"}) {
    CAPTURE(std::string(wrong));
    CHECK_FALSE(parse_reach(wrong));
  }
}
