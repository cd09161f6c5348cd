// SPDX-License-Identifier: LGPL-2.1-or-later
// TlsFront: connections by TLS, made plain for everything behind it.
#pragma once

#include "base/result.hpp"
#include "gx/context.hpp"
#include "gx/ref.hpp"

#include <gio/gio.h>
#include <list>
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

  /// The plain end; null where the system has no descriptors left. From then on `client` belongs to this.
  [[nodiscard]] gx::Ref<GSocketConnection> receive(GSocketConnection* client);

 private:
  class Relay;

  void add(gx::Ref<GSocketConnection> client, gx::Ref<GSocketConnection> inner);
  void remove(const Relay* over);
  void end();

  const gx::Ref<GTlsCertificate> certificate_;
  const gx::Ref<GMainContext> context_;
  const gx::Ref<GMainLoop> loop_;
  // Of the thread:
  std::list<std::unique_ptr<Relay>> relays_;
  bool ending_ = false;
  const gx::Ref<GCancellable> hurry_; // cancelled: nobody's farewell is waited for

  std::thread thread_; // last: it uses the others
};

/// The first certificate of a PEM file, with its key, and the chain that follows. An error names the file.
[[nodiscard]] Result<gx::Ref<GTlsCertificate>> load_certificate(const std::string& file);

} // namespace relevo::net
