// SPDX-License-Identifier: LGPL-2.1-or-later
// Penalties of streams in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/past_event.hpp"
#include "sqlite/database.hpp"

#include <vector>

namespace relevo::store {

/// In the place of what the stream had. For a stream that has gone, nothing happens.
void save_penalty(sqlite::Database& database, const model::StreamPenalty& penalty);
[[nodiscard]] std::vector<model::StreamPenalty> load_penalties(sqlite::Database& database);
/// Those that were given before, and mean nothing any more.
void erase_penalties(sqlite::Database& database, model::Moment before);

} // namespace relevo::store
