// SPDX-License-Identifier: LGPL-2.1-or-later
// Gate: a reach, held against the addresses that are really connected to.
#pragma once

#include "http/url.hpp"
#include "ip/reach.hpp"

#include <optional>
#include <string>

namespace relevo::http {

/// Of one client, in its thread.
class Gate {
 public:
  explicit Gate(ip::Reach reach) : reach_(std::move(reach)) {}

  /// Just before the connection is made, so that no other answer for the name can come between. Why not;
  /// empty: it may be. Waits for a name server where the own host's place counts, until `cancellable` says
  /// not to.
  [[nodiscard]] std::optional<std::string> find_objection(const Uri& uri, GSocketConnection* connection,
                                                          GCancellable* cancellable);
  /// All addresses of a name.
  [[nodiscard]] std::optional<std::string> find_objection(const std::string& host, std::uint16_t port);
  /// Where somebody else connects: what the host alone says, if it is a number.
  [[nodiscard]] std::optional<std::string> find_objection(const Uri& uri, GCancellable* cancellable);

 private:
  [[nodiscard]] std::optional<std::string> find_objection(const char* host, GInetAddress* address,
                                                          std::uint16_t port, GCancellable* cancellable);
  [[nodiscard]] bool own_host_is_inside(GCancellable* cancellable);

  ip::Reach reach_;
  bool own_was_inside_ = false; // is asked once where it is
};

} // namespace relevo::http
