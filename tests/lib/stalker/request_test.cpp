// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stalker/request.hpp"

#include <doctest/doctest.h>

using namespace relevo::stalker;

TEST_CASE("who a box is stands in its headers") {
  struct Case {
    const char* cookie;
    const char* authorization;
    const char* mac;
    const char* token;
  };
  const Case cases[] = {
      {"mac=00:1A:79:0B:0C:0D; stb_lang=en; timezone=Europe/London", "Bearer ABC", "00:1A:79:0B:0C:0D",
       "ABC"},
      {"stb_lang=en;mac=00%3A1a%3A79%3A0b%3a0C%3A0D;x", "bearer  ABC ", "00:1A:79:0B:0C:0D", "ABC"},
      {"mac=001A790B0C0D; token=D%45F", "", "00:1A:79:0B:0C:0D", "DEF"},
      {"token=DEF", "Bearer ABC", "", "ABC"},
      {"token=DEF", "Bearer ", "", "DEF"},
      {"macs=00:1A:79:0B:0C:0D; mac", "Basic ABC", "", ""},
      {"mac=hello", "ABC", "", ""},
      {"mac=%", "", "", ""},
      {"", "", "", ""},
  };
  for (const auto& one : cases) {
    CAPTURE(one.cookie);
    const auto identity = read_identity(one.cookie, one.authorization);
    CHECK(identity.mac == one.mac);
    CHECK(identity.token == one.token);
  }
}

TEST_CASE("the command of a channel comes back in many forms") {
  for (const std::int64_t id : {std::int64_t{1}, std::int64_t{1001}, INT64_MAX})
    CHECK(parse_command(write_command(id)) == id);
  CHECK(write_command(7) == "ffmpeg http://localhost/ch/7_");
  for (const char* command : {"ffrt http://localhost/ch/7", "http:///ch/7_",
                              "auto http://localhost/ch/7_ position:3", "/ch/7.ts?x=/y/8", "a/ch/9 b/ch/7"}) {
    CAPTURE(command);
    CHECK(parse_command(command) == 7);
  }
  for (const char* command :
       {"", "ffmpeg", "/ch/", "/ch/x7", "/media/7.mpg", "/ch/-7", "/ch/99999999999999999999"}) {
    CAPTURE(command);
    CHECK_FALSE(parse_command(command));
  }
}

TEST_CASE("pages count from one, and end") {
  struct Case {
    const char* wanted;
    std::size_t items, number, first, size;
  };
  const Case cases[] = {
      {"1", 30, 1, 0, 14},
      {"2", 30, 2, 14, 14},
      {"3", 30, 3, 28, 2},
      {"4", 30, 4, 30, 0},
      {"0", 30, 1, 0, 14},
      {"", 30, 1, 0, 14},
      {"-1", 30, 1, 0, 14},
      {"x", 3, 1, 0, 3},
      {"1", 0, 1, 0, 0},
      {"2", 14, 2, 14, 0},
      {"4294967295", 30, 4294967295, 30, 0},
      {"99999999999", 30, 1, 0, 14},
  };
  for (const auto& one : cases) {
    CAPTURE(one.wanted);
    const auto page = cut_page(one.wanted, one.items, 14);
    CHECK(page.number == one.number);
    CHECK(page.first == one.first);
    CHECK(page.size == one.size);
  }
}
