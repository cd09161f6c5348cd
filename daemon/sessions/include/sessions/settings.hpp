// SPDX-License-Identifier: LGPL-2.1-or-later
// How channels are played, as far as somebody may want it otherwise.
#pragma once

#include <chrono>
#include <string>

namespace relevo::sessions {

struct Settings {
  std::chrono::milliseconds linger{10'000};  // a channel plays on so long when its last viewer has gone
  std::chrono::milliseconds opening{20'000}; // how long viewers wait for the first picture
  std::chrono::seconds retry_after{5};       // told to who is refused
  std::chrono::minutes penalty_half_life{5};
  unsigned most_connections = 0; // to all providers together; 0: any number
  std::string slate{};           // file that is shown while no source works; "": none

  bool operator==(const Settings&) const = default;
};

} // namespace relevo::sessions
