// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables "channel", "channel_group" and "channel_stream".
#include "store/channels.hpp"

#include "base/text.hpp"
#include "gx/handle.hpp"
#include "query.hpp"
#include "rows.hpp"

#include <array>
#include <glib.h>

namespace relevo::store {
namespace {

using model::Channel;
using model::ChannelId;
using model::ChannelStream;

constexpr std::string_view kColumns = "uuid, major, minor, name, channel_group, logo, tvg_id, guide_source, "
                                      "guide_channel, guide_manual, guide_score, guide_reason, guide_shift, "
                                      "hidden, automatic, settled, provided, custom, stream_profile, slate";

constexpr std::string_view kRead =
    "c.uuid, c.major, c.minor, c.name, coalesce(g.name, ''), c.logo, c.tvg_id, c.guide_source, "
    "c.guide_channel, c.guide_manual, c.guide_score, c.guide_reason, c.guide_shift, c.hidden, c.automatic, "
    "c.settled, c.provided, c.custom, c.stream_profile, c.slate, c.id";
constexpr std::string_view kChannels = "channel c LEFT JOIN channel_group g ON g.id = c.channel_group";
constexpr std::string_view kChannelsOfProfile = "profile_channel p JOIN channel c ON c.id = p.channel "
                                                "LEFT JOIN channel_group g ON g.id = c.channel_group";

std::string write_provided(const model::Provided& provided) {
  return Json{{"name", provided.name},
              {"group", provided.group},
              {"logo", provided.logo},
              {"tvg_id", provided.tvg_id}}
      .dump();
}

model::Provided read_provided(const std::string& text) {
  const auto json = Json::parse(text);
  return {json.value("name", ""), json.value("group", ""), json.value("logo", ""), json.value("tvg_id", "")};
}

ChannelStream read_stream(const sqlite::Statement& row) {
  return {{row.column<std::int64_t>(0)}, row.column<bool>(1), row.column<int>(2), row.column<std::string>(3)};
}

Channel read_channel(const sqlite::Statement& row) {
  Channel channel;
  channel.uuid = row.column<std::string>(0);
  if (const auto major = row.column<std::optional<std::uint32_t>>(1))
    channel.number = {*major, row.column<std::uint32_t>(2)};
  channel.name = row.column<std::string>(3);
  channel.group = row.column<std::string>(4);
  channel.logo = row.column<std::string>(5);
  channel.tvg_id = row.column<std::string>(6);
  if (const auto source = row.column<std::optional<std::int64_t>>(7))
    channel.guide = {{*source},
                     row.column<std::string>(8),
                     row.column<bool>(9),
                     row.column<int>(10),
                     row.column<std::string>(11)};
  channel.guide_shift_minutes = row.column<int>(12);
  channel.hidden = row.column<bool>(13);
  channel.automatic = row.column<bool>(14);
  channel.settled = read_names<model::Field>(row.column<std::string>(15));
  channel.provided = read_provided(row.column<std::string>(16));
  channel.custom = row.column<std::string>(17);
  if (const auto profile = row.column<std::optional<std::int64_t>>(18)) channel.stream_profile = {*profile};
  channel.slate = row.column<std::string>(19);
  channel.id = {row.column<std::int64_t>(20)};
  return channel;
}

/// As SQLite takes a list for one value.
std::string json_of(const std::vector<ChannelId>& ids) {
  std::string text;
  for (const auto id : ids)
    text += concat(text.empty() ? "[" : ",", id.value);
  return text + "]";
}

Query query_of(std::string_view columns, const ChannelQuery& query) {
  Query sql(columns, query.profile ? kChannelsOfProfile : kChannels);
  if (query.profile) sql.where("p.profile = ?", query.profile->value);
  if (!query.group.empty()) sql.where("g.name = ?", query.group);
  if (query.hidden) sql.where(*query.hidden ? "c.hidden" : "NOT c.hidden");
  if (query.automatic) sql.where(*query.automatic ? "c.automatic" : "NOT c.automatic");
  if (query.guided) sql.where(*query.guided ? "c.guide_source IS NOT NULL" : "c.guide_source IS NULL");
  if (!query.text.empty()) sql.where_like("c.name", query.text);
  if (!query.without.empty())
    sql.where("c.id NOT IN (SELECT value FROM json_each(?))", json_of(query.without));
  return sql;
}

sqlite::Statement select(const sqlite::Database& database, const Query& sql, const ChannelQuery& query,
                         const Page& page) {
  static constexpr std::pair<std::string_view, std::string_view> kOrders[] = {
      {"profile", "p.position"},
      {"number", "coalesce(c.major, 1e9) + c.minor / 1e4"},
      {"name", "c.name COLLATE NOCASE"},
      {"group", "g.name COLLATE NOCASE"},
      {"id", "c.id"}};
  const Orders orders(kOrders);
  return sql.select(database, page, query.profile ? orders : orders.subspan(1));
}

std::string make_uuid() {
  const gx::CString text(g_uuid_string_random());
  return text.get();
}

} // namespace

std::optional<Channel> find_channel(sqlite::Database& database, ChannelId id) {
  sqlite::Statement row(database, concat("SELECT ", kRead, " FROM ", kChannels, " WHERE c.id = ?"));
  row.start(id.value);
  if (!row.step()) return std::nullopt;
  return read_channel(row);
}

std::optional<Channel> find_channel(sqlite::Database& database, const std::string& uuid) {
  sqlite::Statement row(database, concat("SELECT ", kRead, " FROM ", kChannels, " WHERE c.uuid = ?"));
  row.start(uuid);
  if (!row.step()) return std::nullopt;
  return read_channel(row);
}

std::optional<Channel> find_channel(sqlite::Database& database, model::ChannelNumber number) {
  sqlite::Statement row(database, concat("SELECT ", kRead, " FROM ", kChannels,
                                         " WHERE c.major = ? AND c.minor = ? ORDER BY c.hidden, c.id"));
  row.start(number.major, number.minor);
  if (!row.step()) return std::nullopt;
  return read_channel(row);
}

std::vector<std::string> load_neighbours(sqlite::Database& database, model::ChannelNumber number,
                                         unsigned each_side) {
  std::array<std::vector<std::string>, 2> sides; // behind it, and before it
  constexpr std::string_view kQueries[] = {
      "SELECT uuid FROM channel WHERE (major, minor) > (?,?) AND NOT hidden ORDER BY major, minor LIMIT ?",
      "SELECT uuid FROM channel WHERE (major, minor) < (?,?) AND NOT hidden ORDER BY major DESC, minor DESC "
      "LIMIT ?"};
  for (std::size_t side = 0; side < sides.size(); ++side) {
    sqlite::Statement row(database, kQueries[side]);
    row.start(number.major, number.minor, each_side);
    while (row.step())
      sides[side].push_back(row.column<std::string>(0));
  }
  std::vector<std::string> uuids;
  for (std::size_t i = 0; i < each_side; ++i)
    for (auto& side : sides)
      if (i < side.size()) uuids.push_back(std::move(side[i]));
  return uuids;
}

Slice<Channel> list_channels(const sqlite::Database& database, const ChannelQuery& query) {
  const auto sql = query_of(kRead, query);
  auto rows = select(database, sql, query, query.page);
  Slice<Channel> slice;
  while (rows.step())
    slice.items.push_back(read_channel(rows));
  slice.total = sql.count(database);
  return slice;
}

std::vector<ChannelId> list_channel_ids(const sqlite::Database& database, const ChannelQuery& query) {
  auto rows = select(database, query_of("c.id", query), query, query.page);
  std::vector<ChannelId> ids;
  while (rows.step())
    ids.push_back({rows.column<std::int64_t>(0)});
  return ids;
}

std::vector<Channel> load_channels(sqlite::Database& database) {
  sqlite::Statement row(database, concat("SELECT ", kRead, " FROM ", kChannels, " ORDER BY c.id"));
  std::vector<Channel> channels;
  while (row.step())
    channels.push_back(read_channel(row));
  return channels;
}

std::vector<ChannelGroup> load_channel_groups(sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT g.name, COUNT(*) FROM channel c JOIN channel_group g ON g.id = "
                                  "c.channel_group GROUP BY g.id ORDER BY g.name COLLATE NOCASE");
  std::vector<ChannelGroup> groups;
  while (row.step())
    groups.push_back({row.column<std::string>(0), row.column<std::int64_t>(1)});
  return groups;
}

