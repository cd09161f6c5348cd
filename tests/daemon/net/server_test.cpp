// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/server.hpp"

#include "gx/context.hpp"
#include "gx/error.hpp"

#include <doctest/doctest.h>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace relevo;
using namespace relevo::net;

namespace {

/// What a client gets for one request, while the default main context runs here.
std::string fetch(const Endpoint& endpoint, const std::string& request) {
  const auto loop = gx::Ref<GMainLoop>::adopt(g_main_loop_new(nullptr, FALSE));
  std::string received;
  std::thread client([&] {
    const auto sockets = gx::Ref<GSocketClient>::adopt(g_socket_client_new());
    const auto connection = gx::Ref<GSocketConnection>::adopt(g_socket_client_connect_to_host(
        sockets.get(), endpoint.address.c_str(), endpoint.port, nullptr, nullptr));
    if (connection) {
      auto* stream = reinterpret_cast<GIOStream*>(connection.get());
      g_output_stream_write_all(g_io_stream_get_output_stream(stream), request.data(), request.size(),
                                nullptr, nullptr, nullptr);
      char block[1024];
      gssize size = 0;
      while ((size = g_input_stream_read(g_io_stream_get_input_stream(stream), block, sizeof block, nullptr,
                                         nullptr)) > 0)
        received.append(block, static_cast<std::size_t>(size));
    }
    gx::post(nullptr, [&loop] { g_main_loop_quit(loop.get()); });
  });
  g_main_loop_run(loop.get());
  client.join();
  return received;
}

} // namespace

TEST_CASE("a handler that throws gives status 500 and a line in the log, and the server goes on") {
  std::vector<std::string> lines;
  const Log log(LogLevel::Info, [&lines](LogLevel, std::string_view line) { lines.emplace_back(line); });
  Server server(log);
  server.serve("/bad", []() -> Response { throw std::runtime_error("no such table"); });
  server.serve("/good", [] { return Response{200, "[]"}; });
  const auto endpoint = server.listen({"127.0.0.1", 0});
  REQUIRE(endpoint);
  REQUIRE(endpoint->port != 0);

  const auto bad = fetch(*endpoint, "GET /bad HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(bad.find("HTTP/1.1 500 ") == 0);
  CHECK(bad.find("{\"error\":\"this request failed; the log tells why\"}") != std::string::npos);
  CHECK(lines == std::vector<std::string>{"/bad: no such table"});

  const auto good = fetch(*endpoint, "GET /good HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(good.find("HTTP/1.1 200 ") == 0);
  CHECK(good.find("\r\n\r\n[]\n") != std::string::npos);
}

TEST_CASE("a client that falls silent inside its request is let go") {
  const Log log(LogLevel::Info, [](LogLevel, std::string_view) {});
  Server server(log, std::chrono::seconds(1));
  const auto endpoint = server.listen({"127.0.0.1", 0});
  REQUIRE(endpoint);
  CHECK(fetch(*endpoint, "GET /health HTTP/1.1\r\nHost:").empty());
}

TEST_CASE("an address of another machine cannot be listened on") {
  const Log log(LogLevel::Info, [](LogLevel, std::string_view) {});
  Server server(log);
  const auto endpoint = server.listen({"192.0.2.1", 0}); // reserved for documentation
  REQUIRE_FALSE(endpoint);
  CHECK(endpoint.error().message.find("cannot listen on 192.0.2.1:0: ") == 0);
}
