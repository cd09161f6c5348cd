// SPDX-License-Identifier: LGPL-2.1-or-later
// Fetches that succeed: what is sent, what comes back, and how.
#include "gx/context.hpp"
#include "http/client.hpp"
#include "scripted_server.hpp"

#include <doctest/doctest.h>
#include <future>
#include <stdexcept>

using namespace relevo;
using namespace relevo::http;
using namespace relevo::http::test;

namespace {

std::string chunk(std::string_view bytes) {
  std::array<char, 32> size{};
  g_snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
  return size.data() + std::string(bytes) + "\r\n";
}

std::string gzip(std::string_view text) {
  const auto zip = gx::Ref<GZlibCompressor>::adopt(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  std::string out(text.size() + 100, '\0');
  gsize read = 0;
  gsize written = 0;
  g_converter_convert(G_CONVERTER(zip.get()), text.data(), text.size(), out.data(), out.size(),
                      G_CONVERTER_INPUT_AT_END, &read, &written, nullptr);
  out.resize(written);
  return out;
}

std::string answer(std::string_view headers, std::string_view body) {
  return "HTTP/1.1 200 OK\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

} // namespace

TEST_CASE("a GET brings status, headers and body") {
  ScriptedServer server(always("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-One: a\r\nx-one: b\r\n\r\nhello"));
  Client client;
  const auto result = client.fetch({.url = server.url("/a?b=c")}, {});
  REQUIRE(result);
  CHECK(result->status == 200);
  CHECK(result->body == "hello");
  CHECK(result->url == server.url("/a?b=c"));
  CHECK(result->hops.empty());
  CHECK(find_header(result->headers, "x-ONE") == "a");
  CHECK_FALSE(find_header(result->headers, "X-Two"));
}

TEST_CASE("what is asked goes out as asked") {
  std::promise<std::string> seen;
  ScriptedServer server([&](Peer& peer) {
    seen.set_value(peer.read_head());
    peer.send(ok(""));
  });
  Request request{.url = server.url("/list one/\xc3\xa9?q=a b")};
  request.user_agent = "Box/1.0";
  request.headers = {{"X-One", "1"}, {"Referer", "http://r/"}};
  REQUIRE(Client().fetch(request, {}));
  const auto head = seen.get_future().get();
  CHECK(head.starts_with("GET /list%20one/%C3%A9?q=a%20b HTTP/1.1\r\n"));
  CHECK(head.find("User-Agent: Box/1.0\r\n") != std::string::npos);
  CHECK(head.find("X-One: 1\r\n") != std::string::npos);
  CHECK(head.find("Referer: http://r/\r\n") != std::string::npos);
  CHECK(head.find("Accept-Encoding: gzip\r\n") != std::string::npos);
}

TEST_CASE("without a user agent none is sent, and a range is never packed") {
  std::promise<std::string> seen;
  ScriptedServer server([&](Peer& peer) {
    seen.set_value(peer.read_head());
    peer.send(ok(""));
  });
  Request request{.url = server.url("/")};
  request.headers = {{"Range", "bytes=0-9"}};
  REQUIRE(Client().fetch(request, {}));
  const auto head = seen.get_future().get();
  CHECK(head.find("User-Agent") == std::string::npos);
  CHECK(head.find("Accept-Encoding") == std::string::npos);
}

TEST_CASE("methods that change something carry their body") {
  const struct {
    Method method;
    std::string line;
  } kRows[] = {
      {Method::Post, "POST / HTTP/1.1\r\n"},
      {Method::Put, "PUT / HTTP/1.1\r\n"},
      {Method::Patch, "PATCH / HTTP/1.1\r\n"},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.line);
    std::promise<std::string> seen;
    ScriptedServer server([&](Peer& peer) {
      const auto head = peer.read_head();
      seen.set_value(head + peer.read_exactly(7));
      peer.send(ok("done"));
    });
    Request request{.url = server.url("/"), .method = row.method};
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = "a=1&b=2";
    const auto result = Client().fetch(request, {});
    REQUIRE(result);
    CHECK(result->body == "done");
    const auto sent = seen.get_future().get();
    CHECK(sent.starts_with(row.line));
    CHECK(sent.find("Content-Length: 7\r\n") != std::string::npos);
    CHECK(sent.find("Content-Type: application/x-www-form-urlencoded\r\n") != std::string::npos);
    CHECK(sent.ends_with("\r\n\r\na=1&b=2"));
  }
}

TEST_CASE("a HEAD has headers and no body, whatever length it announces") {
  for (const auto* length :
       {"Content-Length: 999999999", "Transfer-Encoding: chunked", "Content-Encoding: gzip"}) {
    CAPTURE(length);
    ScriptedServer server(always("HTTP/1.1 200 OK\r\n" + std::string(length) + "\r\n\r\n"));
    const auto result = Client().fetch({.url = server.url("/"), .method = Method::Head}, {});
    REQUIRE(result);
    CHECK(result->status == 200);
    CHECK(result->body.empty());
  }
}

TEST_CASE("workers fetch side by side, and the application's main context is left alone") {
  ScriptedServer server(always(ok("x")));
  bool disturbed = false;
  gx::post(nullptr, [&] { disturbed = true; });
  std::vector<std::future<bool>> workers;
  for (int i = 0; i < 4; ++i) {
    workers.push_back(std::async(std::launch::async, [&server] {
      Client client;
      for (int n = 0; n < 5; ++n) {
        if (!client.fetch({.url = server.url("/")}, {})) return false;
      }
      return true;
    }));
  }
  for (auto& worker : workers)
    CHECK(worker.get());
  CHECK(Client().fetch({.url = server.url("/")}, {}));
  CHECK_FALSE(disturbed);
  while (!disturbed)
    g_main_context_iteration(nullptr, TRUE);
}

TEST_CASE("a status is an answer, with its body") {
  for (const auto* status : {"400", "401", "403", "404", "407", "416", "500", "503"}) {
    CAPTURE(status);
    ScriptedServer server(always("HTTP/1.1 " + std::string(status) + " No\r\nContent-Length: 2\r\n\r\nno"));
    const auto result = Client().fetch({.url = server.url("/")}, {});
    REQUIRE(result);
    CHECK(std::to_string(result->status) == status);
    CHECK(result->body == "no");
  }
}

TEST_CASE("every way to delimit a body is read to its end") {
  const std::string packed = gzip("hello hello hello");
  const std::string two_members = gzip("hello ") + gzip("hello hello");
  const struct {
    const char* name;
    std::string bytes;
    std::string expected;
  } kRows[] = {
      {"length", answer("Content-Length: 17\r\n", "hello hello hello"), "hello hello hello"},
      {"end of connection", answer("", "hello hello hello"), "hello hello hello"},
      {"chunks",
       answer("Transfer-Encoding: chunked\r\n", chunk("hello ") + chunk("hello hello") + "0\r\n\r\n"),
       "hello hello hello"},
      {"chunks with trailer and close",
       answer("Connection: close\r\nTransfer-Encoding: chunked\r\n",
              chunk("hello") + "0\r\nX-Sum: 1\r\n\r\n"),
       "hello"},
      {"chunks, empty", answer("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), ""},
      {"gzip", answer("Content-Encoding: gzip\r\n", packed), "hello hello hello"},
      {"gzip in chunks",
       answer("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
              chunk(packed.substr(0, 5)) + chunk(packed.substr(5)) + "0\r\n\r\n"),
       "hello hello hello"},
      {"gzip of two members", answer("Content-Encoding: x-gzip\r\n", two_members), "hello hello hello"},
      {"gzip, empty", answer("Content-Encoding: gzip\r\nContent-Length: 0\r\n", ""), ""},
      {"identity", answer("Content-Encoding: identity\r\nContent-Length: 5\r\n", "hello"), "hello"},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.name);
    ScriptedServer server([&](Peer& peer) {
      peer.read_head();
      peer.send(row.bytes);
    });
    const auto result = Client().fetch({.url = server.url("/")}, {});
    if (!result)
      FAIL_CHECK(result.error().message);
    else
      CHECK(result->body == row.expected);
  }
}

TEST_CASE("a client keeps its connection, and finds a new one when the server closed it") {
  ScriptedServer server([](Peer& peer) {
    for (int served = 0; served < 2; ++served) {
      if (peer.read_head().empty()) return;
      peer.send(ok("x"));
    }
  });
  Client client;
  for (int i = 0; i < 4; ++i) {
    CAPTURE(i);
    const auto result = client.fetch({.url = server.url("/")}, {});
    if (!result) FAIL_CHECK(result.error().message);
  }
  CHECK(server.connections() == 2);
}

TEST_CASE("a client may move to another thread") {
  ScriptedServer server(always(ok("x")));
  Client client;
  CHECK(client.fetch({.url = server.url("/")}, {}));
  auto there = std::async(std::launch::async, [moved = std::move(client), &server]() mutable {
    return moved.fetch({.url = server.url("/")}, {}).has_value();
  });
  CHECK(there.get());
}

TEST_CASE("a consumer gets the head and every part, and nothing is kept") {
  const std::string big(1'000'000, 'x');
  ScriptedServer server([&](Peer& peer) {
    peer.read_head();
    peer.send("HTTP/1.1 206 Partial\r\nX-A: b\r\n\r\n");
    peer.send(big);
  });
  std::size_t total = 0;
  std::size_t largest = 0;
  const auto result = Client().fetch({.url = server.url("/")}, {}, [&](const Response& head, Bytes part) {
    CHECK(head.status == 206);
    CHECK(find_header(head.headers, "X-A") == "b");
    total += part.size();
    largest = std::max(largest, part.size());
    return true;
  });
  REQUIRE(result);
  CHECK(total == big.size());
  CHECK(largest <= 64 * 1024);
  CHECK(result->body.empty());
}

TEST_CASE("a consumer may stop an endless body, and the connection goes") {
  ScriptedServer server([](Peer& peer) {
    peer.read_head();
    peer.send("HTTP/1.1 200 OK\r\n\r\nfirst");
    peer.wait_until_closed();
  });
  const auto result =
      Client().fetch({.url = server.url("/")}, {}, [](const Response&, Bytes) { return false; });
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == Failure::Aborted);
}

TEST_CASE("a consumer's exception leaves the fetch, and the client goes on") {
  ScriptedServer server(always(ok("x")));
  Client client;
  CHECK_THROWS_AS(
      static_cast<void>(client.fetch({.url = server.url("/")}, {},
                                     [](const Response&, Bytes) -> bool { throw std::runtime_error("no"); })),
      std::runtime_error);
  CHECK(client.fetch({.url = server.url("/")}, {}));
}

TEST_CASE("user and password of the URL are sent once, and a refusal is an answer") {
  gx::Guarded<int> requests(0);
  ScriptedServer server([&](Peer& peer) {
    for (auto head = peer.read_head(); !head.empty(); head = peer.read_head()) {
      *requests.lock() += 1;
      const bool known =
          head.find("\r\nAuthorization: Basic am9lOnAgdw==\r\n") != std::string::npos; // joe:p w
      peer.send(known
                    ? ok("in")
                    : "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
    }
  });
  const auto host = "127.0.0.1:" + std::to_string(server.port()) + "/";
  const auto good = Client().fetch({.url = "http://joe:p%20w@" + host}, {});
  REQUIRE(good);
  CHECK(good->body == "in");
  CHECK(*requests.lock() == 1);
  const auto bad = Client().fetch({.url = "http://joe:wrong@" + host}, {});
  REQUIRE(bad);
  CHECK(bad->status == 401);
  CHECK(*requests.lock() == 2);
}
