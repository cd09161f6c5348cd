// SPDX-License-Identifier: LGPL-2.1-or-later
// The user puts a channel in another place among all: numbers follow.
#pragma once

#include "base/result.hpp"
#include "lineup/moving.hpp"
#include "model/channel.hpp"
#include "sqlite/database.hpp"

#include <string>

namespace relevo::catalog {

// Each in a transaction of its own. An error says what cannot be done; then, and when they throw, nothing has
// changed.

/// What a move did, and all that is needed to take it back.
struct Reorder {
  model::ChannelNumber number{};                // that the channel has now
  std::optional<model::ChannelNumber> before{}; // that it had
  bool was_settled = false;                     // its number
  std::int64_t moved = 0;                       // how many others got another number
  std::optional<lineup::Shift> others{};        // which: the numbers that they had
  std::string state{};                          // of all these numbers
};

enum class Side { Before, After };

/// The channel gets a number on that side of another one, as lineup::plan_move() says; an automatic one has
/// settled it. What others settled moves as well: their order is what counts. Those that have no number are
/// last, so beside them it gets the number behind all others.
[[nodiscard]] Result<Reorder> move_channel(sqlite::Database& database, model::ChannelId channel, Side side,
                                           model::ChannelId other);

/// All numbers are again as they were before. False: one of them has been changed since, and nothing happens.
[[nodiscard]] Result<bool> move_back(sqlite::Database& database, model::ChannelId channel,
                                     const Reorder& done);

} // namespace relevo::catalog
