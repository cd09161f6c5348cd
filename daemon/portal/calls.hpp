// SPDX-License-Identifier: LGPL-2.1-or-later
// What a box can ask: each question is a function from what it says to the text of the answer.
#pragma once

#include "model/channel.hpp"
#include "model/user.hpp"
#include "net/request.hpp"
#include "outputs/lineup.hpp"
#include "outputs/press.hpp"
#include "sqlite/database.hpp"
#include "stalker/answer.hpp"

#include <string>
#include <string_view>

namespace relevo::portal {

/// Of a box that was let in. In a worker, with a connection of its own.
struct Call {
  const net::Request& request; // its asker is the user of the box
  const model::User& user;
  sqlite::Database& database;
  const std::string& base; // what addresses begin with
  model::Time now;

  /// "" where it was not said.
  [[nodiscard]] std::string_view value(std::string_view name) const {
    return request.query_value(name).value_or("");
  }
};

/// "itv", "get_genres". What nobody knows is answered as if there were nothing, because boxes ask for more
/// than players need. Throws sqlite::Failure.
[[nodiscard]] std::string answer(std::string_view type, std::string_view action, const Call& call);

/// What is about all channels, and so is written a block at a time, once for all boxes that ask for the same.
struct LongAnswer {
  std::string wish; // what it depends on, but for the database and what the user sees
  outputs::Press::Compose compose;
};
[[nodiscard]] bool is_long(std::string_view type, std::string_view action) noexcept;
/// Of one that is long.
[[nodiscard]] LongAnswer answer_at_length(std::string_view type, std::string_view action, const Call& call);

inline constexpr std::size_t kPageItems = 14; // what fits on a television

// channels.cpp
[[nodiscard]] outputs::Lineup load_lineup(sqlite::Database& database, const model::User& user);
[[nodiscard]] std::string list_genres(const Call& call);
[[nodiscard]] LongAnswer list_all_channels(const Call& call);
[[nodiscard]] std::string list_channels(const Call& call); // a page of them
[[nodiscard]] std::string make_link(const Call& call);

// events.cpp
[[nodiscard]] std::string list_next_events(const Call& call); // of one channel
[[nodiscard]] LongAnswer list_all_events(const Call& call);   // of all channels, for some hours
[[nodiscard]] std::string list_day(const Call& call);         // a page of a day of one channel
[[nodiscard]] std::string list_week(const Call& call);        // the days that can be asked for

} // namespace relevo::portal
