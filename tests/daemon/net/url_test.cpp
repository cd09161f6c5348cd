// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/url.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::net;

TEST_CASE("percent-encoding is decoded, or refused") {
  struct {
    const char* text;
    const char* decoded; // null: refused
  } const cases[] = {
      {"", ""},          {"abc", "abc"},    {"a%20b", "a b"},   {"%C3%a9", "\xc3\xa9"},
      {"a+b", "a+b"},    {"%2F%25", "/%"},  {"%", nullptr},     {"%4", nullptr},
      {"a%zz", nullptr}, {"%+1", nullptr},  {"%-1", nullptr},   {"%ff", nullptr},
      {"%C3", nullptr},  {"a%00", nullptr}, {"%0x41", nullptr}, {"\xff", nullptr},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const auto decoded = percent_decode(c.text);
    CHECK(decoded.has_value() == (c.decoded != nullptr));
    if (decoded && c.decoded) CHECK(*decoded == c.decoded);
  }
  CHECK(percent_decode("ab%4").error().offset == 2);
}

TEST_CASE("any text can be a segment or a part of a query") {
  CHECK(percent_encode("aZ09-._~") == "aZ09-._~");
  CHECK(percent_encode("a b/?&=+%,\n") == "a%20b%2F%3F%26%3D%2B%25%2C%0A");
  for (const std::string text : {"", "Élan 衛視", "100 %", "a/../b"}) {
    CAPTURE(text);
    CHECK(percent_decode(percent_encode(text)) == text);
    CHECK(parse_query("a=" + percent_encode(text)) == Fields{{"a", text}});
  }
}

TEST_CASE("a path is its segments, and an encoded slash parts nothing") {
  using Segments = std::vector<std::string>;
  CHECK(parse_path("/") == Segments{""});
  CHECK(parse_path("/a/b") == Segments{"a", "b"});
  CHECK(parse_path("/a/") == Segments{"a", ""});
  CHECK(parse_path("//a") == Segments{"", "a"});
  CHECK(parse_path("/a%2Fb/c%20d") == Segments{"a/b", "c d"});
  CHECK_FALSE(parse_path("/a/%zz"));
}

TEST_CASE("a query keeps the order and every repetition") {
  CHECK(parse_query("") == Fields{});
  CHECK(parse_query("a=1&b=x+y%2B&a=2&c&=d&&") ==
        Fields{{"a", "1"}, {"b", "x y+"}, {"a", "2"}, {"c", ""}, {"", "d"}});
  CHECK(parse_query("a==1") == Fields{{"a", "=1"}});
  CHECK_FALSE(parse_query("a=%"));
  CHECK_FALSE(parse_query("%ff=1"));
}
