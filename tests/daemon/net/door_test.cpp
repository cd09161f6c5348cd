// SPDX-License-Identifier: LGPL-2.1-or-later
// Connections that are too many, too slow or no HTTP.
#include "net/server.hpp"

#include "wire.hpp"

#include <array>
#include <filesystem>
#include <iterator>
#include <memory>
#include <poll.h>

using namespace relevo;
using namespace relevo::net;
using namespace relevo::net::test;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

std::size_t count_descriptors() {
  const std::filesystem::directory_iterator descriptors("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(descriptors), end(descriptors)));
}

/// An address of this machine for everybody.
std::string loopback(int number) {
  return concat("127.0.", number / 250, ".", 1 + number % 250);
}

struct House : Served {
  explicit House(ServerSettings settings) : Served(std::move(settings)) {
    get("/now", [](const Request&) { return Response{200, "[]"}; });
    get("/live", [this](const Request&, LiveReply reply) { viewers.push_back(std::move(reply).take()); });
    get("/later", [this](const Request&, LiveReply reply) { replies.push_back(std::move(reply)); });
    get("/events",
        [this](const Request&, std::shared_ptr<WebSocket> socket) { sockets.push_back(std::move(socket)); });
  }

  int ask_from(const std::string& address) {
    int status = 0;
    visit_from(address, [&status](Wire& wire) {
      wire.send(request("GET /now"));
      wire.read_all();
      status = status_of(wire.received);
    });
    return status;
  }
  void visit_from(const std::string& address, const std::function<void(Wire&)>& talk) {
    const Endpoint where = endpoint();
    visit([&](Wire& other) {
      other.leave();
      Wire wire(where, address);
      talk(wire);
    });
  }

  std::vector<LiveSocket> viewers;
  std::vector<LiveReply> replies;
  std::vector<std::shared_ptr<WebSocket>> sockets;
};

/// Connections that have asked nothing.
std::vector<std::unique_ptr<Wire>> connect(House& house, int number, const std::string& from) {
  std::vector<std::unique_ptr<Wire>> wires;
  const auto before = house.server.connections();
  const Endpoint where = house.endpoint();
  for (int i = 0; i < number; ++i)
    wires.push_back(std::make_unique<Wire>(where, from));
  run_until([&] { return house.server.connections() == before + std::size_t(number); });
  return wires;
}

} // namespace

TEST_CASE("one address has so many connections, and others have theirs") {
  House house({.connections_per_address = 3});
  auto open = connect(house, 3, "127.0.0.9");
  CHECK(house.ask_from("127.0.0.9") == 503);
  CHECK(house.ask_from("127.0.0.8") == 200);

  // Some more may come to be told so; then the door is shut.
  run_until([&] { return house.server.connections() == 3; });
  auto told = connect(house, 5, "127.0.0.9");
  CHECK(house.ask_from("127.0.0.9") == 0);
  CHECK(house.ask_from("127.0.0.8") == 200);
  told.clear();
  open.pop_back();
  run_until([&] { return house.server.connections() == 2; });
  CHECK(house.ask_from("127.0.0.9") == 200);
}

TEST_CASE("when all places are taken by requests, more are told so") {
  House house({.connections = 2});
  std::vector<std::unique_ptr<Wire>> waiting;
  for (const std::size_t number : {1, 2}) {
    waiting.push_back(std::make_unique<Wire>(house.endpoint()));
    waiting.back()->send(request("GET /later"));
    run_until([&] { return house.replies.size() == number; });
  }
  const auto refused = house.ask(request("GET /now"));
  CHECK(status_of(refused) == 503);
  CHECK(header_of(refused, "Retry-After") == "5");
  CHECK(body_of(refused).starts_with(R"({"error":{"code":"too-many-connections",)"));
  house.replies.clear();
  run_until([&] { return house.server.connections() == 0; });
  CHECK(status_of(house.ask(request("GET /now"))) == 200);
}

