// SPDX-License-Identifier: LGPL-2.1-or-later
// A server on a port of the system's choice, and clients that say to it what they like.
#pragma once

#include "base/text.hpp"
#include "gx/context.hpp"
#include "gx/error.hpp"
#include "net/server.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <exception>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace relevo::net::test {

/// A client's end of a connection, for a thread of its own: every call waits.
class Wire {
 public:
  /// `from`: the address that the server sees; "": the system's choice.
  explicit Wire(const Endpoint& endpoint, const std::string& from = "") {
    const auto client = gx::Ref<GSocketClient>::adopt(g_socket_client_new());
    const auto local =
        from.empty() ? gx::Ref<GSocketAddress>()
                     : gx::Ref<GSocketAddress>::adopt(g_inet_socket_address_new_from_string(from.c_str(), 0));
    g_socket_client_set_local_address(client.get(), local.get());
    connection_ = gx::Ref<GSocketConnection>::adopt(g_socket_client_connect_to_host(
        client.get(), endpoint.address.c_str(), endpoint.port, nullptr, nullptr));
    if (connection_) g_socket_set_timeout(socket(), 20);
  }

  /// From here on by TLS, whoever the server is.
  void secure() {
    tls_ = gx::Ref<GIOStream>::adopt(
        g_tls_client_connection_new(G_IO_STREAM(connection_.get()), nullptr, nullptr));
    g_tls_connection_set_database(G_TLS_CONNECTION(tls_.get()), nullptr); // it takes long to load
    const auto accept = [](GTlsConnection*, GTlsCertificate*, GTlsCertificateFlags,
                           gpointer) noexcept -> gboolean { return TRUE; };
    g_signal_connect(tls_.get(), "accept-certificate", G_CALLBACK(+accept), nullptr);
  }

  /// False when the other side takes no more.
  bool send(std::string_view text) {
    gx::GlibError error;
    return g_output_stream_write_all(g_io_stream_get_output_stream(stream()), text.data(), text.size(),
                                     nullptr, nullptr, error.out()) != FALSE;
  }
  /// At least one byte more in `received`; false at the end.
  bool read_some() {
    char block[4096];
    gx::GlibError error; // glib-networking leaks those that nobody takes
    const auto size = g_input_stream_read(g_io_stream_get_input_stream(stream()), block, sizeof block,
                                          nullptr, error.out());
    if (size <= 0) return false;
    received.append(block, static_cast<std::size_t>(size));
    return true;
  }
  bool read_until(std::string_view text) {
    while (received.find(text) == std::string::npos)
      if (!read_some()) return false;
    return true;
  }
  void read_all() {
    while (read_some()) {
    }
  }
  void leave() {
    tls_ = {};
    connection_ = {};
  }
  [[nodiscard]] GSocket* socket() const { return g_socket_connection_get_socket(connection_.get()); }

  std::string received;

 private:
  [[nodiscard]] GIOStream* stream() const { return tls_ ? tls_.get() : G_IO_STREAM(connection_.get()); }

  gx::Ref<GSocketConnection> connection_;
  gx::Ref<GIOStream> tls_; // over it; null: without
};

/// Runs the default main context until `done`.
inline void run_until(const std::function<bool()>& done) {
  while (!done())
    g_main_context_iteration(nullptr, TRUE);
}

struct Served {
  explicit Served(ServerSettings settings = {}) : server(log, std::move(settings)) {}

  void route(Route route) { server.serve(std::move(route)); }
  void get(std::string pattern, Handler handler) {
    server.serve({Method::Get, std::move(pattern), "", std::move(handler)});
  }

  const Endpoint& endpoint() {
    if (endpoint_.port == 0) {
      const auto listening = server.listen({"127.0.0.1", 0});
      REQUIRE(listening);
      endpoint_ = *listening;
    }
    return endpoint_;
  }

  /// `talk` in a thread of its own, while the server works here.
  void visit(const std::function<void(Wire&)>& talk) { visit(endpoint(), talk); }
  void visit(const Endpoint& where, const std::function<void(Wire&)>& talk) {
    bool over = false;
    std::thread client([&] {
      Wire wire(where);
      talk(wire);
      gx::post(nullptr, [&over] { over = true; });
    });
    run_until([&over] { return over; });
    client.join();
  }

  /// All that comes for a whole request, until the connection is closed.
  std::string ask(const std::string& request) {
    std::string received;
    visit([&](Wire& wire) {
      wire.send(request);
      wire.read_all();
      received = wire.received;
    });
    return received;
  }

  std::vector<std::string> lines;
  Log log{LogLevel::Info, [this](LogLevel, std::string_view line) { lines.emplace_back(line); }};
  Server server;

 private:
  Endpoint endpoint_{"127.0.0.1", 0};
};

inline std::string request(std::string_view line, std::string_view headers = "", std::string_view body = "") {
  return concat(line, " HTTP/1.1\r\nHost: localhost\r\n", headers, "\r\n", body);
}

inline std::string post(std::string_view path, std::string_view type, std::string_view body) {
  return request(concat("POST ", path),
                 concat("Content-Type: ", type, "\r\nContent-Length: ", body.size(), "\r\n"), body);
}

inline int status_of(const std::string& answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::atoi(answer.c_str() + 9) : 0;
}

inline std::string body_of(const std::string& answer) {
  const auto end = answer.find("\r\n\r\n");
  return end == std::string::npos ? "" : answer.substr(end + 4);
}

inline std::string header_of(const std::string& answer, std::string_view name) {
  const auto at = answer.find(concat("\r\n", name, ": "));
  if (at == std::string::npos || at > answer.find("\r\n\r\n")) return "";
  const auto begin = at + name.size() + 4;
  return answer.substr(begin, answer.find("\r\n", begin) - begin);
}

} // namespace relevo::net::test
