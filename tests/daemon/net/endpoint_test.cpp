// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/endpoint.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::net;

TEST_CASE("an endpoint is read and written back") {
  struct Row {
    const char* text;
    Endpoint endpoint;
  };
  const Row rows[] = {
      {"127.0.0.1:8383", {"127.0.0.1", 8383}}, {"*:0", {"", 0}},
      {"[::1]:65535", {"::1", 65535}},         {"[fe80::1:2]:1", {"fe80::1:2", 1}},
      {"0.0.0.0:80", {"0.0.0.0", 80}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto endpoint = parse_endpoint(row.text);
    REQUIRE(endpoint);
    CHECK(*endpoint == row.endpoint);
    CHECK(write_endpoint(*endpoint) == row.text);
  }
}

TEST_CASE("a malformed endpoint is refused with the part that is wrong") {
  struct Row {
    const char* text;
    const char* message;
  };
  const Row rows[] = {
      {"8383", "\"8383\" is not ADDRESS:PORT"},
      {"", "\"\" is not ADDRESS:PORT"},
      {"::1:8383", "\"::1:8383\" is not ADDRESS:PORT (an IPv6 address, and only that, stands in brackets)"},
      {"[::1]", "\"[::1]\" is not ADDRESS:PORT (an IPv6 address, and only that, stands in brackets)"},
      {"[127.0.0.1]:1",
       "\"[127.0.0.1]:1\" is not ADDRESS:PORT (an IPv6 address, and only that, stands in brackets)"},
      {":8383", "\"\" is no IPv4 or IPv6 address and not *"},
      {"localhost:8383", "\"localhost\" is no IPv4 or IPv6 address and not *"},
      {"127.0.0.1:", "\"\" is no port (0 to 65535)"},
      {"127.0.0.1:65536", "\"65536\" is no port (0 to 65535)"},
      {"127.0.0.1:-1", "\"-1\" is no port (0 to 65535)"},
      {"127.0.0.1:80x", "\"80x\" is no port (0 to 65535)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto endpoint = parse_endpoint(row.text);
    REQUIRE_FALSE(endpoint);
    CHECK(endpoint.error().message == row.message);
  }
}
