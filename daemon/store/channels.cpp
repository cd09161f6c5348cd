// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables "channel", "channel_group" and "channel_stream".
#include "store/channels.hpp"

#include "base/text.hpp"
#include "gx/handle.hpp"
#include "query.hpp"
#include "rows.hpp"

#include <glib.h>

namespace relevo::store {
namespace {

using model::Channel;
using model::ChannelId;
using model::ChannelStream;

constexpr std::string_view kColumns = "uuid, major, minor, name, channel_group, logo, tvg_id, guide_source, "
                                      "guide_channel, guide_manual, guide_score, guide_reason, guide_shift, "
                                      "hidden, automatic, settled, custom";

constexpr std::string_view kRead = "c.uuid, c.major, c.minor, c.name, coalesce(g.name, ''), c.logo, "
                                   "c.tvg_id, c.guide_source, c.guide_channel, "
                                   "c.guide_manual, c.guide_score, c.guide_reason, c.guide_shift, c.hidden, "
                                   "c.automatic, c.settled, c.custom, c.id";
constexpr std::string_view kChannels = "channel c LEFT JOIN channel_group g ON g.id = c.channel_group";

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
  channel.custom = row.column<std::string>(16);
  channel.id = {row.column<std::int64_t>(17)};
  return channel;
}

/// Null for "".
std::optional<std::int64_t> group_id(sqlite::Database& database, const std::string& name) {
  if (name.empty()) return std::nullopt;
  sqlite::Statement(database, "INSERT OR IGNORE INTO channel_group (name) VALUES (?)").run(name);
  sqlite::Statement row(database, "SELECT id FROM channel_group WHERE name = ?");
  row.start(name);
  row.step();
  return row.column<std::int64_t>(0);
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

Slice<Channel> list_channels(const sqlite::Database& database, const ChannelQuery& query) {
  static constexpr std::pair<std::string_view, std::string_view> kOrders[] = {
      {"number", "coalesce(c.major, 1e9) + c.minor / 1e4"},
      {"name", "c.name COLLATE NOCASE"},
      {"group", "g.name COLLATE NOCASE"},
      {"id", "c.id"}};
  Query sql(kRead, kChannels);
  if (!query.group.empty()) sql.where("g.name = ?", query.group);
  if (query.hidden) sql.where(*query.hidden ? "c.hidden" : "NOT c.hidden");
  if (!query.text.empty()) sql.where_like("c.name", query.text);
  auto rows = sql.select(database, query.page, kOrders);
  Slice<Channel> slice;
  while (rows.step())
    slice.items.push_back(read_channel(rows));
  slice.total = sql.count(database);
  return slice;
}

void save_channel(sqlite::Database& database, Channel& channel) {
  if (channel.uuid.empty()) channel.uuid = make_uuid();
  const auto& guide = channel.guide;
  const auto of_guide = [&guide](auto member) {
    return guide ? (*guide).*member : std::remove_cvref_t<decltype((*guide).*member)>();
  };
  sqlite::Statement statement(
      database,
      channel.id
          ? concat("UPDATE channel SET (", kColumns, ") = (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) WHERE id = ?")
          : concat("INSERT INTO channel (", kColumns, ", id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
  statement.run(channel.uuid, channel.number ? std::optional(channel.number->major) : std::nullopt,
                channel.number ? channel.number->minor : 0, channel.name, group_id(database, channel.group),
                channel.logo, channel.tvg_id, guide ? std::optional(guide->source.value) : std::nullopt,
                of_guide(&model::GuideLink::channel), of_guide(&model::GuideLink::manual),
                of_guide(&model::GuideLink::score), of_guide(&model::GuideLink::reason),
                channel.guide_shift_minutes, channel.hidden, channel.automatic, write_names(channel.settled),
                channel.custom, channel.id ? std::optional(channel.id.value) : std::nullopt);
  if (!channel.id) channel.id = {database.last_insert_id()};
}

bool erase_channel(sqlite::Database& database, ChannelId id) {
  sqlite::Statement(database, "DELETE FROM channel WHERE id = ?").run(id.value);
  return database.changes() != 0;
}

std::vector<ChannelStream> load_channel_streams(sqlite::Database& database, ChannelId channel) {
  sqlite::Statement row(database,
                        "SELECT stream, manual, confidence, reason FROM channel_stream WHERE channel = ? "
                        "ORDER BY position");
  row.start(channel.value);
  std::vector<ChannelStream> streams;
  while (row.step())
    streams.push_back(
        {{row.column<std::int64_t>(0)}, row.column<bool>(1), row.column<int>(2), row.column<std::string>(3)});
  return streams;
}

void save_channel_streams(sqlite::Database& database, ChannelId channel,
                          const std::vector<ChannelStream>& streams) {
  sqlite::Statement(database, "DELETE FROM channel_stream WHERE channel = ?").run(channel.value);
  sqlite::Statement insert(database,
                           "INSERT INTO channel_stream (channel, stream, position, manual, confidence, "
                           "reason) VALUES (?,?,?,?,?,?)");
  int position = 0;
  for (const auto& one : streams)
    insert.run(channel.value, one.stream.value, position++, one.manual, one.confidence, one.reason);
}

} // namespace relevo::store
