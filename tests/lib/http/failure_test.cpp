// SPDX-License-Identifier: LGPL-2.1-or-later
// Fetches that fail: every kind of failure, told apart, at every stage.
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

ScriptedServer::Script after_request(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    peer.read_head();
    peer.send(bytes);
  };
}

ScriptedServer::Script stall_after_request(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    peer.read_head();
    peer.send(bytes);
    peer.wait_until_closed();
  };
}

void check_fails(const Request& request, Failure expected, ClientOptions options = {}) {
  Client client(std::move(options));
  const auto result = client.fetch(request, {});
  REQUIRE_FALSE(result);
  CAPTURE(result.error().message);
  CHECK(name_of(result.error().kind) == name_of(expected));
  CHECK(result.error().message.starts_with(name_of(expected)));
}

std::string secure_url(const ScriptedServer& server) {
  return "https://127.0.0.1:" + std::to_string(server.port());
}

} // namespace

TEST_CASE("a bad URL is refused before anything happens") {
  for (const auto* url : {"", "nonsense", "ftp://h/x", "http://", "http:///x", "http://[::1/",
                          "http://h:99999/", "http://h/a\r\nX-Evil: 1", "file:///etc/passwd"}) {
    CAPTURE(url);
    check_fails({.url = url}, Failure::BadUrl);
  }
}

TEST_CASE("a header that would become two is refused") {
  const Headers kBad[] = {
      {{"X", "a\r\nY: b"}}, {{"", "a"}}, {{"X Y", "a"}}, {{"X:", "a"}}, {{"X", std::string("\0", 1)}}};
  for (const auto& headers : kBad) {
    CAPTURE(headers[0].name);
    Request request{.url = "http://127.0.0.1:1/"};
    request.headers = headers;
    check_fails(request, Failure::BadHeader);
  }
  check_fails({.url = "http://127.0.0.1:1/", .user_agent = "a\nb"}, Failure::BadHeader);
}

TEST_CASE("a name that does not exist, and a port where nobody listens") {
  install_fake_resolver();
  check_fails({.url = "http://nowhere.invalid/"}, Failure::Dns);
  check_fails({.url = "https://nowhere.invalid/"}, Failure::Dns);
  check_fails({.url = "http://127.0.0.1:" + std::to_string(closed_port()) + "/"}, Failure::Refused);
}

TEST_CASE("TLS: an unknown certificate, no TLS at all, and a broken handshake") {
  ScriptedServer secure([](Peer& peer) {
    peer.start_tls();
    peer.read_head();
    peer.send(ok("secret"));
  });
  check_fails({.url = secure_url(secure)}, Failure::Tls);
  const auto trusting = Client({.strict_tls = false}).fetch({.url = secure_url(secure)}, {});
  REQUIRE(trusting);
  CHECK(trusting->body == "secret");

  ScriptedServer plain([](Peer& peer) { peer.send("HTTP/1.1 400 Plain\r\n\r\n"); });
  check_fails({.url = secure_url(plain)}, Failure::Tls);
  ScriptedServer closing([](Peer&) {});
  check_fails({.url = secure_url(closing)}, Failure::Tls);
}

