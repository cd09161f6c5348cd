// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables "channel" and "channel_group", but for what players do not see.
#include "store/listed_channels.hpp"

#include <cstdint>

namespace relevo::store {

std::size_t count_channels(const sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT count(*) FROM channel");
  return row.step() ? row.column<std::size_t>(0) : 0;
}

void visit_channels(const sqlite::Database& database,
                    const std::function<void(const model::ListedChannel&)>& visit) {
  sqlite::Statement row(database,
                        "SELECT c.id, c.major, c.minor, c.hidden, c.guide_shift, c.guide_source, "
                        "c.guide_channel, c.uuid, c.name, coalesce(g.name, ''), c.logo, c.tvg_id "
                        "FROM channel c LEFT JOIN channel_group g ON g.id = c.channel_group ORDER BY c.id");
  while (row.step()) {
    model::ListedChannel channel;
    channel.id = {row.column<std::int64_t>(0)};
    if (const auto major = row.column<std::optional<std::uint32_t>>(1))
      channel.number = {*major, row.column<std::uint32_t>(2)};
    channel.hidden = row.column<bool>(3);
    channel.guide_shift_minutes = row.column<int>(4);
    if (const auto source = row.column<std::optional<std::int64_t>>(5))
      channel.guide_source = model::GuideSourceId{*source};
    channel.guide_channel = row.column<std::string_view>(6);
    channel.uuid = row.column<std::string_view>(7);
    channel.name = row.column<std::string_view>(8);
    channel.group = row.column<std::string_view>(9);
    channel.logo = row.column<std::string_view>(10);
    channel.tvg_id = row.column<std::string_view>(11);
    visit(channel);
  }
}

} // namespace relevo::store
