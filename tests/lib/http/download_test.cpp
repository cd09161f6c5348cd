// SPDX-License-Identifier: LGPL-2.1-or-later
// Bodies that are read piece by piece: what is there, silence, every end.
#include "http/client.hpp"
#include "scripted_server.hpp"

#include <array>
#include <doctest/doctest.h>
#include <future>

using namespace relevo;
using namespace relevo::http;
using namespace relevo::http::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view kHead = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
constexpr std::string_view kChunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

Request endless(const std::string& url) {
  Request request{.url = url};
  request.deadlines.total = 0ms;
  return request;
}

/// Reads to the end, or to the failure.
struct All {
  std::string bytes;
  std::optional<FetchError> error;

  explicit All(Download& download) {
    std::array<std::byte, 1000> room;
    for (;;) {
      const auto got = download.read(room);
      if (!got) error = got.error();
      if (!got || *got == 0) return;
      bytes += as_text(Bytes(room).first(*got));
    }
  }
};

All read_all(const ScriptedServer::Script& script) {
  ScriptedServer server(script);
  Client client;
  auto download = client.open(endless(server.url("/")), {});
  REQUIRE(download);
  return All(*download);
}

} // namespace

TEST_CASE("the head is known before the body, and the body arrives as it is sent") {
  std::promise<void> had_first;
  ScriptedServer server([&](Peer& peer) {
    CHECK(peer.read_head().find("Accept-Encoding") == std::string::npos);
    peer.send(std::string(kHead) + "first");
    had_first.get_future().wait();
    peer.send("second");
  });
  Client client;
  auto download = client.open(endless(server.url("/x")), {});
  REQUIRE(download);
  CHECK(download->head().status == 200);
  CHECK(download->head().url == server.url("/x"));
  std::array<std::byte, 1000> room;
  auto got = download->read(room);
  REQUIRE(got);
  CHECK(as_text(Bytes(room).first(*got)) == "first");
  had_first.set_value();
  All rest(*download);
  CHECK(rest.bytes == "second");
  CHECK_FALSE(rest.error);
}

TEST_CASE("one read takes all that is there") {
  ScriptedServer server([](Peer& peer) {
    peer.read_head();
    std::string chunks(kChunkedHead);
    for (int i = 0; i < 100; ++i)
      chunks += "2\r\nab\r\n";
    peer.send(chunks);
    peer.wait_until_closed();
  });
  Client client;
  auto download = client.open(endless(server.url("/")), {});
  REQUIRE(download);
  std::array<std::byte, 1000> room;
  std::size_t total = 0;
  int reads = 0;
  while (total < 200) {
    const auto got = download->read(room);
    REQUIRE(got);
    total += *got;
    ++reads;
  }
  CHECK(total == 200);
  CHECK(reads <= 2); // the first may have come while the rest was on its way
}

TEST_CASE("a clean end, a cut chunk, a chunked body without its last chunk, a short body, a reset") {
  const auto sends = [](std::string bytes) {
    return [bytes](Peer& peer) {
      peer.read_head();
      peer.send(bytes);
    };
  };
  const All whole = read_all(sends(std::string(kChunkedHead) + "2\r\nab\r\n0\r\n\r\n"));
  CHECK_FALSE(whole.error);
  CHECK(whole.bytes == "ab");
  for (const auto& bytes : {std::string(kChunkedHead) + "9\r\nab", std::string(kChunkedHead) + "2\r\nab\r\n",
                            std::string("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab")}) {
    CAPTURE(bytes);
    const All cut = read_all(sends(bytes));
    CHECK(cut.bytes == "ab");
    REQUIRE(cut.error);
    CHECK(name_of(cut.error->kind) == "truncated");
  }
}

