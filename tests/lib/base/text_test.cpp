// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"

#include <cstdint>
#include <doctest/doctest.h>

using namespace relevo;

TEST_CASE("trim takes blanks from both ends only") {
  CHECK(trim(" \t a b\r\n") == "a b");
  CHECK(trim("a") == "a");
  CHECK(trim(" \n").empty());
  CHECK(trim("").empty());
}

TEST_CASE("parse_number takes the whole text or nothing") {
  CHECK(parse_number<std::uint16_t>("0") == 0);
  CHECK(parse_number<std::uint16_t>("65535") == 65535);
  CHECK(parse_number<int>("-5") == -5);
  for (const char* text : {"", "65536", "-1", "+1", " 1", "1 ", "1x", "0x1"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_number<std::uint16_t>(text));
  }
}

TEST_CASE("concat joins text and numbers") {
  CHECK(concat("a", std::string("b"), std::string_view("c"), 'd', 1, -2L, std::uint8_t{3}) == "abcd1-23");
}

TEST_CASE("comparing without case knows ASCII only") {
  CHECK(equal_nocase("tvg-ID", "TVG-id"));
  CHECK(equal_nocase("", ""));
  CHECK_FALSE(equal_nocase("tvg-id", "tvg-id "));
  CHECK_FALSE(equal_nocase("@[", "`{")); // the neighbours of the letters
  CHECK_FALSE(equal_nocase("\xc4", "\xe4"));
  CHECK(starts_with_nocase("#EXTINF:-1", "#extinf"));
  CHECK(starts_with_nocase("a", ""));
  CHECK_FALSE(starts_with_nocase("#EXT", "#extinf"));
}

TEST_CASE("quote shows input short and printable") {
  CHECK(quote("a \"b\"") == "\"a \"b\"\"");
  CHECK(quote("\x01\t\xc3\xa9~") == "\"????~\"");
  CHECK(quote(std::string(40, 'x')) == '"' + std::string(40, 'x') + '"');
  CHECK(quote(std::string(41, 'x')) == '"' + std::string(40, 'x') + "…\"");
}
