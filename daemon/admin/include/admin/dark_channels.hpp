// SPDX-License-Identifier: LGPL-2.1-or-later
// DarkChannels: which channels have had no working source for a while.
#pragma once

#include "sessions/event.hpp"

#include <chrono>
#include <map>

namespace relevo::admin {

/// Knows no clock but the moments of events.
class DarkChannels {
 public:
  /// A source may be down for a moment.
  static constexpr std::chrono::seconds kPatience{60};

  enum class Change {
    None,
    Dark, // told once
    Light // a source works again; told also where nothing was wrong, when a channel begins to play
  };
  [[nodiscard]] Change take(const sessions::Event& event);

 private:
  struct Darkness {
    sessions::WallTime since;
    bool told = false;
  };

  std::map<model::ChannelId, Darkness> dark_;
};

} // namespace relevo::admin
