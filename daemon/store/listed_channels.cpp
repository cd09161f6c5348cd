// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables "channel" and "channel_group", but for what players do not see.
#include "store/listed_channels.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace relevo::store {
namespace {

/// By number. They are few, and looking one up for each channel takes a tenth of the time.
std::unordered_map<std::int64_t, std::string> load_groups(const sqlite::Database& database) {
  std::unordered_map<std::int64_t, std::string> groups;
  sqlite::Statement row(database, "SELECT id, name FROM channel_group");
  while (row.step())
    groups[row.column<std::int64_t>(0)] = row.column<std::string_view>(1);
  return groups;
}

} // namespace

std::size_t count_channels(const sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT count(*) FROM channel");
  return row.step() ? row.column<std::size_t>(0) : 0;
}

void visit_channels(const sqlite::Database& database,
                    const std::function<void(const model::ListedChannel&)>& visit) {
  const auto groups = load_groups(database);
  sqlite::Statement row(
      database, "SELECT id, major, minor, hidden, guide_shift, guide_source, guide_channel, uuid, name, "
                "channel_group, logo, tvg_id FROM channel ORDER BY id");
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
    if (const auto group = groups.find(row.column<std::int64_t>(9)); group != groups.end())
      channel.group = group->second;
    channel.logo = row.column<std::string_view>(10);
    channel.tvg_id = row.column<std::string_view>(11);
    visit(channel);
  }
}

} // namespace relevo::store
