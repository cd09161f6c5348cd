// SPDX-License-Identifier: LGPL-2.1-or-later
// HlsRoutes: channels as HLS under their addresses.
#pragma once

#include "app/doorkeeper.hpp"
#include "net/server.hpp"
#include "sessions/sessions.hpp"

#include <string>

namespace relevo::app {

[[nodiscard]] net::Response answer_for(const sessions::Refused& refused);

/// Which channel a player's address means, as sessions::find_channel() takes it: {channel}, or {id} at its
/// end.
[[nodiscard]] std::string reference_of(const net::Request& request);

/// Lives in the main thread. The address of a channel leads to its playlist, with a key in it that tells
/// viewers apart; the rest of its query goes along to all that it leads to.
class HlsRoutes {
 public:
  /// All of what it is given must outlive it.
  HlsRoutes(net::Server& server, sessions::Sessions& sessions, Doorkeeper& doorkeeper);
  HlsRoutes(const HlsRoutes&) = delete;
  HlsRoutes& operator=(const HlsRoutes&) = delete;

 private:
  /// `to_stream`: from there to the folder of streams.
  void serve_entrance(const std::string& pattern, const std::string& to_stream);
  void serve_playlist();
  void serve_file();
  void ask(const net::Request& request, net::Reply reply, sessions::HlsGuest guest,
           std::function<net::Response(sessions::HlsServed)> answer);

  net::Server& server_;
  sessions::Sessions& sessions_;
  Doorkeeper& doorkeeper_;
};

} // namespace relevo::app
