// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels and their streams in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/channel.hpp"
#include "sqlite/database.hpp"
#include "store/page.hpp"

namespace relevo::store {

[[nodiscard]] std::optional<model::Channel> find_channel(sqlite::Database& database, model::ChannelId id);
[[nodiscard]] std::optional<model::Channel> find_channel(sqlite::Database& database, const std::string& uuid);
struct ChannelQuery {
  std::string group{};
  std::string text{}; // in its name
  std::optional<bool> hidden{};
  Page page{};
};
/// Sorted by name, group or id; else by number, those without one last.
[[nodiscard]] Slice<model::Channel> list_channels(const sqlite::Database& database,
                                                  const ChannelQuery& query);

/// New where it has no id: then it gets one, and a uuid where it has none.
void save_channel(sqlite::Database& database, model::Channel& channel);
bool erase_channel(sqlite::Database& database, model::ChannelId id);

/// In the order in which they are tried.
[[nodiscard]] std::vector<model::ChannelStream> load_channel_streams(sqlite::Database& database,
                                                                     model::ChannelId channel);
void save_channel_streams(sqlite::Database& database, model::ChannelId channel,
                          const std::vector<model::ChannelStream>& streams);

} // namespace relevo::store
