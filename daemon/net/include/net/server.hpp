// SPDX-License-Identifier: LGPL-2.1-or-later
// The HTTP server for control requests: whole answers to GET and HEAD, by exact path.
#pragma once

#include "base/log.hpp"
#include "base/result.hpp"
#include "gx/ref.hpp"
#include "gx/signal.hpp"
#include "net/endpoint.hpp"

#include <chrono>
#include <functional>
#include <libsoup/soup.h>
#include <map>
#include <string>
#include <string_view>

namespace relevo::net {

struct Response {
  unsigned status = 200;
  std::string json;
};

/// Lives in the thread of the default main context, and calls its handlers there. Destroying it closes every
/// connection.
class Server {
 public:
  using Handler = std::function<Response()>;

  /// `log` must outlive the server. A connection that is silent for `patience` is closed.
  explicit Server(const Log& log, std::chrono::seconds patience = std::chrono::seconds(30));
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// An exception of `handler` becomes status 500 and an error in the log.
  void serve(std::string path, Handler handler);

  /// Where it then listens: `endpoint` with the port that is in use.
  [[nodiscard]] Result<Endpoint> listen(Endpoint endpoint);

 private:
  void accept(GSocketConnection* connection) const;
  static void on_request(SoupServer* soup, SoupServerMessage* message, const char* path, GHashTable* query,
                         gpointer self) noexcept;
  void answer(SoupServerMessage* message, const char* path) const;
  [[nodiscard]] Response respond(std::string_view method, std::string_view path) const;

  const Log& log_;
  std::chrono::seconds patience_;
  gx::Ref<SoupServer> soup_;
  gx::Ref<GSocketService> listener_;
  gx::SignalConnection incoming_;
  std::map<std::string, Handler, std::less<>> handlers_;
};

} // namespace relevo::net
