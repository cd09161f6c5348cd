// SPDX-License-Identifier: LGPL-2.1-or-later
// A web server that does exactly what a test's script says, on a raw socket, right or wrong.
#pragma once

#include "gx/guarded.hpp"
#include "gx/ref.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace relevo::http::test {

/// One accepted connection, in a thread of its own. Closed when the script returns.
class Peer {
 public:
  explicit Peer(int fd) : fd_(fd) {}
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  /// The request line and headers with the empty line; "" when the other side closed.
  std::string read_head();
  std::string read_exactly(std::size_t count);
  /// False when the other side takes no more.
  bool send(std::string_view bytes);
  /// Returns when the other side has closed: how a stall lasts exactly as long as it is waited for.
  void wait_until_closed();
  /// Closes with RST.
  void reset();
  /// From here on speaks TLS, with the certificate of this test.
  void start_tls();
  /// Copies both ways between this connection and a local port until one side closes.
  void relay_to(unsigned port);

 private:
  std::size_t receive(char* at, std::size_t count);

  int fd_;
  gx::Ref<GIOStream> tls_;
};

class ScriptedServer {
 public:
  using Script = std::function<void(Peer&)>;

  /// Listens on a free port of 127.0.0.1 and runs `script` for every connection, each in its thread.
  explicit ScriptedServer(Script script);
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  /// Cuts every connection and waits for every script.
  ~ScriptedServer();

  [[nodiscard]] unsigned port() const { return port_; }
  [[nodiscard]] std::string url(std::string_view path, std::string_view host = "127.0.0.1") const;
  [[nodiscard]] int connections() { return *connections_.lock(); }

 private:
  struct Open {
    std::set<int> fds;
    std::vector<std::thread> threads;
  };

  void accept_all();
  void serve(int fd);

  Script script_;
  int listener_;
  unsigned port_ = 0;
  gx::Guarded<Open> open_;
  gx::Guarded<int> connections_{0};
  std::thread acceptor_;
};

/// A script that answers every request of a connection with the same bytes.
[[nodiscard]] ScriptedServer::Script always(std::string answer);

/// 200 with this body and its length.
[[nodiscard]] std::string ok(std::string_view body);

/// A local port on which nobody listens.
[[nodiscard]] unsigned closed_port();

} // namespace relevo::http::test
