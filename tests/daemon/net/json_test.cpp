// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/json.hpp"

#include "net/gzip.hpp"
#include "net/response.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>

using namespace relevo;
using namespace relevo::net;

TEST_CASE("JSON is read, or refused with its place") {
  CHECK(parse_json(R"({"a":[1,"]"]})")->at("a").size() == 2);
  CHECK(parse_json(std::string(64, '[') + std::string(64, ']')));
  struct {
    std::string text;
    std::size_t offset;
  } const cases[] = {
      {"", 0},
      {"{\"a\":1,}", 7},
      {"[1 2]", 3},
      {"\xff", 0},
      {"\"\xff\"", 1},
      {std::string(65, '['), 64},
      {std::string(100'000, '['), 64},
      {"{} x", 3},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text.substr(0, 10));
    const auto value = parse_json(c.text);
    REQUIRE_FALSE(value);
    CHECK(value.error().offset == c.offset);
  }
  CHECK(parse_json("1e999").error().message == "this JSON holds a number that is too large");
}

TEST_CASE("an error has one form") {
  CHECK(error_response(404, "not-found", "no such \"channel\"").body ==
        R"({"error":{"code":"not-found","message":"no such \"channel\""}})");
  const auto error = error_response(400, "bad", "m\xff", "filters[2].regex");
  CHECK(error.status == 400);
  CHECK(error.body ==
        "{\"error\":{\"code\":\"bad\",\"message\":\"m\xef\xbf\xbd\",\"where\":\"filters[2].regex\"}}");
}

TEST_CASE("gzip is for those who take it") {
  CHECK(accepts_gzip("gzip"));
  CHECK(accepts_gzip("br, GZIP;q=0.5"));
  CHECK(accepts_gzip("*"));
  CHECK_FALSE(accepts_gzip(""));
  CHECK_FALSE(accepts_gzip("identity"));
  CHECK_FALSE(accepts_gzip("gzip;q=0"));
}