void save_channel(sqlite::Database& database, Channel& channel) {
  ChannelWriter(database).save(channel);
}

bool erase_channel(sqlite::Database& database, ChannelId id) {
  return erase_channels(database, {&id, 1}) != 0;
}

std::size_t erase_channels(sqlite::Database& database, std::span<const ChannelId> ids) {
  sqlite::Statement erase(database, "DELETE FROM channel WHERE id = ?");
  std::size_t erased = 0;
  for (const auto id : ids) {
    erase.run(id.value);
    if (database.changes() != 0) ++erased;
  }
  return erased;
}

std::vector<ChannelStream> load_channel_streams(sqlite::Database& database, ChannelId channel) {
  sqlite::Statement row(database,
                        "SELECT stream, manual, confidence, reason FROM channel_stream WHERE channel = ? "
                        "ORDER BY position");
  row.start(channel.value);
  std::vector<ChannelStream> streams;
  while (row.step())
    streams.push_back(read_stream(row));
  return streams;
}

std::vector<ChannelId> load_channels_of(sqlite::Database& database, model::StreamId stream) {
  sqlite::Statement row(database, "SELECT channel FROM channel_stream WHERE stream = ? ORDER BY channel");
  row.start(stream.value);
  std::vector<ChannelId> channels;
  while (row.step())
    channels.push_back({row.column<std::int64_t>(0)});
  return channels;
}

