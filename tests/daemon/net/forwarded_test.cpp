// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/network.hpp"

#include "wire.hpp"

using namespace relevo;
using namespace relevo::net;
using namespace relevo::net::test;

namespace {

/// Whom the server takes for the client of a request with these headers.
struct Behind : Served {
  explicit Behind(const char* trusted) : Served({.trusted_proxies = *parse_networks(trusted)}) {
    get("/me", [](const Request& asked) { return Response{200, asked.peer, "text/plain"}; });
    route({Method::Get, "/local", "", [](const Request&) { return Response{}; }, Access::Local});
  }

  std::string peer(const std::string& headers) { return body_of(ask(request("GET /me", headers))); }
};

} // namespace

TEST_CASE("a trusted proxy tells who asks") {
  Behind behind("127.0.0.1, 10.0.0.0/8 2001:db8::/32");
  struct {
    const char* headers;
    const char* peer;
  } const cases[] = {
      {"", "127.0.0.1"},
      {"X-Forwarded-For: 192.0.2.7\r\n", "192.0.2.7"},
      {"x-forwarded-for:192.0.2.7:4711\r\n", "192.0.2.7"},
      {"X-Forwarded-For: [2001:db9::7]:80\r\n", "2001:db9::7"},
      {"X-Forwarded-For: 2001:db9::7\r\n", "2001:db9::7"},
      {"X-Forwarded-For: ::ffff:192.0.2.7\r\n", "192.0.2.7"},
      // The last that nobody vouches for; what stands left of it he may have made up.
      {"X-Forwarded-For: 198.51.100.1, 192.0.2.7, 10.0.0.1,10.0.0.2\r\n", "192.0.2.7"},
      {"X-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 192.0.2.7\r\n", "192.0.2.7"},
      {"X-Forwarded-For: 10.0.0.3, 10.0.0.1\r\n", "10.0.0.3"},
      // What cannot be read hides whoever stands left of it.
      {"X-Forwarded-For: 198.51.100.1, unknown, 10.0.0.1\r\n", "10.0.0.1"},
      {"X-Forwarded-For: 198.51.100.1,\r\n", "127.0.0.1"},
      {"X-Forwarded-For: nonsense\r\n", "127.0.0.1"},
      {"X-Forwarded-For: [2001:db9::7\r\n", "127.0.0.1"},
      {"Forwarded: for=192.0.2.7\r\n", "192.0.2.7"},
      {"Forwarded: proto=http; For=\"[2001:db9::7]:4711\" ;by=10.0.0.1\r\n", "2001:db9::7"},
      {"Forwarded: for=198.51.100.1, for=192.0.2.7;proto=https, for=10.0.0.1\r\n", "192.0.2.7"},
      {"Forwarded: for=\"a, for=198.51.100.1\"\r\n", "127.0.0.1"},
      {"Forwarded: for=192.0.2.7, for=_hidden\r\n", "127.0.0.1"},
      {"Forwarded: for=192.0.2.7, proto=http\r\n", "127.0.0.1"},
      {"Forwarded: for=\"\r\n", "127.0.0.1"},
      {"Forwarded: for=198.51.100.1\r\nX-Forwarded-For: 192.0.2.7\r\n", "192.0.2.7"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.headers);
    CHECK(behind.peer(c.headers) == c.peer);
  }
}

TEST_CASE("nobody else is believed") {
  Behind behind("10.0.0.0/8");
  CHECK(behind.peer("X-Forwarded-For: 10.0.0.1\r\n") == "127.0.0.1");
  CHECK(behind.peer("Forwarded: for=10.0.0.1\r\n") == "127.0.0.1");
}

TEST_CASE("what is for this machine is not for those behind a proxy, whatever it says") {
  Behind behind("127.0.0.1");
  CHECK(status_of(behind.ask(request("GET /local"))) == 200);
  for (const char* headers : {"X-Forwarded-For: 127.0.0.1\r\n", "X-Forwarded-For: 192.0.2.7\r\n",
                              "Forwarded: for=127.0.0.1\r\n", "X-Forwarded-For: unknown\r\n"}) {
    CAPTURE(headers);
    CHECK(status_of(behind.ask(request("GET /local", headers))) == 403);
  }
}

TEST_CASE("a trusted proxy has connections for many") {
  for (const char* trusted : {"127.0.0.1", ""}) {
    CAPTURE(trusted);
    Served served({.connections_per_address = 2, .trusted_proxies = *parse_networks(trusted)});
    served.get("/now", [](const Request&) { return Response{200, "[]"}; });
    std::vector<Wire> idle;
    for (int i = 0; i < 20; ++i)
      idle.emplace_back(served.endpoint());
    const bool limited = *trusted == '\0';
    run_until([&] { return served.server.connections() == (limited ? 7U : 20U); });
    CHECK(status_of(served.ask(request("GET /now"))) == (limited ? 0 : 200));
  }
}
