// SPDX-License-Identifier: LGPL-2.1-or-later
// The table "stream_profile".
#include "store/stream_profiles.hpp"

#include "base/text.hpp"
#include "rows.hpp"

namespace relevo::store {
namespace {

using model::StreamProfile;
using model::StreamProfileId;
using model::StreamProfileKind;

constexpr std::string_view kRead = "SELECT name, kind, command, user_agent, stock, id FROM stream_profile ";

StreamProfile read_profile(const sqlite::Statement& row) {
  return {{row.column<std::int64_t>(5)},
          row.column<std::string>(0),
          model::find<StreamProfileKind>(row.column<std::string>(1)).value_or(StreamProfileKind::Proxy),
          row.column<std::string>(2),
          row.column<std::string>(3),
          row.column<bool>(4)};
}

} // namespace

std::vector<StreamProfile> load_stream_profiles(sqlite::Database& database) {
  sqlite::Statement row(database, concat(kRead, "ORDER BY stock DESC, CASE WHEN stock THEN id END, name"));
  std::vector<StreamProfile> profiles;
  while (row.step())
    profiles.push_back(read_profile(row));
  return profiles;
}

std::optional<StreamProfile> find_stream_profile(sqlite::Database& database, StreamProfileId id) {
  sqlite::Statement row(database, concat(kRead, "WHERE id = ?"));
  row.start(id.value);
  if (!row.step()) return std::nullopt;
  return read_profile(row);
}

void save_stream_profile(sqlite::Database& database, StreamProfile& profile) {
  sqlite::Statement(database,
                    profile.id
                        ? "UPDATE stream_profile SET (name, kind, command, user_agent, stock) = (?,?,?,?,?) "
                          "WHERE id = ?"
                        : "INSERT INTO stream_profile (name, kind, command, user_agent, stock, id) "
                          "VALUES (?,?,?,?,?,?)")
      .run(profile.name, model::name_of(profile.kind), profile.command, profile.user_agent, profile.stock,
           profile.id ? std::optional(profile.id.value) : std::nullopt);
  if (!profile.id) profile.id = {database.last_insert_id()};
}

bool erase_stream_profile(sqlite::Database& database, StreamProfileId id) {
  sqlite::Statement(database, "DELETE FROM stream_profile WHERE id = ?").run(id.value);
  return database.changes() != 0;
}

} // namespace relevo::store
