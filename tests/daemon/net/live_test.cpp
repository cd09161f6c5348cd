// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/live.hpp"

#include "wire.hpp"

#include <fcntl.h>
#include <filesystem>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <sys/socket.h>

using namespace relevo;
using namespace relevo::net;
using namespace relevo::net::test;

namespace {

void send_all(const LiveSocket& socket, std::string_view text) {
  REQUIRE(::send(socket.descriptor.get(), text.data(), text.size(), MSG_NOSIGNAL) == ssize_t(text.size()));
}

auto count_descriptors() {
  const std::filesystem::directory_iterator descriptors("/proc/self/fd");
  return std::distance(begin(descriptors), end(descriptors));
}

/// A server whose /live sends a head and "picture" and ends, and keeps the replies of /later.
struct Live : Served {
  Live() {
    get("/live", [this](const Request&, LiveReply reply) {
      ++asked;
      const auto socket = std::move(reply).take();
      send_all(socket, write_live_head() + "picture");
    });
    get("/later", [this](const Request&, LiveReply reply) { replies.push_back(std::move(reply)); });
    get("/now", [](const Request&) { return Response{200, "[]"}; });
  }

  LiveReply take() {
    LiveReply reply = std::move(replies.back());
    replies.pop_back();
    return reply;
  }

  int asked = 0;
  std::vector<LiveReply> replies;
};

constexpr const char* kLiveAnswer = "HTTP/1.1 200 OK\r\n"
                                    "Connection: close\r\n"
                                    "Content-Type: video/mp2t\r\n"
                                    "Cache-Control: no-store\r\n"
                                    "\r\n"
                                    "picture";

} // namespace

TEST_CASE("a handler takes the connection over, and nothing is said but what it says") {
  Live live;
  CHECK(live.ask(request("GET /live")) == kLiveAnswer);
  CHECK(live.ask(request("GET /live", "Range: bytes=0-\r\n")) == kLiveAnswer);
  CHECK(live.ask("GET /live HTTP/1.0\r\n\r\n") == kLiveAnswer);
  CHECK(live.asked == 3);
}

TEST_CASE("HEAD tells what a stream is and starts none") {
  Live live;
  for (const char* version : {"1.1", "1.0"}) {
    CAPTURE(version);
    const auto head = live.ask(concat("HEAD /live HTTP/", version, "\r\nHost: localhost\r\n\r\n"));
    CHECK(head.find(" 200 OK\r\n") == 8);
    CHECK(header_of(head, "Content-Type") == "video/mp2t");
    CHECK(header_of(head, "Cache-Control") == "no-store");
    CHECK(header_of(head, "Content-Length").empty());
    CHECK(header_of(head, "Transfer-Encoding").empty());
    CHECK(body_of(head).empty());
  }
  CHECK(live.asked == 0);
}

TEST_CASE("a handler of streams may answer, or fail, like any other") {
  Live live;
  live.get("/moved", [](const Request&, LiveReply reply) {
    std::move(reply).send({.status = 302, .headers = {{"Location", "/live"}}});
  });
  live.get("/full", [](const Request&, LiveReply reply) {
    std::move(reply).send(error_response(503, "full", "all connections are taken"));
  });
  live.get("/throws", [](const Request&, const LiveReply&) { throw std::runtime_error("no pipeline"); });
  live.get("/drops", [](const Request&, const LiveReply&) {});
  const auto moved = live.ask(request("GET /moved"));
  CHECK(status_of(moved) == 302);
  CHECK(header_of(moved, "Location") == "/live");
  CHECK(body_of(live.ask(request("GET /full"))).starts_with(R"({"error":{"code":"full",)"));
  CHECK(status_of(live.ask(request("GET /throws"))) == 500);
  CHECK(status_of(live.ask(request("GET /drops"))) == 500);
  CHECK(live.lines == std::vector<std::string>{"/throws: no pipeline"});
}

