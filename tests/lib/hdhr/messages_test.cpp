// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hdhr/messages.hpp"

#include "hex.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::hdhr;
using relevo::test::from_hex;

TEST_CASE("what clients ask is understood") {
  struct {
    const char* packet; // as it was captured
    DiscoverRequest request;
  } const cases[] = {
      {"0002000c0104ffffffff0204ffffffff73cc7d8f", {true, {}}}, // hdhomerun_config, Jellyfin
      {"0002000c01040000000102"
       "04ffffffff4e507f35",
       {true, {}}},                                 // Kodi
      {"000200060104ffffffff4c20cb4e", {true, {}}}, // newer hdhomerun_config
      {"000200060104000000013930"
       "77e7",
       {true, {}}},
      {"0002000a2d0800000001000000054f63391f", {true, {}}},
      {"0002000c0104ffffffff020410abcde16372ab7d", {true, DeviceId{0x10abcde1}}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.packet);
    const auto bytes = from_hex(c.packet);
    const auto packet = parse_packet(bytes);
    REQUIRE(packet);
    CHECK(packet->type == PacketType::DiscoverRequest);
    const auto request = parse_discover_request(packet->payload);
    REQUIRE(request);
    CHECK(*request == c.request);
  }
  const auto storage = parse_discover_request(from_hex("010400000005"));
  REQUIRE(storage);
  CHECK_FALSE(storage->tuners);
  const auto nothing = parse_discover_request({});
  REQUIRE(nothing);
  CHECK(*nothing == DiscoverRequest{});
  CHECK_FALSE(parse_discover_request(from_hex("0104ff")));
}

TEST_CASE("a discover reply is as clients were seen to take it") {
  const auto reply = write_discover_reply({{0x10abcde1},
                                           4,
                                           "http://192.0.2.10:5004",
                                           "http://192.0.2.10:5004/lineup.json",
                                           "abcdefabcdefabcdefabcdef"});
  CHECK(reply == as_text(from_hex("000300650104000000010204"
                                  "10abcde1100104"
                                  "2a16687474703a2f2f3139322e302e322e31303a35303034"
                                  "2722687474703a2f2f3139322e302e322e31303a353030342f6c696e6575702e6a736f6e"
                                  "2b18616263646566616263646566616263646566616263646566"
                                  "a9abd3ac")));
}

TEST_CASE("variables are asked for and set") {
  const auto get = from_hex("0004000d030b2f7379732f6d6f64656c008f5b54b5");
  auto request = parse_get_set(parse_packet(get)->payload);
  REQUIRE(request);
  CHECK(*request == GetSet{"/sys/model", std::nullopt, 0});
  const auto set = from_hex("0004002203102f74756e6572302f6368616e6e656c0004086175746f3a3231001504"
                            "0badcafe005b4b06");
  request = parse_get_set(parse_packet(set)->payload);
  REQUIRE(request);
  CHECK(*request == GetSet{"/tuner0/channel", "auto:21", 0x0badcafe});
  CHECK_FALSE(parse_get_set({}));
  CHECK_FALSE(parse_get_set(from_hex("0300")));
}

TEST_CASE("variables are answered") {
  CHECK(write_get_set_reply("/sys/model", "hdhomerun3_atsc") ==
        as_text(from_hex("0005001f030b2f7379732f6d6f64656c0004106864686f6d6572756e335f6174736300246a0142")));
  CHECK(write_get_set_error("unknown getset variable") ==
        as_text(from_hex("0005002105"
                         "1f4552524f523a20756e6b6e6f776e2067657473657420"
                         "7661726961626c6500a7b780f0")));
}
