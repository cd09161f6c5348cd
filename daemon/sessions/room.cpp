// SPDX-License-Identifier: LGPL-2.1-or-later
// The order in which sessions make room.
#include "sessions/room.hpp"

#include <algorithm>
#include <tuple>

namespace relevo::sessions {

std::optional<std::size_t> choose_who_goes(std::span<const Holder> holders, std::optional<int> preempting) {
  const auto place = [&](auto found) { return static_cast<std::size_t>(found - holders.begin()); };
  for (const State state : {State::Closing, State::Draining})
    if (const auto found = std::ranges::find(holders, state, &Holder::state); found != holders.end())
      return place(found);
  if (const auto own = std::ranges::find(holders, true, &Holder::own); own != holders.end())
    return place(own);
  if (!preempting || holders.empty()) return std::nullopt;
  std::size_t best = 0;
  for (std::size_t i = 1; i < holders.size(); ++i)
    if (std::tie(holders[i].priority, holders[i].viewers) <=
        std::tie(holders[best].priority, holders[best].viewers))
      best = i;
  if (holders[best].priority >= *preempting) return std::nullopt;
  return best;
}

} // namespace relevo::sessions
