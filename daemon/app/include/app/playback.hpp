// SPDX-License-Identifier: LGPL-2.1-or-later
// Playback: channels under their addresses, for any player.
#pragma once

#include "base/log.hpp"
#include "net/server.hpp"
#include "sessions/sessions.hpp"

namespace relevo::app {

/// Lives in the main thread. Everything that happens is a line in the log.
class Playback {
 public:
  /// Initialises GStreamer. Server and log must outlive it; `database`: its file.
  Playback(net::Server& server, const Log& log, std::string database);
  Playback(const Playback&) = delete;
  Playback& operator=(const Playback&) = delete;

 private:
  [[nodiscard]] std::optional<sessions::Plan> find(std::string_view reference) const;
  void stream(const net::Request& request, net::LiveReply reply);

  const std::string database_;
  sessions::Sessions sessions_;
};

} // namespace relevo::app
