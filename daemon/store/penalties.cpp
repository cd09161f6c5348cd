// SPDX-License-Identifier: LGPL-2.1-or-later
// The table "stream_penalty".
#include "store/penalties.hpp"

namespace relevo::store {

void save_penalty(sqlite::Database& database, const model::StreamPenalty& penalty) {
  sqlite::Statement(database, "INSERT OR REPLACE INTO stream_penalty (stream, points, at_ms) "
                              "SELECT id, ?, ? FROM stream WHERE id = ?")
      .run(penalty.points, penalty.at.time_since_epoch().count(), penalty.stream.value);
}

std::vector<model::StreamPenalty> load_penalties(sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT stream, points, at_ms FROM stream_penalty ORDER BY stream");
  std::vector<model::StreamPenalty> penalties;
  while (row.step())
    penalties.push_back({{row.column<std::int64_t>(0)},
                         row.column<double>(1),
                         model::Moment(std::chrono::milliseconds(row.column<std::int64_t>(2)))});
  return penalties;
}

void erase_penalties(sqlite::Database& database, model::Moment before) {
  sqlite::Statement(database, "DELETE FROM stream_penalty WHERE at_ms < ?")
      .run(before.time_since_epoch().count());
}

} // namespace relevo::store