TEST_CASE("a long body that is shorter than announced is cut, however it is read") {
  ScriptedServer server([](Peer& peer) {
    peer.read_head();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\nConnection: close\r\n\r\n");
    peer.send(std::string(500'000, 'x'));
  });
  Client client;
  for (const std::size_t room : {std::size_t{1000}, std::size_t{65'536}}) {
    CAPTURE(room);
    auto download = client.open(endless(server.url("/")), {});
    REQUIRE(download);
    std::vector<std::byte> block(room);
    std::size_t total = 0;
    Got got = 0;
    do {
      got = download->read(block);
      total += got.value_or(0);
    } while (got.value_or(0) > 0);
    CHECK(total == 500'000);
    REQUIRE_FALSE(got);
    CHECK(name_of(got.error().kind) == "truncated");
  }
  const auto fetched = client.fetch({.url = server.url("/")}, {});
  REQUIRE_FALSE(fetched);
  CHECK(name_of(fetched.error().kind) == "truncated");
}

TEST_CASE("a reset behind bytes is a failure of the read after them") {
  std::promise<void> had_bytes;
  ScriptedServer server([&](Peer& peer) {
    peer.read_head();
    peer.send(std::string(kHead) + "ab");
    had_bytes.get_future().wait();
    peer.reset();
  });
  Client client;
  auto download = client.open(endless(server.url("/")), {});
  REQUIRE(download);
  std::array<std::byte, 8> room;
  REQUIRE(download->read(room).value() == 2);
  had_bytes.set_value();
  const All rest(*download);
  REQUIRE(rest.error);
  CHECK(name_of(rest.error->kind) == "truncated");
}

TEST_CASE("silence of the body is a failure of its own, and counts anew with every byte") {
  ScriptedServer server([](Peer& peer) {
    peer.read_head();
    peer.send(std::string(kHead) + "ab");
    peer.wait_until_closed();
  });
  Client client;
  auto request = endless(server.url("/"));
  request.deadlines.silence = 50ms;
  auto download = client.open(request, {});
  REQUIRE(download);
  const All all(*download);
  CHECK(all.bytes == "ab");
  REQUIRE(all.error);
  CHECK(name_of(all.error->kind) == "stalled");
  CHECK(all.error->message.find("within 50 ms") != std::string::npos);
}

TEST_CASE("who looks again and again meets the same ends") {
  for (const std::string& head :
       {std::string("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"), std::string(kChunkedHead) + "2\r\n"}) {
    CAPTURE(head);
    ScriptedServer server([&](Peer& peer) {
      peer.read_head();
      peer.send(head + "ab");
    });
    Client client;
    auto download = client.open(endless(server.url("/")), {});
    REQUIRE(download);
    std::string bytes;
    std::array<std::byte, 8> room;
    std::optional<FetchError> error;
    while (!error) {
      const auto got = download->read_now(room);
      if (!got) continue;
      if (!*got) {
        error = got->error();
        continue;
      }
      REQUIRE(**got > 0);
      bytes += as_text(Bytes(room).first(**got));
    }
    CHECK(bytes == "ab");
    CHECK(name_of(error->kind) == "truncated");
  }
}

TEST_CASE("deadline and token hold also where bytes never run out") {
  ScriptedServer server([](Peer& peer) {
    peer.read_head();
    peer.send(kHead);
    while (peer.send(std::string(100'000, 'x'))) {
    }
  });
  Client client;
  auto request = endless(server.url("/"));
  request.deadlines.total = 100ms;
  auto late = client.open(request, {});
  REQUIRE(late);
  const All all(*late);
  REQUIRE(all.error);
  CHECK(name_of(all.error->kind) == "total-timeout");

  gx::CancelToken token;
  auto download = client.open(endless(server.url("/")), token);
  REQUIRE(download);
  std::array<std::byte, 10> room;
  REQUIRE(download->read(room));
  token.cancel();
  const auto got = download->read(room);
  REQUIRE_FALSE(got);
  CHECK(name_of(got.error().kind) == "cancelled");
}

TEST_CASE("another thread cancels a read") {
  ScriptedServer server([](Peer& peer) {
    peer.read_head();
    peer.send(kHead);
    peer.wait_until_closed();
  });
  gx::CancelToken token;
  std::promise<void> opened;
  auto error = std::async(std::launch::async, [&]() -> std::optional<FetchError> {
    Client client;
    auto download = client.open(endless(server.url("/")), token);
    opened.set_value();
    return download ? All(*download).error : download.error();
  });
  opened.get_future().wait();
  token.cancel();
  const auto got = error.get();
  REQUIRE(got);
  CHECK(name_of(got->kind) == "cancelled");
  CHECK(got->message.find("127.0.0.1") != std::string::npos);
}

TEST_CASE("a packed body that nobody asked for is refused, and a client outlives its downloads") {
  ScriptedServer server(always("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n"));
  ScriptedServer plain(always(ok("x")));
  Client client;
  const auto refused = client.open(endless(server.url("/")), {});
  REQUIRE_FALSE(refused);
  CHECK(name_of(refused.error().kind) == "bad-response");
  {
    auto download = client.open(endless(plain.url("/")), {});
    REQUIRE(download);
    auto moved = std::move(*download);
    CHECK(All(moved).bytes == "x");
  }
  CHECK(client.fetch({.url = plain.url("/")}, {}).value().body == "x");
}
