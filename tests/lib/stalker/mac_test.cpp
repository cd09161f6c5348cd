// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stalker/mac.hpp"

#include <doctest/doctest.h>

using relevo::stalker::parse_mac;

TEST_CASE("a MAC is read in every form that people and players write") {
  for (const char* text : {"00:1A:79:0B:0C:0D", "00:1a:79:0b:0c:0d", "00-1a-79-0B-0C-0D", "001A790b0c0d",
                           " 00:1A:79:0B:0C:0D\t"}) {
    CAPTURE(text);
    CHECK(parse_mac(text) == "00:1A:79:0B:0C:0D");
  }
}

TEST_CASE("what is no MAC is refused with what was seen") {
  for (const char* text :
       {"", ":", "00:1A:79:0B:0C", "00:1A:79:0B:0C:0D:0E", "00:1A:79:0B:0C:0G", "00:1A-79:0B:0C:0D",
        "00 1A 79 0B 0C 0D", "0:01A:79:0B:0C:0D", "00:1A:79:0B:0C:0", "001A790B0C0D0", "00%3A1A%3A79"}) {
    CAPTURE(text);
    const auto mac = parse_mac(text);
    REQUIRE_FALSE(mac);
    CHECK(mac.error().message.find("no MAC address: \"") == 0);
  }
}
