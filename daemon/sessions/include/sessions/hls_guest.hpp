// SPDX-License-Identifier: LGPL-2.1-or-later
// Somebody who asks for something of a channel as HLS, and what he gets.
#pragma once

#include "channel/hls.hpp"
#include "gx/cancel.hpp"
#include "sessions/event.hpp"

#include <functional>

namespace relevo::sessions {

struct Refused;

struct HlsServed {
  std::string channel{};                                // its uuid
  std::string key{};                                    // of the viewer; "": he is known without
  std::shared_ptr<const channel::HlsEdition> edition{}; // null: a file was wanted
  channel::Blocks file{};
  std::shared_ptr<void> ticket{}; // to be kept while it is sent: he is there as long
};

/// Lets a viewer stay; is kept for as long as he does.
struct HlsPlace {
  std::shared_ptr<void> ticket{};
  gx::CancelToken lost{}; // he has to go
};

/// One request. A viewer is whoever asks with the same key; where there is none, from the same address with
/// the same agent.
struct HlsGuest {
  enum class Wish : std::uint8_t {
    Entrance, // the address that players are given: begins a viewer, unless this one has only just begun
    Playlist,
    File, // a segment or a part
  };

  Wish wish = Wish::Entrance;
  Viewer who{};
  int priority = 0; // for Settings::preempt
  std::string key{};
  bool low_latency = false;          // the playlist with parts is meant
  std::optional<std::string> msn{};  // _HLS_msn
  std::optional<std::string> part{}; // _HLS_part
  std::string file{};                // its name
  gx::CancelToken gone{};            // he does not wait any more
  /// Asked where he begins to watch, before watch() returns; nothing: he was refused, and is answered. None:
  /// anybody may watch.
  std::function<std::optional<HlsPlace>()> admit{};
  HlsPlace place{}; // what it gave
  std::function<void(HlsServed)> on_served{};
  std::function<void(Refused)> on_refused{};
};

} // namespace relevo::sessions
