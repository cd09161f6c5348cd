// SPDX-License-Identifier: LGPL-2.1-or-later
// The HTTP server for control requests.
#pragma once

#include "base/log.hpp"
#include "base/result.hpp"
#include "gx/ref.hpp"
#include "net/endpoint.hpp"
#include "net/network.hpp"
#include "net/route.hpp"
#include "net/websocket.hpp"

#include <chrono>
#include <cstddef>
#include <libsoup/soup.h>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace relevo::net {

struct ServerSettings {
  std::size_t connections = 1000; // at once; WebSockets and live streams count as long as they last
  std::size_t connections_per_address = 100;     // or per /64 of IPv6; trusted proxies have all they want
  Networks trusted_proxies = {};                 // their word about who asks is taken: Request::peer
  std::chrono::milliseconds header_time{10'000}; // for all headers of a request, however they trickle
  std::size_t header_limit = 16 << 10;
  std::chrono::seconds patience{
      30};                        // a connection that is silent for so long is closed; WebSockets have pings
  Guard guard = {};               // none: what is not for anyone is for Access::Local alone
  std::string host_name = {};     // under which that may be asked besides localhost
  std::string upload_folder = {}; // for bodies in files; "": the system's for temporary files
  WebSocket::Settings websocket = {};
};

struct Entrance;
class Listener;
class TlsFront;

/// Lives in the thread of the default main context, and calls its handlers there. Destroying it closes every
/// connection; replies that are still out then have nobody to go to.
class Server {
 public:
  /// `log` must outlive the server.
  explicit Server(const Log& log, ServerSettings settings = {});
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// An exception of a handler becomes status 500 and an error in the log.
  void serve(Route route);
  [[nodiscard]] const Router& router() const noexcept { return router_; }

  /// Where it then listens: `endpoint` with the port that is in use.
  [[nodiscard]] Result<Endpoint> listen(Endpoint endpoint);
  /// What is asked there is looked for below `path`, which has no slash at its end.
  [[nodiscard]] Result<Endpoint> listen_below(Endpoint endpoint, std::string path);
  /// As listen(), by TLS, with the certificate and the key in a PEM file. Once.
  [[nodiscard]] Result<Endpoint> listen_tls(Endpoint endpoint, const std::string& certificate_file);

  /// Those that are open.
  [[nodiscard]] std::size_t connections() const;

 private:
  /// What connections of one listener have in common.
  struct Side {
    bool secure = false;
    std::string below{};
  };
  Result<Endpoint> add_listener(Endpoint endpoint, Side side);
  void accept(GSocketConnection* connection, const Side& side);
  static void on_headers(SoupServer* soup, SoupServerMessage* message, const char* path, GHashTable* query,
                         gpointer self) noexcept;
  static void on_body(SoupServer* soup, SoupServerMessage* message, const char* path, GHashTable* query,
                      gpointer self) noexcept;
  void begin(SoupServerMessage* message);
  void keep(const std::shared_ptr<WebSocket>& socket, std::shared_ptr<void> ticket);

  const Log& log_;
  ServerSettings settings_;
  Router router_;
  std::unique_ptr<Entrance> entrance_;
  gx::Ref<SoupServer> soup_;
  std::unique_ptr<TlsFront> tls_; // null: it does not listen by TLS
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::unordered_map<SoupServerMessage*, std::shared_ptr<Exchange>> exchanges_; // those under way
  std::set<std::shared_ptr<WebSocket>> sockets_;                                // those not closed
};

} // namespace relevo::net
