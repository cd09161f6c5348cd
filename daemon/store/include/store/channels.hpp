// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels and their streams in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/channel.hpp"
#include "sqlite/database.hpp"
#include "store/page.hpp"

#include <span>
#include <unordered_map>

namespace relevo::store {

[[nodiscard]] std::optional<model::Channel> find_channel(sqlite::Database& database, model::ChannelId id);
[[nodiscard]] std::optional<model::Channel> find_channel(sqlite::Database& database, const std::string& uuid);
/// Of several with that number, the oldest.
[[nodiscard]] std::optional<model::Channel> find_channel(sqlite::Database& database,
                                                         model::ChannelNumber number);
/// The uuids of channels on either side of a number that are not hidden: the next, the one before, and so on,
/// up to `each_side` of each.
[[nodiscard]] std::vector<std::string> load_neighbours(sqlite::Database& database,
                                                       model::ChannelNumber number, unsigned each_side);
struct ChannelQuery {
  std::string group{};
  std::string text{}; // in its name
  std::optional<bool> hidden{};
  std::optional<bool> automatic{};
  std::optional<bool> guided{};              // with a guide
  std::optional<model::ProfileId> profile{}; // whose order is the list's own then
  std::vector<model::ChannelId> without{};   // these, whatever they are
  Page page{};
};
/// Sorted by name, group or id; else by number, those without one last.
[[nodiscard]] Slice<model::Channel> list_channels(const sqlite::Database& database,
                                                  const ChannelQuery& query);
/// In the same order.
[[nodiscard]] std::vector<model::ChannelId> list_channel_ids(const sqlite::Database& database,
                                                             const ChannelQuery& query);
/// All, in the order of their ids.
[[nodiscard]] std::vector<model::Channel> load_channels(sqlite::Database& database);

struct ChannelGroup {
  std::string name;
  std::int64_t channels;
};
/// Those that have channels, by name.
[[nodiscard]] std::vector<ChannelGroup> load_channel_groups(sqlite::Database& database);
/// New where it has no id: then it gets one, and a uuid where it has none.
void save_channel(sqlite::Database& database, model::Channel& channel);
bool erase_channel(sqlite::Database& database, model::ChannelId id);
/// How many of them were there.
std::size_t erase_channels(sqlite::Database& database, std::span<const model::ChannelId> ids);

/// In the order in which they are tried.
[[nodiscard]] std::vector<model::ChannelStream> load_channel_streams(sqlite::Database& database,
                                                                     model::ChannelId channel);
/// Those that are played from a stream, in the order of their ids.
[[nodiscard]] std::vector<model::ChannelId> load_channels_of(sqlite::Database& database,
                                                             model::StreamId stream);
/// Of all channels, in the order of their ids.
[[nodiscard]] std::vector<model::Membership> load_memberships(sqlite::Database& database);
void save_channel_streams(sqlite::Database& database, model::ChannelId channel,
                          const std::vector<model::ChannelStream>& streams);

/// Of all channels, in the order of their ids.
[[nodiscard]] std::vector<model::Separation> load_separations(sqlite::Database& database);
void add_separations(sqlite::Database& database,
                     std::span<const model::Separation> separations); // also those that are there
void erase_separation(sqlite::Database& database, const model::Separation& separation);

/// Writes many channels, inside a transaction of the caller that nobody else writes groups in.
class ChannelWriter {
 public:
  explicit ChannelWriter(sqlite::Database& database);

  void save(model::Channel& channel); // as save_channel()
  void save_streams(model::ChannelId channel, const std::vector<model::ChannelStream>& streams);

 private:
  std::optional<std::int64_t> group_id(const std::string& name);

  sqlite::Database& database_;
  sqlite::Statement insert_;
  sqlite::Statement update_;
  sqlite::Statement erase_streams_;
  sqlite::Statement insert_stream_;
  std::unordered_map<std::string, std::int64_t> groups_;
};

} // namespace relevo::store
