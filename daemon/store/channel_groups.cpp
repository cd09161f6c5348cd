// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/channel_groups.hpp"

namespace relevo::store {

std::unordered_map<std::string, model::ChannelGroupId> load_channel_groups(sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT name, id FROM channel_group");
  std::unordered_map<std::string, model::ChannelGroupId> groups;
  while (row.step())
    groups.emplace(row.column<std::string>(0), model::ChannelGroupId{row.column<std::int64_t>(1)});
  return groups;
}

} // namespace relevo::store
