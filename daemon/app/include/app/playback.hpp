// SPDX-License-Identifier: LGPL-2.1-or-later
// Playback: channels under their addresses, for any player.
#pragma once

#include "app/doorkeeper.hpp"
#include "app/hls_routes.hpp"
#include "base/log.hpp"
#include "gx/context.hpp"
#include "net/server.hpp"
#include "sessions/sessions.hpp"

#include <functional>
#include <memory>

namespace relevo::app {

/// Lives in the main thread. Everything that happens is a line in the log, and told.
class Playback {
 public:
  /// Initialises GStreamer. Server and log must outlive it; `database`: its file; `streams`: that may be
  /// watched at once, 0: any number. `tell` must not call back.
  Playback(net::Server& server, const Log& log, std::string database, std::size_t streams,
           sessions::Settings settings, sessions::Sessions::Tell tell, sessions::Memory memory);
  /// To be called in the main thread when the catalogue may have changed: what plays goes on with what it is
  /// played from now. Several calls in a moment are one; calls after this has gone are none.
  [[nodiscard]] std::function<void()> renewer();

  /// Has a channel sent into a connected socket that does not block, without a head, to somebody who could
  /// not ask by HTTP. Who is refused finds it closed.
  void watch(std::string_view reference, sessions::Viewer who, gx::Descriptor socket);

  [[nodiscard]] sessions::Sessions& sessions() noexcept { return sessions_; }
  [[nodiscard]] const Doorkeeper& doorkeeper() const noexcept { return doorkeeper_; }

  Playback(const Playback&) = delete;
  Playback& operator=(const Playback&) = delete;

  /// What who is refused is answered, of what players are usually. `full`: only connections are missing.
  using Wording = net::Response (*)(net::Response usual, bool full);

 private:
  [[nodiscard]] std::optional<sessions::Plan> find(std::string_view reference) const;
  [[nodiscard]] std::vector<std::string> find_neighbours(const sessions::Plan& plan,
                                                         unsigned each_side) const;
  void check_usual_profile() const;
  void watch(const net::Request& request, net::LiveReply reply, std::string_view reference, Wording wording);
  void preview(const net::Request& request, net::LiveReply reply);

  void renew();

  const Log& log_;
  const std::string database_;
  const std::string usual_profile_;
  Doorkeeper doorkeeper_;
  sessions::Sessions sessions_;
  HlsRoutes hls_;
  gx::Source renewal_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // last: nobody calls once it has gone
};

} // namespace relevo::app
