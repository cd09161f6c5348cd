// SPDX-License-Identifier: LGPL-2.1-or-later
// A small HTTP/1.1 server: one thread per connection, a table of routes, bounded in everything a client can
// do.
#pragma once

#include "provider/connection.hpp"
#include "provider/http_message.hpp"

#include <atomic>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

namespace relevo::provider {

/// One request and the way to answer it. Handlers run on the connection's thread and may take their time.
class Exchange {
 public:
  Exchange(const Request& from, Connection& over) : request(from), connection(over) {}

  const Request& request;
  Connection& connection;

  /// Run before the last byte of an answer goes out: a client that has everything must find what the exchange
  /// held already given back.
  std::function<void()> before_end = [] {};

  /// Sends head and body, the latter as far as method and Range ask for it.
  void respond(Response response);
  /// For a body whose end is the end of the connection: sends the head alone. False when the peer has gone.
  [[nodiscard]] bool begin_stream(std::string_view type, bool chunked);
  /// Sends the end of an answer. False when the peer has gone.
  [[nodiscard]] bool send_end(std::string_view bytes);
  /// Waits, looking often, as long as the condition holds. False when the peer has gone.
  [[nodiscard]] bool wait_while(const std::function<bool()>& condition);
  /// Ends the connection after this exchange.
  void hang_up() noexcept { keep_alive_ = false; }
  [[nodiscard]] bool keeps_alive() const noexcept { return keep_alive_ && request.keep_alive; }

 private:
  bool keep_alive_ = true;
};

/// Handles every request whose first path segment is `root`; where `root` is "", those that no other takes.
struct Route {
  std::string root;
  std::function<void(Exchange&)> handler;
};

struct Counters {
  std::uint64_t opens = 0;
  std::uint64_t open = 0;
  std::uint64_t highest = 0;
  std::uint64_t refused = 0; // over the limit

  void on_open() noexcept {
    ++opens;
    highest = std::max(highest, ++open);
  }
  void on_close() noexcept { --open; }
};

class HttpServer {
 public:
  static constexpr std::size_t kMaxHead = 16 * 1024;
  static constexpr std::size_t kMaxForm = 16 * 1024; // the only bodies that are taken
  static constexpr std::size_t kRequestsKept = 100;
  static constexpr Seconds kRequestTimeout{10}; // for a whole request head, and between two requests

  /// Listens and serves at once. Throws std::system_error when it cannot listen.
  HttpServer(const std::string& address, std::uint16_t port, std::size_t max_connections,
             std::vector<Route> routes);
  /// Ends every connection.
  ~HttpServer();

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  [[nodiscard]] Counters connections() const;
  /// The newest of the last kRequestsKept that has this path ("/live/one.ts"); empty when there is none.
  [[nodiscard]] std::optional<Request> last_request(std::string_view path) const;

  /// As if the machine went down: connections are reset and new ones refused until come_back().
  void go_down();
  /// Throws std::system_error when somebody else has taken the port meanwhile.
  void come_back();

 private:
  struct Session;
  void start_listening();
  void stop_listening();
  void accept_loop(int listener);
  void admit(Fd socket);
  void reap();
  void serve(Session& session);
  void remember(const Request& request);
  void dispatch(Exchange& exchange) const;

  std::string address_;
  std::uint16_t port_;
  std::size_t max_connections_;
  std::vector<Route> routes_;
  Fd listener_;
  std::jthread acceptor_;
  mutable std::mutex mutex_;
  Counters connections_; // under mutex_, as the next ones
  std::deque<Request> requests_;
  std::list<std::unique_ptr<Session>> sessions_;
};

} // namespace relevo::provider
