// SPDX-License-Identifier: LGPL-2.1-or-later
// Who makes room where every connection is in use: a decision, without the sessions that it is about.
#pragma once

#include "sessions/event.hpp"

#include <cstddef>
#include <optional>
#include <span>

namespace relevo::sessions {

/// A session that has what another one needs.
struct Holder {
  State state = State::Live;
  bool own = false; // nobody watches it but who wants the other one
  int priority = 0; // of the viewer who has the highest
  std::size_t viewers = 1;
};

/// The one that goes: one that goes anyway, else one that nobody watches, else his own, else one whose
/// viewers all have a lower priority than `preempting`: the lowest, with the fewest viewers, the youngest.
/// Empty: nobody. `holders` by age; `preempting` empty: nobody is sent away by priority.
[[nodiscard]] std::optional<std::size_t> choose_who_goes(std::span<const Holder> holders,
                                                         std::optional<int> preempting);

} // namespace relevo::sessions
