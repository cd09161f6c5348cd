// SPDX-License-Identifier: LGPL-2.1-or-later
// Who asks, and who may: as the guard of a server knows it.
#pragma once

#include <cstdint>
#include <string>

namespace relevo::net {

/// Who may ask a route. Player: whoever may watch. Viewer, Operator, Administrator: whoever is that, or more.
/// Local: programs of this machine, and the pages that a browser on it got from this server; see guard.hpp.
enum class Access : std::uint8_t { Anyone, Player, Viewer, Operator, Administrator, Local };

/// Empty where nobody in particular asks.
struct Asker {
  std::int64_t user = 0; // number of the user; 0: no user
  std::string name{};    // of the user or the API key
  Access rank = Access::Anyone;
  int priority = 0;           // of the user
  std::string session{};      // what the session is kept under; "": the request came without one
  std::string stream_token{}; // with which what he is given to play can be asked for; "": as he asks now
};

} // namespace relevo::net
