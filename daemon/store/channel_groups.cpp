// SPDX-License-Identifier: LGPL-2.1-or-later
// The table "channel_group", which channels write.
#include "store/channel_groups.hpp"

namespace relevo::store {

GroupNumbers load_group_numbers(sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT name, id FROM channel_group");
  GroupNumbers groups;
  while (row.step())
    groups.emplace(row.column<std::string>(0), model::ChannelGroupId{row.column<std::int64_t>(1)});
  return groups;
}

} // namespace relevo::store
