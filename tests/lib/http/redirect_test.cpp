// SPDX-License-Identifier: LGPL-2.1-or-later
// Redirects: followed one by one, bounded, visible, and discreet.
#include "fake_resolver.hpp"
#include "gx/guarded.hpp"
#include "http/client.hpp"
#include "scripted_server.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::http;
using namespace relevo::http::test;
using namespace std::chrono_literals;

namespace {

std::string to(std::string_view location, unsigned status = 302, std::string_view body = "") {
  return "HTTP/1.1 " + std::to_string(status) + " Moved\r\nLocation: " + std::string(location) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string path_of(std::string_view head) {
  const auto begin = head.find(' ') + 1;
  return std::string(head.substr(begin, head.find(' ', begin) - begin));
}

/// Answers by path and keeps every request head.
class Router {
 public:
  using Answer = std::function<std::string(const std::string& path)>;

  explicit Router(Answer answer)
      : server([this, answer = std::move(answer)](Peer& peer) {
          for (auto head = peer.read_head(); !head.empty(); head = peer.read_head()) {
            heads.lock()->push_back(head);
            peer.send(answer(path_of(head)));
          }
        }) {}

  std::string last_head() { return heads.lock()->back(); }

  gx::Guarded<std::vector<std::string>> heads;
  ScriptedServer server;
};

} // namespace

TEST_CASE("a chain is followed and every hop is shown") {
  Router router([](const std::string& path) {
    if (path == "/a") return to("b?x=1", 301, "moved, see there");
    if (path == "/b?x=1") return to("/c", 307);
    return ok("end");
  });
  const auto& server = router.server;
  const auto result = Client().fetch({.url = server.url("/a")}, {});
  REQUIRE(result);
  CHECK(result->body == "end");
  CHECK(result->url == server.url("/c"));
  REQUIRE(result->hops.size() == 2);
  CHECK(result->hops[0].url == server.url("/a"));
  CHECK(result->hops[0].status == 301);
  CHECK(result->hops[1].url == server.url("/b?x=1"));
  CHECK(result->hops[1].status == 307);
}

TEST_CASE("what a redirect may not do") {
  Router router([](const std::string& path) -> std::string {
    if (path == "/self") return to("/self");
    if (path == "/ping") return to("/pong");
    if (path == "/pong") return to("/ping");
    if (path == "/nowhere") return "HTTP/1.1 302 Lost\r\nContent-Length: 0\r\n\r\n";
    if (path == "/file") return to("file:///etc/passwd");
    if (path == "/bad") return to("http://[");
    return to("/" + std::to_string(std::stoi(path.substr(1)) + 1));
  });
  const struct {
    const char* path;
    Failure expected;
  } kRows[] = {
      {"/self", Failure::Redirect},    {"/ping", Failure::Redirect}, {"/1", Failure::Redirect},
      {"/nowhere", Failure::Redirect}, {"/file", Failure::BadUrl},   {"/bad", Failure::BadUrl},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.path);
    const auto result = Client().fetch({.url = router.server.url(row.path)}, {});
    REQUIRE_FALSE(result);
    CHECK(name_of(result.error().kind) == name_of(row.expected));
  }
}

TEST_CASE("a failure says whether a redirect led to it") {
  std::string gone;
  {
    Router other([](const std::string&) { return ok(""); });
    gone = other.server.url("/");
  }
  Router router([&](const std::string&) { return to(gone); });
  const auto at_first = Client().fetch({.url = gone}, {});
  REQUIRE_FALSE(at_first);
  CHECK(name_of(at_first.error().kind) == name_of(Failure::Refused));
  CHECK_FALSE(at_first.error().redirected);
  const auto behind = Client().fetch({.url = router.server.url("/")}, {});
  REQUIRE_FALSE(behind);
  CHECK(name_of(behind.error().kind) == name_of(Failure::Refused));
  CHECK(behind.error().redirected);
}

TEST_CASE("the limit counts redirects") {
  Router router([](const std::string& path) {
    return path == "/3" ? ok("end") : to("/" + std::to_string(path[1] - '0' + 1));
  });
  Request request{.url = router.server.url("/1")};
  request.max_redirects = 2;
  CHECK(Client().fetch(request, {}));
  request.max_redirects = 1;
  CHECK_FALSE(Client().fetch(request, {}));
}

