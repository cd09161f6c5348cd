// SPDX-License-Identifier: LGPL-2.1-or-later
// Exchange: one request and its answer on a libsoup session, without redirects.
#pragma once

#include "gate.hpp"
#include "gx/error.hpp"
#include "gx/signal.hpp"
#include "http/client.hpp"
#include "http/url.hpp"
#include "watch.hpp"

#include <libsoup/soup.h>
#include <optional>
#include <vector>

namespace relevo::http {

/// What an exchange needs of its client.
struct Line {
  SoupSession* session;
  GMainContext* context; // the session's, and the thread's default while the exchange lives
  bool via_proxy;
  std::string proxy_authorization; // "" without credentials
  bool strict_tls;
  Gate* gate; // null: every address may be connected to
};

enum class Packing { Allowed, Refused }; // of the body, by gzip

class Exchange {
 public:
  Exchange(const Line& line, Watch& watch, const Request& request, const Headers& headers, Method method,
           const Uri& uri, Packing packing);
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  /// Closes the connection where the answer was not read to its end.
  ~Exchange();

  using Outcome = std::optional<FetchError>;

  /// Sends the request and waits for the headers of the answer. Then `status` and `headers` are valid.
  [[nodiscard]] Outcome open();
  [[nodiscard]] unsigned status() const;
  [[nodiscard]] Headers headers() const;

  /// Waits for bytes of the body as they are sent and takes those that are there; 0 at its end.
  [[nodiscard]] Got read(MutableBytes room);
  /// The same without waiting, and without a timer or a round of the context; empty where nothing is there
  /// yet.
  [[nodiscard]] std::optional<Got> read_now(MutableBytes room);

  /// Reads the body to its end, decompressed and not more than the request allows.
  [[nodiscard]] Outcome read_body(const std::function<bool(Bytes)>& sink);

  [[nodiscard]] FetchError failed(Failure kind, const std::string& detail) const;

 private:
  void watch_signals();
  void on_network_event(GSocketClientEvent event, GIOStream* stream);
  [[nodiscard]] FetchError failed(const gx::GlibError& error) const;
  [[nodiscard]] Failure classify(const gx::GlibError& error) const;
  /// What the body is packed by must be what was allowed.
  [[nodiscard]] Outcome check_encoding();
  [[nodiscard]] Got check_end(Got got);
  [[nodiscard]] Got await_bytes(MutableBytes room);
  [[nodiscard]] Outcome pump(const std::function<Outcome(Bytes)>& take);
  [[nodiscard]] bool ends_short() const;
  [[nodiscard]] bool ended_early() const;

  Line line_;
  Watch& watch_;
  const Request& request_;
  Uri uri_;
  gx::Ref<SoupMessage> message_;
  gx::Ref<GInputStream> stream_;
  std::vector<gx::SignalConnection> signals_;
  Packing packing_;
  bool packed_ = false;
  bool in_tls_handshake_ = false;
  bool read_to_end_ = false;
  std::uint64_t received_ = 0;           // bytes of the body
  std::optional<std::string> objection_; // to an address
  std::optional<FetchError> broken_;     // a failure behind bytes that were handed out
};

} // namespace relevo::http
