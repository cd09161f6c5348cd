// SPDX-License-Identifier: LGPL-2.1-or-later
// How channels are played, as far as somebody may want it otherwise.
#pragma once

#include "channel/hls.hpp"
#include "ip/reach.hpp"

#include <chrono>
#include <string>

namespace relevo::sessions {

/// What becomes of who wants to watch while every connection is in use, and nobody makes room.
enum class WhenFull {
  Refuse,
  Wait, // he sees the slate until there is a connection
};

struct Settings {
  std::chrono::milliseconds linger{10'000};  // a channel plays on so long when its last viewer has gone
  std::chrono::milliseconds opening{20'000}; // how long viewers wait for the first picture
  std::chrono::seconds retry_after{5};       // told to who is refused
  std::chrono::minutes penalty_half_life{5};
  unsigned most_connections = 0; // to all providers together; 0: any number
  WhenFull when_full = WhenFull::Refuse;
  std::chrono::milliseconds wait_limit{60'000}; // how long he waits
  bool preempt = false;    // viewers of a lower priority make room for those of a higher one
  unsigned neighbours = 0; // so many channels on either side of one that is watched are opened ahead
  std::chrono::milliseconds settled{5'000}; // watched for so long, it counts as watched for that
  std::string stream_profile = "Proxy";     // of streams for which nobody chose one
  channel::HlsSettings hls{};
  ip::Reach reach{};   // where sources may lead; without an own host
  std::string slate{}; // file that is shown while no source works; "": none

  bool operator==(const Settings&) const = default;
};

} // namespace relevo::sessions
