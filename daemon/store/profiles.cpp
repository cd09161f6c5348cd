// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables "channel_profile" and "profile_channel".
#include "store/profiles.hpp"

#include <algorithm>

namespace relevo::store {

using model::ChannelProfile;
using model::ProfileId;

std::vector<ChannelProfile> load_profiles(sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT id, name FROM channel_profile ORDER BY name");
  std::vector<ChannelProfile> profiles;
  while (row.step())
    profiles.push_back({{row.column<std::int64_t>(0)}, row.column<std::string>(1)});
  return profiles;
}

std::optional<ChannelProfile> find_profile(sqlite::Database& database, ProfileId id) {
  sqlite::Statement row(database, "SELECT id, name FROM channel_profile WHERE id = ?");
  row.start(id.value);
  if (!row.step()) return std::nullopt;
  return ChannelProfile{{row.column<std::int64_t>(0)}, row.column<std::string>(1)};
}

void save_profile(sqlite::Database& database, ChannelProfile& profile) {
  sqlite::Statement(database, profile.id ? "UPDATE channel_profile SET name = ? WHERE id = ?"
                                         : "INSERT INTO channel_profile (name, id) VALUES (?,?)")
      .run(profile.name, profile.id ? std::optional(profile.id.value) : std::nullopt);
  if (!profile.id) profile.id = {database.last_insert_id()};
}

bool erase_profile(sqlite::Database& database, ProfileId id) {
  sqlite::Statement(database, "DELETE FROM channel_profile WHERE id = ?").run(id.value);
  return database.changes() != 0;
}

std::vector<model::ChannelId> load_profile_channels(sqlite::Database& database, ProfileId profile) {
  sqlite::Statement row(database, "SELECT channel FROM profile_channel WHERE profile = ? ORDER BY position");
  row.start(profile.value);
  std::vector<model::ChannelId> channels;
  while (row.step())
    channels.push_back({row.column<std::int64_t>(0)});
  return channels;
}

bool have_channel(sqlite::Database& database, const std::vector<ProfileId>& profiles,
                  model::ChannelId channel) {
  sqlite::Statement row(database, "SELECT 1 FROM profile_channel WHERE profile = ? AND channel = ?");
  return std::ranges::any_of(profiles, [&](ProfileId profile) {
    row.start(profile.value, channel.value);
    return row.step();
  });
}

void save_profile_channels(sqlite::Database& database, ProfileId profile,
                           const std::vector<model::ChannelId>& channels) {
  sqlite::Statement(database, "DELETE FROM profile_channel WHERE profile = ?").run(profile.value);
  sqlite::Statement insert(database,
                           "INSERT INTO profile_channel (profile, channel, position) VALUES (?,?,?)");
  int position = 0;
  for (const auto channel : channels)
    insert.run(profile.value, channel.value, position++);
}

} // namespace relevo::store
