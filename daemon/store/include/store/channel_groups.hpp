// SPDX-License-Identifier: LGPL-2.1-or-later
// The numbers of groups of channels. They stay for ever, as long as the group keeps its name.
#pragma once

#include "model/ids.hpp"
#include "sqlite/database.hpp"

#include <string>
#include <unordered_map>

namespace relevo::store {

/// By name, of all that there are or have been. Throws sqlite::Failure.
[[nodiscard]] std::unordered_map<std::string, model::ChannelGroupId>
load_channel_groups(sqlite::Database& database);

} // namespace relevo::store
