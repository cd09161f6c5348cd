// SPDX-License-Identifier: LGPL-2.1-or-later
#include "provider/http_message.hpp"

#include <doctest/doctest.h>

using namespace relevo::provider;

TEST_CASE("parse_request reads path, query and headers") {
  const auto request = parse_request("GET //live/a%20b/1.ts?fault=stall@5&fault=html&x=%41+b&y HTTP/1.1\r\n"
                                     "Host: here\r\nRANGE:  bytes=1-2 ");
  REQUIRE(request);
  CHECK(request->method == "GET");
  CHECK(request->path == std::vector<std::string>{"live", "a b", "1.ts"});
  CHECK(request->get_all("fault") == std::vector<std::string_view>{"stall@5", "html"});
  CHECK(request->get("x") == "A b");
  CHECK(request->header("range") == "bytes=1-2");
  CHECK(request->keep_alive);
  CHECK(request->query_without("fault") == "?x=A%20b&y=");
  CHECK(request->query_without("z") == "?fault=stall@5&fault=html&x=A%20b&y=");
}

TEST_CASE("parse_request refuses what is no HTTP/1 request") {
  for (const auto* head :
       {"", "GET", "GET /", "GET / HTTP/2", "GET x HTTP/1.1", "\r\n\r\n", "\x16\x03\x01\x02"}) {
    CAPTURE(head);
    CHECK_FALSE(parse_request(head));
  }
}

TEST_CASE("connections persist as version and header say") {
  CHECK_FALSE(parse_request("GET / HTTP/1.0").value().keep_alive);
  CHECK(parse_request("GET / HTTP/1.0\r\nConnection: keep-alive").value().keep_alive);
  CHECK_FALSE(parse_request("GET / HTTP/1.1\r\nConnection: Close").value().keep_alive);
}

TEST_CASE("numbers in a query are finite and of sane size, or the default") {
  const auto request = parse_request("GET /?a=2.5&b=x&c=inf&d=nan&e=1e300&f=-3 HTTP/1.1").value();
  CHECK(request.number("a", 1) == 2.5);
  CHECK(request.number("f", 1) == -3);
  for (const auto* name : {"b", "c", "d", "e", "missing"})
    CHECK(request.number(name, 1) == 1);
}

TEST_CASE("apply_range cuts the body") {
  struct Row {
    const char* range;
    int status;
    const char* body;
  };
  for (const Row& row : {Row{"", 200, "0123456789"},
                         {"bytes=2-4", 206, "234"},
                         {"bytes=7-", 206, "789"},
                         {"bytes=7-99", 206, "789"},
                         {"bytes=10-", 416, ""},
                         {"bytes=4-2", 200, "0123456789"},
                         {"bytes=-3", 200, "0123456789"},
                         {"lines=1-2", 200, "0123456789"}}) {
    CAPTURE(row.range);
    const Response response = apply_range({200, "text/plain", "0123456789", {}}, row.range);
    CHECK(response.status == row.status);
    CHECK(response.body == row.body);
  }
}
