// SPDX-License-Identifier: LGPL-2.1-or-later
// The server by TLS: nothing is different behind it.
#include "wire.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <list>
#include <optional>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace relevo;
using namespace relevo::net;
using namespace relevo::net::test;

namespace {

auto count_descriptors() {
  const std::filesystem::directory_iterator descriptors("/proc/self/fd");
  return std::distance(begin(descriptors), end(descriptors));
}

struct Secure : Served {
  explicit Secure(ServerSettings settings = {}) : Served(std::move(settings)) {
    const auto listening = server.listen_tls({"127.0.0.1", 0}, CERTIFICATE);
    REQUIRE(listening);
    by_tls = *listening;
  }

  std::string ask_secretly(const std::string& request) {
    std::string received;
    visit(by_tls, [&](Wire& wire) {
      wire.secure();
      wire.send(request);
      wire.read_all();
      received = wire.received;
    });
    return received;
  }

  Endpoint by_tls{"", 0};
};

} // namespace

TEST_CASE("requests are answered by TLS, and handlers know") {
  Secure secure;
  std::vector<std::string> asked;
  secure.get("/now", [&asked](const Request& request) {
    asked.push_back(concat(request.peer, request.secure ? " by TLS" : " in clear"));
    return Response{200, "[]"};
  });
  CHECK(body_of(secure.ask_secretly(request("GET /now"))) == "[]\n");
  CHECK(body_of(secure.ask(request("GET /now"))) == "[]\n");
  CHECK(asked == std::vector<std::string>{"127.0.0.1 by TLS", "127.0.0.1 in clear"});
}

TEST_CASE("who comes before it listens by TLS is answered in clear") {
  Served plain;
  plain.get("/now", [](const Request&) { return Response{200, "[]"}; });
  Wire wire(plain.endpoint()); // nothing has run since: nobody has accepted him
  REQUIRE(plain.server.listen_tls({"127.0.0.1", 0}, CERTIFICATE));
  bool over = false;
  std::thread client([&] {
    wire.send(request("GET /now"));
    wire.read_all();
    gx::post(nullptr, [&over] { over = true; });
  });
  run_until([&] { return over; });
  client.join();
  CHECK(body_of(wire.received) == "[]\n");
}

TEST_CASE("large bodies come whole, both ways") {
  const std::string large(5'000'000, 'x');
  Secure secure;
  std::size_t got = 0;
  secure.server.serve({Method::Post,
                       "/echo",
                       "",
                       [&got](const Request& request) {
                         got = request.body.size();
                         return Response{200, request.body, "text/plain"};
                       },
                       Access::Anyone,
                       {BodyRule::Keep::InMemory, 10'000'000}});
  const auto answer = secure.ask_secretly(post("/echo", "text/plain", large));
  CHECK(got == large.size());
  CHECK(body_of(answer).size() == large.size());
}

TEST_CASE("a connection that is taken over is one by TLS still") {
  Secure secure;
  secure.get("/live", [](const Request&, LiveReply reply) {
    const auto socket = std::move(reply).take();
    const std::string said = write_live_head() + "picture";
    REQUIRE(::send(socket.descriptor.get(), said.data(), said.size(), MSG_NOSIGNAL) == ssize_t(said.size()));
  });
  const auto answer = secure.ask_secretly(request("GET /live"));
  CHECK(status_of(answer) == 200);
  CHECK(body_of(answer) == "picture");
}

TEST_CASE("who does not speak TLS, or nothing at all, is let go") {
  Secure secure({.header_time = std::chrono::milliseconds(200)});
  std::string said;
  secure.visit(secure.by_tls, [&](Wire& wire) {
    wire.send(request("GET /now"));
    wire.read_all();
    said = wire.received;
  });
  CHECK(said.find("HTTP/") == std::string::npos);
  secure.visit(secure.by_tls, [](Wire& wire) { wire.read_all(); });
  run_until([&] { return secure.server.connections() == 0; });
}

TEST_CASE("clients of one site who leave their handshakes unfinished hold up no other site") {
  Secure secure;
  secure.get("/now", [](const Request&) { return Response{200, "[]"}; });
  std::list<Wire> silent;
  for (int i = 0; i < 60; ++i)
    silent.emplace_back(secure.by_tls);
  run_until([&] { return secure.server.connections() == 60; });
  std::string answer;
  std::thread client([&answer, where = secure.by_tls] {
    Wire wire(where, "127.0.0.2");
    wire.secure();
    wire.send(request("GET /now"));
    wire.read_all();
    gx::post(nullptr, [&answer, received = wire.received] { answer = concat("answered: ", received); });
  });
  run_until([&] { return !answer.empty(); });
  client.join();
  CHECK(body_of(answer) == "[]\n");
  CHECK(secure.server.connections() >= 60); // not that they were let go first
}

TEST_CASE("many of one site come at once, and all are answered") {
  Secure secure;
  secure.get("/now", [](const Request&) { return Response{200, "[]"}; });
  std::atomic<int> answered = 0;
  std::list<std::thread> clients;
  for (int i = 0; i < 8; ++i)
    clients.emplace_back([&answered, where = secure.by_tls] {
      Wire wire(where);
      wire.secure();
      wire.send(request("GET /now"));
      wire.read_all();
      if (body_of(wire.received) == "[]\n") ++answered;
      gx::post(nullptr, [] {}); // run_until() looks again
    });
  run_until([&] { return answered == 8; });
  for (auto& client : clients)
    client.join();
}

TEST_CASE("nothing of a connection is left, whoever ends it") {
  std::optional<Secure> secure(std::in_place);
  secure->get("/now", [](const Request&) { return Response{200, "[]"}; });
  secure->ask_secretly(request("GET /now"));
  const auto before = count_descriptors();
  for (int i = 0; i < 10; ++i) {
    secure->ask_secretly(request("GET /now"));
    secure->visit(secure->by_tls, [](Wire& wire) {
      wire.secure();
      wire.send("GET /n");
    });
  }
  const auto awake =
      gx::Source::every(nullptr, std::chrono::milliseconds(5), [] {}); // the front is another thread
  run_until([&] { return secure->server.connections() == 0 && count_descriptors() <= before; });

  bool greeted = false;
  std::thread client([&greeted, where = secure->by_tls] {
    Wire wire(where);
    wire.secure();
    wire.send("GET /n"); // when this has gone, the handshake is over
    gx::post(nullptr, [&greeted] { greeted = true; });
    wire.read_all();
  });
  run_until([&] { return greeted; });
  secure.reset();
  client.join();
}

TEST_CASE("a certificate that cannot be used is refused with the file and the reason") {
  Served plain;
  CHECK(plain.server.listen_tls({"127.0.0.1", 0}, "/nowhere/tls.pem").error().message ==
        "cannot use the certificate in /nowhere/tls.pem: Failed to open file \u201c/nowhere/tls.pem\u201d: "
        "No such "
        "file or directory");
  std::ifstream whole(CERTIFICATE);
  std::string text{std::istreambuf_iterator<char>(whole), {}};
  const auto file = std::filesystem::temp_directory_path() / concat("relevo-tls-", getpid(), ".pem");
  std::ofstream(file) << text.substr(0, text.find("-----BEGIN PRIVATE KEY-----"));
  CHECK(plain.server.listen_tls({"127.0.0.1", 0}, file).error().message ==
        concat(file.string(), " has a certificate, but no key for it"));
  std::filesystem::remove(file);
}
