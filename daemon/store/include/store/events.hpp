// SPDX-License-Identifier: LGPL-2.1-or-later
// What has happened, in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/past_event.hpp"
#include "sqlite/database.hpp"
#include "store/page.hpp"

namespace relevo::store {

/// Its id is given here.
void insert_event(sqlite::Database& database, const model::PastEvent& event);

struct EventQuery {
  std::string kind{};            // "": any
  std::optional<bool> viewers{}; // those who came and went, or all else
  std::string subject{};         // as people write it; "": any
  std::optional<model::ChannelId> channel{};
  std::optional<model::AccountId> account{};
  std::optional<std::uint64_t> session{};
  std::optional<model::EventId> after{};   // only what was kept later
  std::optional<model::EventId> earlier{}; // only what was kept before it
  std::optional<model::Moment> since{};
  std::optional<model::Moment> before{};
  Page page{}; // its order is always the same: the newest first
};
[[nodiscard]] Slice<model::PastEvent> list_events(const sqlite::Database& database, const EventQuery& query);

/// The highest number that a session of the past had; 0: none is known.
[[nodiscard]] std::uint64_t last_session(const sqlite::Database& database);

struct EventLimits {
  std::int64_t most = 100'000; // the newest of them
  model::Moment horizon{};     // and what is older goes anyway
};
/// Takes away what is beyond the limits, at most `step` of it. How many there were.
std::int64_t trim_events(sqlite::Database& database, const EventLimits& limits, std::int64_t step);

} // namespace relevo::store