std::vector<model::Membership> load_memberships(sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT stream, manual, confidence, reason, channel FROM channel_stream "
                                  "ORDER BY channel, position");
  std::vector<model::Membership> memberships;
  while (row.step())
    memberships.push_back({{row.column<std::int64_t>(4)}, read_stream(row)});
  return memberships;
}

void save_channel_streams(sqlite::Database& database, ChannelId channel,
                          const std::vector<ChannelStream>& streams) {
  ChannelWriter(database).save_streams(channel, streams);
}

std::vector<model::Separation> load_separations(sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT channel, stream FROM separation ORDER BY channel, stream");
  std::vector<model::Separation> separations;
  while (row.step())
    separations.push_back({{row.column<std::int64_t>(0)}, {row.column<std::int64_t>(1)}});
  return separations;
}

void add_separations(sqlite::Database& database, std::span<const model::Separation> separations) {
  sqlite::Statement insert(database, "INSERT OR IGNORE INTO separation (channel, stream) VALUES (?,?)");
  for (const auto& [channel, stream] : separations)
    insert.run(channel.value, stream.value);
}

void erase_separation(sqlite::Database& database, const model::Separation& separation) {
  sqlite::Statement(database, "DELETE FROM separation WHERE channel = ? AND stream = ?")
      .run(separation.channel.value, separation.stream.value);
}

ChannelWriter::ChannelWriter(sqlite::Database& database)
    : database_(database),
      insert_(database, concat("INSERT INTO channel (", kColumns,
                               ", id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")),
      update_(database, concat("UPDATE channel SET (", kColumns,
                               ") = (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) WHERE id = ?")),
      erase_streams_(database, "DELETE FROM channel_stream WHERE channel = ?"),
      insert_stream_(database, "INSERT INTO channel_stream (channel, stream, position, manual, confidence, "
                               "reason) VALUES (?,?,?,?,?,?)") {}

void ChannelWriter::save(Channel& channel) {
  if (channel.uuid.empty()) channel.uuid = make_uuid();
  const model::GuideLink none;
  const auto& guide = channel.guide ? *channel.guide : none;
  (channel.id ? update_ : insert_)
      .run(channel.uuid, channel.number ? std::optional(channel.number->major) : std::nullopt,
           channel.number ? channel.number->minor : 0, channel.name, group_id(channel.group), channel.logo,
           channel.tvg_id, guide.source ? std::optional(guide.source.value) : std::nullopt, guide.channel,
           guide.manual, guide.score, guide.reason, channel.guide_shift_minutes, channel.hidden,
           channel.automatic, write_names(channel.settled), write_provided(channel.provided), channel.custom,
           channel.stream_profile ? std::optional(channel.stream_profile->value) : std::nullopt,
           channel.slate, channel.id ? std::optional(channel.id.value) : std::nullopt);
  if (!channel.id) channel.id = {database_.last_insert_id()};
}

void ChannelWriter::save_streams(ChannelId channel, const std::vector<ChannelStream>& streams) {
  erase_streams_.run(channel.value);
  int position = 0;
  for (const auto& one : streams)
    insert_stream_.run(channel.value, one.stream.value, position++, one.manual, one.confidence, one.reason);
}

/// Null for "".
std::optional<std::int64_t> ChannelWriter::group_id(const std::string& name) {
  if (name.empty()) return std::nullopt;
  const auto [known, is_new] = groups_.try_emplace(name);
  if (!is_new) return known->second;
  sqlite::Statement(database_, "INSERT OR IGNORE INTO channel_group (name) VALUES (?)").run(name);
  sqlite::Statement row(database_, "SELECT id FROM channel_group WHERE name = ?");
  row.start(name);
  row.step();
  return known->second = row.column<std::int64_t>(0);
}

} // namespace relevo::store
