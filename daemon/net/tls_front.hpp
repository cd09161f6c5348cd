// SPDX-License-Identifier: LGPL-2.1-or-later
// TlsFront: connections by TLS, made plain for everything behind it.
#pragma once

#include "base/result.hpp"
#include "gx/context.hpp"
#include "gx/ref.hpp"
#include "net/network.hpp"

#include <cstddef>
#include <gio/gio.h>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <thread>

namespace relevo::net {

/// Each connection becomes a pair of sockets: one end is as good as a client without TLS, and what passes the
/// other one is encrypted in a thread of this. So nobody else needs to know, viewers of live streams
/// included.
class TlsFront {
 public:
  explicit TlsFront(gx::Ref<GTlsCertificate> certificate);
  TlsFront(const TlsFront&) = delete;
  TlsFront& operator=(const TlsFront&) = delete;
  /// Ends all connections.
  ~TlsFront();

  /// The plain end; null where the system has no descriptors left. From then on `client`, who comes from
  /// `site`, belongs to this.
  [[nodiscard]] gx::Ref<GSocketConnection> receive(GSocketConnection* client, const Network& site);

 private:
  class Relay;
  /// Of one site: those whose handshake has not ended.
  struct Line {
    std::size_t greeting = 0;
    std::list<Relay*> waiting{}; // for theirs to begin
  };

  void add(gx::Ref<GSocketConnection> client, const Network& site, gx::Ref<GSocketConnection> inner);
  void greet_next(const Network& site);
  void on_greeted(const Network& site);
  void remove(Relay* over);
  void end();

  const gx::Ref<GTlsCertificate> certificate_;
  const gx::Ref<GMainContext> context_;
  const gx::Ref<GMainLoop> loop_;
  // Of the thread:
  std::list<std::unique_ptr<Relay>> relays_;
  std::map<Network, Line> lines_; // those that have any
  bool ending_ = false;
  const gx::Ref<GCancellable> hurry_; // cancelled: nobody's farewell is waited for

  std::thread thread_; // last: it uses the others
};

/// The first certificate of a PEM file, with its key, and the chain that follows. An error names the file.
[[nodiscard]] Result<gx::Ref<GTlsCertificate>> load_certificate(const std::string& file);

} // namespace relevo::net
