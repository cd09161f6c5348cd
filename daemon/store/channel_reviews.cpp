// SPDX-License-Identifier: LGPL-2.1-or-later
// Of the tables "channel", "channel_stream" and "separation", what reviews want to know.
#include "store/channel_reviews.hpp"

#include "base/text.hpp"
#include "query.hpp"

namespace relevo::store {
namespace {

constexpr std::string_view kByNumber = "coalesce(c.major, 1e9) + c.minor / 1e4";

} // namespace

Slice<DoubtfulChannel> list_doubtful_channels(const sqlite::Database& database, int confidence,
                                              const Page& page) {
  const auto order = concat("d.least, ", kByNumber, ", c.id");
  const std::pair<std::string_view, std::string_view> orders[] = {{"", order}};
  const auto from = concat("(SELECT channel, min(iif(manual, 100, confidence)) AS least FROM channel_stream "
                           "GROUP BY channel HAVING count(*) > 1 AND least < ",
                           confidence, ") d JOIN channel c ON c.id = d.channel");
  Query sql("c.id, d.least", from);
  sql.where("NOT c.hidden");
  auto rows = sql.select(database, page, orders);
  Slice<DoubtfulChannel> slice;
  while (rows.step())
    slice.items.push_back({{rows.column<std::int64_t>(0)}, rows.column<int>(1)});
  slice.total = sql.count(database);
  return slice;
}

std::vector<NamedChannel> load_named_channels(const sqlite::Database& database) {
  sqlite::Statement row(
      database, concat("SELECT c.id, c.name, coalesce(g.name, ''), c.tvg_id, c.automatic FROM channel c LEFT "
                       "JOIN channel_group g ON g.id = c.channel_group WHERE NOT c.hidden ORDER BY ",
                       kByNumber, ", c.id"));
  std::vector<NamedChannel> channels;
  while (row.step())
    channels.push_back({{row.column<std::int64_t>(0)},
                        row.column<std::string>(1),
                        row.column<std::string>(2),
                        row.column<std::string>(3),
                        row.column<bool>(4)});
  return channels;
}

GroupedStreams::GroupedStreams(const sqlite::Database& database)
    : rows_(database, "SELECT m.stream, s.stream_group FROM channel_stream m JOIN stream s ON s.id = "
                      "m.stream WHERE m.channel = ? ORDER BY m.position") {}

std::vector<GroupedStream> GroupedStreams::operator()(model::ChannelId channel) {
  rows_.start(channel.value);
  std::vector<GroupedStream> streams;
  while (rows_.step())
    streams.push_back({{rows_.column<std::int64_t>(0)}, {rows_.column<std::int64_t>(1)}});
  return streams;
}

std::set<std::pair<model::ChannelId, model::ChannelId>>
load_separated_channels(const sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT DISTINCT a.channel, m.channel FROM separation a JOIN "
                                  "channel_stream m ON m.stream = a.stream");
  std::set<std::pair<model::ChannelId, model::ChannelId>> pairs;
  while (row.step())
    pairs.insert({{row.column<std::int64_t>(0)}, {row.column<std::int64_t>(1)}});
  return pairs;
}

std::vector<NamedStream> load_named_streams(const sqlite::Database& database, model::ChannelId channel) {
  sqlite::Statement row(
      database,
      "SELECT m.stream, m.manual, m.confidence, m.reason, s.name, g.name, s.account FROM channel_stream m "
      "JOIN stream s ON s.id = m.stream JOIN stream_group g ON g.id = s.stream_group WHERE m.channel = ? "
      "ORDER BY m.position");
  row.start(channel.value);
  std::vector<NamedStream> streams;
  while (row.step())
    streams.push_back(
        {{{row.column<std::int64_t>(0)}, row.column<bool>(1), row.column<int>(2), row.column<std::string>(3)},
         row.column<std::string>(4),
         row.column<std::string>(5),
         {row.column<std::int64_t>(6)}});
  return streams;
}

} // namespace relevo::store