TEST_CASE("a connection is taken later, in another thread") {
  Live live;
  std::thread worker;
  std::string answer;
  live.visit([&](Wire& wire) {
    wire.send(request("GET /later"));
    Wire other(live.endpoint());
    other.send(request("GET /now"));
    other.read_all();
    gx::post(nullptr, [&] {
      worker = std::thread([reply = live.take()]() mutable {
        const auto socket = std::move(reply).take();
        CHECK((fcntl(socket.descriptor.get(), F_GETFL) & O_NONBLOCK) != 0);
        CHECK((fcntl(socket.descriptor.get(), F_GETFD) & FD_CLOEXEC) != 0);
        send_all(socket, write_live_head() + "picture");
      });
    });
    wire.read_all();
    answer = wire.received;
  });
  worker.join();
  CHECK(answer == kLiveAnswer);
}

TEST_CASE("a taken connection can be answered after all") {
  Live live;
  live.get("/useless", [](const Request&, LiveReply reply) {
    Response refusal = error_response(503, "full", "all connections are taken");
    refusal.headers.emplace_back("Retry-After", "5");
    net::answer(std::move(reply).take(), refusal);
  });
  live.get("/empty", [](const Request&, LiveReply reply) {
    net::answer(std::move(reply).take(), {.status = 302, .headers = {{"Location", "/live"}}});
  });
  const auto refused = live.ask(request("GET /useless") + std::string(20'000, 'x'));
  CHECK(status_of(refused) == 503);
  CHECK(header_of(refused, "Retry-After") == "5");
  CHECK(header_of(refused, "Content-Type") == "application/json");
  CHECK(header_of(refused, "Content-Length") == std::to_string(body_of(refused).size()));
  const auto moved = live.ask(request("GET /empty"));
  CHECK(moved == "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: /live\r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("a client that leaves before its stream begins is noticed") {
  Live live;
  live.visit([](Wire& wire) { wire.send(request("GET /later")); });
  run_until([&] { return !live.replies.empty(); });
  auto reply = std::optional(live.take());
  run_until([&] { return reply->gone().cancelled(); });
  SUBCASE("dropped") {
    reply.reset();
  }
  SUBCASE("sent") {
    std::move(*reply).send({200, "[]"});
  }
  SUBCASE("taken all the same: the socket tells") {
    const auto socket = std::move(*reply).take();
    char byte = 0;
    CHECK(::recv(socket.descriptor.get(), &byte, 1, 0) == 0);
  }
  CHECK(status_of(live.ask(request("GET /now"))) == 200);
}

TEST_CASE("what was taken outlives the server, and so does what waits") {
  std::optional<Live> live(std::in_place);
  std::vector<LiveSocket> taken;
  live->get("/kept", [&](const Request&, LiveReply reply) { taken.push_back(std::move(reply).take()); });
  Wire viewer(live->endpoint());
  viewer.send(request("GET /kept"));
  Wire waiting(live->endpoint());
  waiting.send(request("GET /later"));
  run_until([&] { return !taken.empty() && !live->replies.empty(); });
  auto reply = std::optional(live->take());
  live.reset();

  send_all(taken.back(), "picture");
  taken.clear();
  viewer.read_all();
  CHECK(viewer.received == "picture");
  CHECK(reply->gone().cancelled());
  reply.reset();
  waiting.read_all();
  CHECK(waiting.received.empty());
  while (g_main_context_iteration(nullptr, FALSE) != FALSE) {
  }
}

TEST_CASE("thousands of streams leave no descriptor") {
  Live live;
  live.ask(request("GET /live")); // what is opened once
  const auto before = count_descriptors();
  const Endpoint where = live.endpoint();
  for (int i = 0; i < 1500; ++i) {
    Wire taken(where);
    taken.send(request("GET /live"));
    run_until([&live, i] { return live.asked == 2 + i; });
    Wire gone(where);
    gone.send(request("GET /later"));
    run_until([&] { return !live.replies.empty(); });
    gone.leave();
    if (i % 2 == 0)
      live.replies.clear();
    else
      static_cast<void>(live.take()); // NOLINT
  }
  run_until([before] { return count_descriptors() <= before; });
}