TEST_CASE("each stage has its own deadline") {
  install_fake_resolver();
  ScriptedServer mute([](Peer& peer) { peer.wait_until_closed(); });
  ScriptedServer half_head(stall_after_request("HTTP/1.1 200 OK\r\nX-A: b\r\n"));
  ScriptedServer half_body(stall_after_request("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
  ScriptedServer half_packed(
      stall_after_request("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b"));

  const auto with = [](std::string url, Deadlines deadlines) {
    Request request{.url = std::move(url)};
    request.deadlines = deadlines;
    return request;
  };
  const Deadlines connect{.connect = 150ms};
  const Deadlines first_byte{.first_byte = 150ms};
  const Deadlines total{.total = 150ms};
  SUBCASE("connect: the name") {
    check_fails(with("http://slow.test/", connect), Failure::ConnectTimeout);
  }
  SUBCASE("connect: TLS") {
    check_fails(with(secure_url(mute), connect), Failure::ConnectTimeout);
  }
  SUBCASE("first byte: silence") {
    check_fails(with(mute.url("/"), first_byte), Failure::FirstByteTimeout);
  }
  SUBCASE("first byte: half a head") {
    check_fails(with(half_head.url("/"), first_byte), Failure::FirstByteTimeout);
  }
  SUBCASE("total: the name") {
    check_fails(with("http://slow.test/", total), Failure::TotalTimeout);
  }
  SUBCASE("total: silence") {
    check_fails(with(mute.url("/"), total), Failure::TotalTimeout);
  }
  SUBCASE("total: half a body") {
    check_fails(with(half_body.url("/"), total), Failure::TotalTimeout);
  }
  SUBCASE("total: half a packed body") {
    check_fails(with(half_packed.url("/"), total), Failure::TotalTimeout);
  }
}

TEST_CASE("a body that never ends meets the total deadline, also with a consumer that takes everything") {
  ScriptedServer server([](Peer& peer) {
    peer.read_head();
    peer.send("HTTP/1.1 200 OK\r\n\r\n");
    const std::string block(100'000, 'x');
    for (int i = 0; i < 1'000'000 && peer.send(block); ++i) {
    }
  });
  Request request{.url = server.url("/")};
  request.deadlines.total = 150ms;
  request.max_body_bytes = SIZE_MAX;
  const auto result = Client().fetch(request, {}, [](const Response&, Bytes) { return true; });
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == Failure::TotalTimeout);
}

TEST_CASE("closed or nonsense before an answer") {
  ScriptedServer closing(after_request(""));
  check_fails({.url = closing.url("/")}, Failure::Disconnected);
  ScriptedServer resetting([](Peer& peer) {
    peer.read_head();
    peer.reset();
  });
  check_fails({.url = resetting.url("/")}, Failure::Disconnected);
  ScriptedServer half(after_request("HTTP/1.1 200 OK\r\nX-A"));
  check_fails({.url = half.url("/")}, Failure::BadResponse);
  ScriptedServer nonsense(after_request("GET lost\r\n\r\n"));
  check_fails({.url = nonsense.url("/")}, Failure::BadResponse);
}

TEST_CASE("a body that ends before its end is truncated") {
  const struct {
    const char* name;
    std::string answer;
  } kRows[] = {
      {"length", "Content-Length: 9\r\n\r\nabc"},
      {"length, nothing came", "Content-Length: 9\r\n\r\n"},
      {"inside a chunk", "Transfer-Encoding: chunked\r\n\r\n5\r\nabc"},
      {"after a chunk", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc"},
      {"between two chunks", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"},
      {"inside a chunk size", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1"},
      {"after the last chunk's size", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"},
      {"no chunk came", "Transfer-Encoding: chunked\r\n\r\n"},
      {"gzip", "Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08"},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.name);
    ScriptedServer server(after_request("HTTP/1.1 200 OK\r\n" + row.answer));
    check_fails({.url = server.url("/")}, Failure::Truncated);
  }
  ScriptedServer resetting([](Peer& peer) {
    peer.read_head();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
    peer.reset();
  });
  check_fails({.url = resetting.url("/")}, Failure::Truncated);
}

TEST_CASE("what cannot be unpacked is no answer") {
  ScriptedServer broken(after_request("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip at all"));
  check_fails({.url = broken.url("/")}, Failure::BadResponse);
  ScriptedServer foreign(after_request("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nabc"));
  check_fails({.url = foreign.url("/")}, Failure::BadResponse);
}

TEST_CASE("a body larger than allowed, announced, unannounced or packed small") {
  Request request;
  request.max_body_bytes = 1000;
  const std::string big(1001, 'x');
  SUBCASE("exactly as large is fine") {
    ScriptedServer server(after_request(ok(std::string(1000, 'x'))));
    request.url = server.url("/");
    CHECK(Client().fetch(request, {}));
  }
  SUBCASE("announced: not even read") {
    ScriptedServer server(stall_after_request("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"));
    request.url = server.url("/");
    check_fails(request, Failure::TooLarge);
  }
  SUBCASE("unannounced") {
    ScriptedServer server(stall_after_request("HTTP/1.1 200 OK\r\n\r\n" + big));
    request.url = server.url("/");
    check_fails(request, Failure::TooLarge);
  }
  SUBCASE("packed") {
    const std::string bomb(100'000'000, 'x');
    const auto zip = gx::Ref<GZlibCompressor>::adopt(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
    std::string packed(1'000'000, '\0');
    gsize read = 0;
    gsize written = 0;
    REQUIRE(g_converter_convert(G_CONVERTER(zip.get()), bomb.data(), bomb.size(), packed.data(),
                                packed.size(), G_CONVERTER_INPUT_AT_END, &read, &written,
                                nullptr) == G_CONVERTER_FINISHED);
    packed.resize(written);
    ScriptedServer server(after_request("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + packed));
    request.url = server.url("/");
    check_fails(request, Failure::TooLarge);
  }
}

TEST_CASE("a cancellation in another thread ends a fetch at every stage, at once") {
  install_fake_resolver();
  std::promise<void> reached;
  const auto stall = [&reached](std::string bytes) {
    return [&reached, bytes = std::move(bytes)](Peer& peer) {
      if (!bytes.empty()) peer.read_head();
      peer.send(bytes);
      reached.set_value();
      peer.wait_until_closed();
    };
  };
  std::optional<ScriptedServer> server;
  std::string url;
  SUBCASE("in the handshake") {
    server.emplace(stall(""));
    url = secure_url(*server);
  }
  SUBCASE("before the answer") {
    server.emplace(stall(""));
    url = server->url("/");
  }
  SUBCASE("in the body") {
    server.emplace(stall("HTTP/1.1 200 OK\r\n\r\nabc"));
    url = server->url("/");
  }
  SUBCASE("in the name") {
    url = "http://slow.test/";
    reached.set_value();
  }
  gx::CancelToken token;
  const auto started = std::chrono::steady_clock::now();
  const std::jthread other([&] {
    reached.get_future().wait();
    token.cancel();
  });
  const auto result = Client().fetch({.url = url}, token);
  REQUIRE_FALSE(result);
  CHECK(name_of(result.error().kind) == "cancelled");
  CHECK(std::chrono::steady_clock::now() - started < Deadlines{}.connect);
}

TEST_CASE("a token that is already cancelled lets nothing out") {
  ScriptedServer server(always(ok("x")));
  gx::CancelToken token;
  token.cancel();
  const auto result = Client().fetch({.url = server.url("/")}, token);
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == Failure::Cancelled);
}

TEST_CASE("a failed fetch does no harm to the next of the same client") {
  ScriptedServer stalling(stall_after_request("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
  ScriptedServer fine(always(ok("x")));
  Client client;
  Request request{.url = stalling.url("/")};
  request.deadlines.total = 100ms;
  for (int i = 0; i < 3; ++i) {
    CHECK_FALSE(client.fetch(request, {}));
    CHECK(client.fetch({.url = fine.url("/")}, {}));
  }
}

TEST_CASE("no error tells a secret") {
  install_fake_resolver();
  const std::string refused = "127.0.0.1:" + std::to_string(closed_port());
  for (const auto& url :
       {"http://joe:sesame@" + refused + "/",
        "http://" + refused + "/get.php?username=sesame&password=sesame",
        "http://" + refused + "/live/sesame/sesame/1.ts", std::string("http://joe:sesame@nowhere.invalid/"),
        std::string("http://joe:sesame@h:99999/"), std::string("ftp://joe:sesame@h/")}) {
    CAPTURE(url);
    const auto result = Client().fetch({.url = url}, {});
    REQUIRE_FALSE(result);
    CAPTURE(result.error().message);
    CHECK(result.error().message.find("***") != std::string::npos);
    CHECK(result.error().message.find("sesame") == std::string::npos);
  }
}
