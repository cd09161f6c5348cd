// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/reply.hpp"

#include "wire.hpp"

#include <filesystem>
#include <iterator>
#include <optional>
#include <stdexcept>

using namespace relevo;
using namespace relevo::net;
using namespace relevo::net::test;

namespace {

/// A server that keeps the replies of /later.
struct Later : Served {
  Later() {
    get("/later", [this](Request asked, Reply reply) {
      requests.push_back(std::move(asked));
      replies.push_back(std::move(reply));
    });
    get("/now", [](const Request&) { return Response{200, "[]"}; });
  }

  Reply take() {
    Reply reply = std::move(replies.back());
    replies.pop_back();
    return reply;
  }

  std::vector<Request> requests;
  std::vector<Reply> replies;
};

} // namespace

TEST_CASE("a reply is given in another thread, and the server goes on meanwhile") {
  Later later;
  std::thread worker;
  std::string answer;
  std::string meanwhile;
  later.visit([&](Wire& wire) {
    wire.send(request("GET /later?a=1"));
    Wire other(later.endpoint());
    other.send(request("GET /now"));
    other.read_all();
    meanwhile = other.received;
    gx::post(nullptr, [&] {
      worker = std::thread([reply = later.take()]() mutable { std::move(reply).send({200, "[1]"}); });
    });
    wire.read_all();
    answer = wire.received;
  });
  worker.join();
  CHECK(status_of(meanwhile) == 200);
  CHECK(status_of(answer) == 200);
  CHECK(body_of(answer) == "[1]\n");
  CHECK(later.requests.at(0).query_value("a") == "1");
}

TEST_CASE("a reply that is dropped, here or in another thread, is status 500") {
  Later later;
  later.get("/throws", [](const Request&, const Reply&) { throw std::runtime_error("no worker"); });
  later.get("/drops", [](const Request&, const Reply&) {});
  std::thread worker;
  later.get("/elsewhere", [&worker](const Request&, Reply reply) {
    worker = std::thread([dropped = std::move(reply)] {});
  });
  for (const char* line : {"GET /drops", "GET /throws", "GET /elsewhere"}) {
    CAPTURE(line);
    const auto answer = later.ask(request(line));
    CHECK(status_of(answer) == 500);
    CHECK(body_of(answer).starts_with(R"({"error":{"code":"failed",)"));
  }
  worker.join();
  CHECK(later.lines == std::vector<std::string>{"/throws: no worker"});
}

TEST_CASE("a client that leaves is noticed before its answer, which does no harm") {
  Later later;
  later.visit([](Wire& wire) { wire.send(request("GET /later")); });
  run_until([&] { return !later.replies.empty(); });
  Reply reply = later.take();
  run_until([&] { return reply.gone().cancelled(); });
  SUBCASE("a short one") {
    std::move(reply).send({200, "[]"});
  }
  SUBCASE("a long one") {
    std::move(reply).send({200, std::string(5'000'000, 'x'), "image/png"});
  }
  SUBCASE("none") {}
  CHECK(status_of(later.ask(request("GET /now"))) == 200);
}

TEST_CASE("clients that leave leave no descriptor") {
  Later later;
  const auto count = [] {
    const std::filesystem::directory_iterator descriptors("/proc/self/fd");
    return std::distance(begin(descriptors), end(descriptors));
  };
  later.ask(request("GET /now")); // what is opened once
  const auto before = count();
  for (int i = 0; i < 100; ++i) {
    later.visit([](Wire& wire) { wire.send(request("GET /later")); });
    run_until([&] { return !later.replies.empty(); });
    later.replies.clear();
  }
  run_until([&] { return count() <= before; });
}

TEST_CASE("a client that only ended its own sending gets its answer") {
  Later later;
  std::string answer;
  later.visit([&](Wire& wire) {
    wire.send(request("GET /later"));
    g_socket_shutdown(wire.socket(), FALSE, TRUE, nullptr);
    gx::post(nullptr, [&] {
      run_until([&] { return !later.replies.empty() && later.replies.back().gone().cancelled(); });
      later.take().send({200, "[1]"});
    });
    wire.read_all();
    answer = wire.received;
  });
  CHECK(body_of(answer) == "[1]\n");
}

TEST_CASE("a reply may outlive its server") {
  std::optional<Later> later(std::in_place);
  later->visit([&](Wire& wire) {
    wire.send(request("GET /later"));
    Wire other(later->endpoint()); // its answer comes after the handler above
    other.send(request("GET /now"));
    other.read_all();
  });
  run_until([&] { return !later->replies.empty(); });
  Reply reply = later->take();
  later.reset();
  CHECK(reply.gone().cancelled());
  std::thread([late = std::move(reply)]() mutable { std::move(late).send({200, "[]"}); }).join();
  while (g_main_context_iteration(nullptr, FALSE) != FALSE) {
  }
}
