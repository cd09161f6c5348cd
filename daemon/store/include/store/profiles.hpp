// SPDX-License-Identifier: LGPL-2.1-or-later
// Channel profiles in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/channel.hpp"
#include "sqlite/database.hpp"

namespace relevo::store {

[[nodiscard]] std::vector<model::ChannelProfile> load_profiles(sqlite::Database& database); // by name
[[nodiscard]] std::optional<model::ChannelProfile> find_profile(sqlite::Database& database,
                                                                model::ProfileId id);
void save_profile(sqlite::Database& database, model::ChannelProfile& profile); // new where it has no id
bool erase_profile(sqlite::Database& database, model::ProfileId id);

/// In its order. The channels themselves: list_channels().
[[nodiscard]] std::vector<model::ChannelId> load_profile_channels(sqlite::Database& database,
                                                                  model::ProfileId profile);
/// Whether one of the profiles has the channel.
[[nodiscard]] bool have_channel(sqlite::Database& database, const std::vector<model::ProfileId>& profiles,
                                model::ChannelId channel);
/// Inside a transaction of the caller.
void save_profile_channels(sqlite::Database& database, model::ProfileId profile,
                           const std::vector<model::ChannelId>& channels);

} // namespace relevo::store
