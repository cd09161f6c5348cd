// SPDX-License-Identifier: LGPL-2.1-or-later
// What players are pointed at: playlists and guides, under our addresses and those that they have already.
#pragma once

#include "base/log.hpp"
#include "gx/worker_pool.hpp"
#include "net/server.hpp"
#include "net/work.hpp"
#include "outputs/playlist.hpp"
#include "outputs/press.hpp"
#include "outputs/wish.hpp"

#include <string>

namespace relevo::outputs {

struct OutputSettings {
  std::string database{};       // its file
  std::string folder{};         // for what is on its way to players
  std::string public_address{}; // what addresses begin with; "": as the client asked
};

/// In the main thread; the work is done in threads of its own. Whoever may watch may ask, and gets what he
/// sees.
class Outputs {
 public:
  /// All of what it is given must outlive it, but for the settings.
  Outputs(net::Server& server, const Log& log, OutputSettings settings);
  Outputs(const Outputs&) = delete;
  Outputs& operator=(const Outputs&) = delete;

 private:
  using Work = net::Response (Outputs::*)(const net::Asked&);

  void serve_playlists();
  void serve_guides();
  void serve(net::Method method, const std::string& path, const std::string& summary, gx::WorkerPool& pool,
             Work work);
  /// With GET, and with POST, as some of them ask.
  void serve_to_players(const std::string& path, const std::string& summary, Work work);

  [[nodiscard]] net::Response playlist(const net::Asked& asked);
  [[nodiscard]] net::Response panel_playlist(const net::Asked& asked);
  [[nodiscard]] net::Response print_playlist(const net::Asked& asked, const Wish& wish,
                                             PlaylistOptions options);
  [[nodiscard]] net::Response guide(const net::Asked& asked);
  [[nodiscard]] net::Response packed_guide(const net::Asked& asked);

  net::Server& server_;
  const Log& log_;
  const OutputSettings settings_;
  Press list_press_;      // of the thread of lists
  Press guide_press_;     // of the thread of guides
  gx::WorkerPool lists_;  // last: their threads use the others
  gx::WorkerPool guides_; // one thread each: who waits for the same text gets what was made for the first
};

} // namespace relevo::outputs