TEST_CASE("without redirects one is an answer like any other") {
  Router router([](const std::string& path) { return path == "/a" ? to("/b") : ok("end"); });
  Request request{.url = router.server.url("/a")};
  request.max_redirects = 0;
  const auto answer = Client().fetch(request, {});
  REQUIRE(answer);
  CHECK(answer->status == 302);
  CHECK(answer->url == request.url);
  CHECK(answer->hops.empty());
  CHECK(find_header(answer->headers, "Location") == "/b");
  CHECK(Client().open(request, {})->head().status == 302);
}

TEST_CASE("the method after a redirect is the one browsers use") {
  const struct {
    unsigned status;
    Method method;
    const char* expected;
  } kRows[] = {
      {301, Method::Post, "GET "}, {302, Method::Post, "GET "},   {303, Method::Post, "GET "},
      {307, Method::Post, "POST"}, {308, Method::Post, "POST"},   {303, Method::Head, "HEAD"},
      {302, Method::Head, "HEAD"}, {308, Method::Get, "GET "},    {302, Method::Put, "PUT "},
      {303, Method::Put, "GET "},  {303, Method::Delete, "GET "}, {307, Method::Delete, "DELE"},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.status);
    Router router([&](const std::string& path) {
      return path == "/a" ? to("/b", row.status) : std::string("HTTP/1.1 204 Done\r\n\r\n");
    });
    const auto result = Client().fetch({.url = router.server.url("/a"), .method = row.method}, {});
    REQUIRE(result);
    CHECK(router.last_head().starts_with(row.expected));
  }
}

TEST_CASE("credentials stay with the host they were given for") {
  install_fake_resolver();
  Router target([](const std::string&) { return ok("x"); });
  std::string next;
  Router origin([&](const std::string& path) { return path == "/away" ? to(next) : ok("home"); });
  Request request{.url = origin.server.url("/away", "a.test")};
  request.user_agent = "Box/1.0";
  request.headers = {
      {"Authorization", "Bearer t"}, {"Cookie", "mac=1"}, {"X-Portal", "t"}, {"Referer", "http://r/"}};

  SUBCASE("another port is another host") {
    next = target.server.url("/", "a.test");
    REQUIRE(Client().fetch(request, {}));
    const auto head = target.last_head();
    CHECK(head.find("User-Agent: Box/1.0") != std::string::npos);
    CHECK(head.find("Referer: http://r/") != std::string::npos);
    for (const auto* name : {"Authorization", "Cookie", "X-Portal"})
      CHECK(head.find(name) == std::string::npos);
  }
  SUBCASE("another name is another host, even at the same address") {
    next = origin.server.url("/home", "b.test");
    REQUIRE(Client().fetch(request, {}));
    CHECK(origin.last_head().find("Bearer") == std::string::npos);
  }
  SUBCASE("the same host gets them again") {
    next = "/home";
    REQUIRE(Client().fetch(request, {}));
    CHECK(origin.last_head().find("Authorization: Bearer t") != std::string::npos);
    CHECK(origin.last_head().find("Cookie: mac=1") != std::string::npos);
  }
}

TEST_CASE("a posted body goes to no other host") {
  Router target([](const std::string&) { return ok("x"); });
  Router origin([&](const std::string&) { return to(target.server.url("/"), 307); });
  const auto result =
      Client().fetch({.url = origin.server.url("/"), .method = Method::Post, .body = "password=sesame"}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == Failure::Redirect);
  CHECK(target.server.connections() == 0);
}

TEST_CASE("every hop has its own stages, and the total spans them all") {
  ScriptedServer mute([](Peer& peer) { peer.wait_until_closed(); });
  Router origin([&](const std::string&) { return to(mute.url("/")); });
  Request request{.url = origin.server.url("/")};
  Failure expected{};
  SUBCASE("first byte of the second hop") {
    request.deadlines.first_byte = 150ms;
    expected = Failure::FirstByteTimeout;
  }
  SUBCASE("total") {
    request.deadlines.total = 150ms;
    expected = Failure::TotalTimeout;
  }
  const auto result = Client().fetch(request, {});
  REQUIRE_FALSE(result);
  CHECK(name_of(result.error().kind) == name_of(expected));
}

TEST_CASE("a redirect's endless body is not read") {
  ScriptedServer server([](Peer& peer) {
    if (peer.read_head().starts_with("GET /end ")) {
      peer.send(ok("end"));
      return;
    }
    peer.send("HTTP/1.1 302 Moved\r\nLocation: /end\r\nContent-Length: 999\r\n\r\nsome");
    peer.wait_until_closed();
  });
  Client client;
  for (int i = 0; i < 2; ++i) {
    const auto result = client.fetch({.url = server.url("/")}, {});
    REQUIRE(result);
    CHECK(result->body == "end");
  }
}