TEST_CASE("live streams and WebSockets count until they end") {
  House house({.connections = 2});
  Wire viewer(house.endpoint());
  viewer.send(request("GET /live"));
  Wire listener(house.endpoint());
  listener.send(request("GET /events",
                        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
  run_until([&] { return !house.viewers.empty() && !house.sockets.empty(); });
  CHECK(status_of(house.ask(request("GET /now"))) == 503);

  SUBCASE("a stream, in another thread") {
    std::thread([last = std::move(house.viewers.back())] {}).join();
    house.viewers.clear();
  }
  SUBCASE("a WebSocket") {
    house.sockets.back()->abort();
    house.sockets.clear();
  }
  run_until([&] { return house.server.connections() == 1; });
  CHECK(status_of(house.ask(request("GET /now"))) == 200);
}

TEST_CASE("headers that trickle are given up, whatever else comes in") {
  House house({.header_time = 150ms});
  const auto begun = std::chrono::steady_clock::now();
  house.visit([](Wire& wire) {
    wire.send("GET /now HTTP/1.1\r\nX-Slow: ");
    pollfd readable{g_socket_get_fd(wire.socket()), POLLIN, 0};
    while (poll(&readable, 1, 10) == 0)
      wire.send("x");
    CHECK_FALSE(wire.read_some());
  });
  CHECK(std::chrono::steady_clock::now() - begun >= 150ms);
  run_until([&] { return house.server.connections() == 0; });

  // A request that is complete has all the time of its handler.
  Wire patient(house.endpoint());
  patient.send(request("GET /later"));
  run_until([&] { return !house.replies.empty(); });
  house.visit([](Wire& wire) { wire.read_all(); }); // cut off in its turn, after the other's time
  std::move(house.replies.back()).send({200, "[]"});
  house.replies.clear();
  house.visit([&](Wire&) {
    patient.read_all();
    CHECK(status_of(patient.received) == 200);
  });
}

TEST_CASE("headers have a size") {
  House house({.header_limit = 1000});
  const auto ask = [&](std::size_t size) {
    return house.ask(request("GET /now", concat("X-Large: ", std::string(size, 'x'), "\r\n")));
  };
  CHECK(status_of(ask(900)) == 200);
  const auto refused = ask(1000);
  CHECK(status_of(refused) == 431);
  CHECK(body_of(refused).starts_with(R"({"error":{"code":"headers-too-large",)"));
  // What never ends is not kept either: libsoup stops at 64 KiB.
  house.visit([](Wire& wire) {
    const std::string line = concat("X-Endless: ", std::string(1000, 'x'), "\r\n");
    wire.send("GET /now HTTP/1.1\r\n");
    int lines = 0;
    while (lines < 100'000 && wire.send(line))
      ++lines;
    CHECK(lines < 100'000);
  });
  run_until([&] { return house.server.connections() == 0; });
  CHECK(status_of(house.ask(request("GET /now"))) == 200);
}

TEST_CASE("2,000 slow connections take no place from those who ask, and a viewer sees none of it") {
  House house({.connections = 200, .header_time = 1h});
  Wire viewer(house.endpoint());
  viewer.send(request("GET /live"));
  run_until([&] { return !house.viewers.empty(); });

  std::vector<std::unique_ptr<Wire>> slow;
  for (int i = 0; i < 2000; ++i) {
    slow.push_back(std::make_unique<Wire>(house.endpoint(), loopback(i)));
    slow.back()->send("GET /now HTTP/1.1\r\nHost: ");
    if (i % 100 == 99) CHECK(house.ask_from("127.1.0.1") == 200);
  }
  CHECK(house.server.connections() <= 200);
  const std::string picture = "picture";
  CHECK(write(house.viewers.back().descriptor.get(), picture.data(), picture.size()) == 7);
  house.viewers.clear();
  viewer.read_all();
  CHECK(viewer.received == picture);
  slow.clear();
  run_until([&] { return house.server.connections() == 0; });
}

TEST_CASE("10,000 requests that are none leave nothing behind") {
  House house({});
  const std::array nonsense{
      "\r\n\r\n"s,
      "GET\r\n\r\n"s,
      "GET /now\r\n\r\n"s,
      "GET /now HTTP/9.9\r\n\r\n"s,
      "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"s,
      "GET /now HTTP/1.1\r\n: \r\n\r\n"s,
      "GET http://[ HTTP/1.1\r\n\r\n"s,
      "POST /now HTTP/1.1\r\nContent-Length: -1\r\n\r\n"s,
      "POST /now HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"s,
      "GET /now HTTP/1.1\r\nHo\0st: a\r\n\r\n"s,
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s,
      std::string(300, '\xff') + "\r\n\r\n",
  };
  CHECK(status_of(house.ask(request("GET /now"))) == 200); // what is opened once
  run_until([&] { return house.server.connections() == 0; });
  const auto before = count_descriptors();
  const Endpoint where = house.endpoint();
  for (int round = 0; round < 50; ++round) {
    house.visit([&](Wire& other) {
      other.leave();
      for (int i = 0; i < 200; ++i) {
        Wire wire(where, loopback(i));
        wire.send(nonsense.at(std::size_t(i) % nonsense.size()));
        g_socket_shutdown(wire.socket(), FALSE, TRUE, nullptr);
        wire.read_all();
      }
    });
    CHECK(house.ask_from("127.1.0.1") == 200);
  }
  run_until([&] { return house.server.connections() == 0; });
  run_until([before] { return count_descriptors() <= before; });
}
