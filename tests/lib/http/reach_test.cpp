// SPDX-License-Identifier: LGPL-2.1-or-later
// Where a client connects to, as its reach says: judged by the address that it connects to, for every hop.
#include "fake_resolver.hpp"
#include "http/client.hpp"
#include "http/reach.hpp"
#include "scripted_server.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::http;
using namespace relevo::http::test;

namespace {

ip::Reach own(std::string host) {
  ip::Reach reach;
  reach.own_host = std::move(host);
  return reach;
}

/// Nothing of this machine, but for the address where the servers of this test are.
ip::Reach only_127_0_0_1() {
  ip::Reach reach;
  reach.allow_private = ip::AllowPrivate::Never;
  reach.networks = *ip::parse_networks("127.0.0.1");
  return reach;
}

FetchResult fetch(const ip::Reach& reach, const std::string& url, const std::string& proxy = {}) {
  install_fake_resolver();
  return Client({.proxy = proxy, .reach = reach}).fetch({.url = url}, {});
}

std::string redirect(std::string_view location) {
  return "HTTP/1.1 302 Moved\r\nLocation: " + std::string(location) + "\r\nContent-Length: 0\r\n\r\n";
}

void check_forbidden(const FetchResult& result, std::string_view address) {
  REQUIRE_FALSE(result);
  CAPTURE(result.error().message);
  CHECK(result.error().kind == Failure::Forbidden);
  CHECK(result.error().message.find(address) != std::string::npos);
}

} // namespace

TEST_CASE("what a person typed may be inside") {
  const ScriptedServer server(always(ok("here")));
  const auto by_number = fetch(own("127.0.0.1"), server.url("/"));
  REQUIRE(by_number);
  CHECK(by_number->body == "here");
  CHECK(fetch(own("tuner.test"), server.url("/", "tuner.test")));
}

TEST_CASE("what was told may be inside only where the own host is") {
  ScriptedServer server(always(ok("here")));
  for (const char* host : {"127.0.0.1", "told.test"}) {
    CAPTURE(std::string(host));
    check_forbidden(fetch(own("at-8-8-8-8.test"), server.url("/", host)), "127.0.0.1, a loopback address");
    check_forbidden(fetch(own("no-such-name"), server.url("/", host)), "127.0.0.1");
    check_forbidden(fetch({}, server.url("/", host)), "127.0.0.1");
  }
  CHECK(server.connections() == 0);
  CHECK(fetch(own("at-192-168-1-5.test"), server.url("/", "told.test")));
}

TEST_CASE("every hop is judged, by the address and not by the name") {
  const ScriptedServer inner(always(ok("secret")));
  const ScriptedServer outer(always(redirect(inner.url("/admin", "at-127-0-0-9.test"))));
  const auto result = fetch(only_127_0_0_1(), outer.url("/list.m3u"));
  check_forbidden(result, "at-127-0-0-9.test is 127.0.0.9");
  CHECK(result.error().message.find("allow_private = never") != std::string::npos);
  const ScriptedServer good(always(redirect(inner.url("/list2.m3u"))));
  CHECK(fetch(only_127_0_0_1(), good.url("/list.m3u")));
}

TEST_CASE("IPv4 in IPv6 is no way around") {
  const ScriptedServer server(always(ok("here")));
  check_forbidden(fetch(own("at-8-8-8-8.test"), server.url("/", "[::ffff:127.0.0.1]")), "127.0.0.1");
}

TEST_CASE("neither secrets of a cloud nor this server itself are fetched, whoever typed them") {
  check_forbidden(fetch(own("169.254.169.254"), "http://169.254.169.254/latest/meta-data/"),
                  "169.254.169.254");
  ScriptedServer server(always(ok("here")));
  auto reach = own("127.0.0.1");
  reach.own_port = static_cast<std::uint16_t>(server.port());
  check_forbidden(fetch(reach, server.url("/")), "this server itself");
  check_forbidden(fetch(reach, server.url("/", "[::ffff:127.0.0.1]")), "this server itself");
  CHECK(server.connections() == 0);
}

TEST_CASE("a proxy may be inside; what it is asked for is judged where it is a number") {
  ScriptedServer proxy(always(ok("through")));
  CHECK(fetch(own("at-8-8-8-8.test"), "http://8.8.8.8/", proxy.url("")));
  CHECK(fetch(own("at-8-8-8-8.test"), "http://told.test/", proxy.url("")));
  const int before = proxy.connections();
  check_forbidden(fetch(own("at-8-8-8-8.test"), "http://192.168.1.1/", proxy.url("")), "192.168.1.1");
  CHECK(proxy.connections() == before);
}

TEST_CASE("who connects by other means can ask about all addresses of a name") {
  install_fake_resolver();
  const auto reach = own("at-8-8-8-8.test");
  CHECK(look_up_objection(reach, "rtsp://told.test/1"));
  CHECK(look_up_objection(reach, "file:///etc/passwd"));
  CHECK_FALSE(look_up_objection(reach, "rtsp://at-8-8-4-4.test/1"));
  CHECK_FALSE(look_up_objection(reach, "rtsp://no-such-name/1"));
  CHECK_FALSE(look_up_objection(own("tuner.test"), "rtsp://told.test/1"));
}

TEST_CASE("a download is judged like a fetch") {
  install_fake_resolver();
  const ScriptedServer server(always(ok("here")));
  Client client({.reach = own("at-8-8-8-8.test")});
  const auto refused = client.open({.url = server.url("/")}, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == Failure::Forbidden);
}
