// SPDX-License-Identifier: LGPL-2.1-or-later
// Fetches through an HTTP proxy, plain and by tunnel.
#include "fake_resolver.hpp"
#include "http/client.hpp"
#include "scripted_server.hpp"

#include <doctest/doctest.h>
#include <future>

using namespace relevo;
using namespace relevo::http;
using namespace relevo::http::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view kCredentials = "Proxy-Authorization: Basic am9lOnB3\r\n"; // joe:pw
constexpr std::string_view kAskForThem =
    "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n";

ClientOptions through(const ScriptedServer& proxy, std::string_view userinfo = "") {
  return {.proxy = "http://" + std::string(userinfo) + "127.0.0.1:" + std::to_string(proxy.port()),
          .strict_tls = false};
}

void check_proxy_failure(const FetchResult& result) {
  REQUIRE_FALSE(result);
  CAPTURE(result.error().message);
  CHECK(name_of(result.error().kind) == "proxy");
  CHECK(result.error().message.find("sesame") == std::string::npos);
}

std::string secure_url(const ScriptedServer& server) {
  return "https://127.0.0.1:" + std::to_string(server.port());
}

} // namespace

TEST_CASE("plain: the proxy is asked for the whole URL, and resolves the name itself") {
  install_fake_resolver();
  std::promise<std::string> seen;
  ScriptedServer proxy([&](Peer& peer) {
    seen.set_value(peer.read_head());
    peer.send(ok("by proxy"));
  });
  const auto result = Client(through(proxy)).fetch({.url = "http://nowhere.invalid/x"}, {});
  REQUIRE(result);
  CHECK(result->body == "by proxy");
  CHECK(seen.get_future().get().starts_with("GET http://nowhere.invalid/x HTTP/1.1\r\n"));
}

TEST_CASE("plain: the proxy gets its credentials, and the target its own") {
  ScriptedServer proxy([](Peer& peer) {
    for (auto head = peer.read_head(); !head.empty(); head = peer.read_head()) {
      const bool known = head.starts_with("GET http://127.0.0.1:1/x HTTP") &&
                         head.find(kCredentials) != head.npos &&
                         head.find("\r\nAuthorization: Basic YW5uOmE=\r\n") != head.npos; // ann:a
      peer.send(known ? ok("in") : std::string(kAskForThem));
    }
  });
  const Request request{.url = "http://ann:a@127.0.0.1:1/x"};
  const auto result = Client(through(proxy, "joe:pw@")).fetch(request, {});
  REQUIRE(result);
  CHECK(result->body == "in");
  check_proxy_failure(Client(through(proxy)).fetch(request, {}));
  check_proxy_failure(Client(through(proxy, "joe:sesame@")).fetch(request, {}));
}

TEST_CASE("tunnel: TLS goes through, and only the proxy sees its credentials") {
  gx::Guarded<std::string> asked;
  ScriptedServer target([&](Peer& peer) {
    peer.start_tls();
    for (auto head = peer.read_head(); !head.empty(); head = peer.read_head()) {
      *asked.lock() = head;
      peer.send(ok("from afar"));
    }
  });
  bool ask = false;
  ScriptedServer proxy([&](Peer& peer) {
    for (auto head = peer.read_head(); !head.empty(); head = peer.read_head()) {
      if (!head.starts_with("CONNECT 127.0.0.1:" + std::to_string(target.port()))) return;
      if (!ask || head.find(kCredentials) != std::string::npos) {
        peer.send("HTTP/1.1 200 Through\r\n\r\n");
        return peer.relay_to(target.port());
      }
      peer.send(kAskForThem);
    }
  });
  SUBCASE("open to all") {}
  SUBCASE("by password") {
    ask = true;
  }
  const auto result = Client(through(proxy, "joe:pw@")).fetch({.url = secure_url(target)}, {});
  if (!result) FAIL(result.error().message);
  CHECK(result->body == "from afar");
  CHECK(asked.lock()->find("Proxy-Authorization") == std::string::npos);
}

TEST_CASE("tunnel: what the proxy refuses is the proxy's failure, not the target's answer") {
  for (const auto* status : {"403 No", "407 Who", "502 Bad", "503 Busy"}) {
    CAPTURE(status);
    ScriptedServer proxy(always("HTTP/1.1 " + std::string(status) + "\r\nContent-Length: 2\r\n\r\nno"));
    check_proxy_failure(Client(through(proxy)).fetch({.url = "https://127.0.0.1:1/"}, {}));
  }
}

TEST_CASE("a proxy that is not there, hangs up, or is no URL") {
  const std::string absent = "127.0.0.1:" + std::to_string(closed_port());
  for (const auto* scheme : {"http", "https"}) {
    CAPTURE(scheme);
    const Request request{.url = std::string(scheme) + "://127.0.0.1:1/"};
    check_proxy_failure(Client({.proxy = "http://joe:sesame@" + absent}).fetch(request, {}));
  }
  ScriptedServer closing([](Peer& peer) { peer.read_head(); });
  check_proxy_failure(Client(through(closing)).fetch({.url = "https://127.0.0.1:1/"}, {}));
  check_proxy_failure(Client({.proxy = "joe:sesame@nonsense"}).fetch({.url = "http://127.0.0.1:1/"}, {}));
}

TEST_CASE("a proxy that does not answer CONNECT uses up the deadline for connecting") {
  ScriptedServer mute([](Peer& peer) { peer.wait_until_closed(); });
  Request request{.url = "https://127.0.0.1:1/"};
  request.deadlines.connect = 150ms;
  const auto result = Client(through(mute)).fetch(request, {});
  REQUIRE_FALSE(result);
  CHECK(name_of(result.error().kind) == "connect-timeout");
}
