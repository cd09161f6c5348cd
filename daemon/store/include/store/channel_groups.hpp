// SPDX-License-Identifier: LGPL-2.1-or-later
// Groups of channels in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/ids.hpp"
#include "sqlite/database.hpp"

#include <functional>
#include <map>
#include <string>

namespace relevo::store {

/// Their numbers by name. A name keeps its number for ever, also while no channel is in the group.
using GroupNumbers = std::map<std::string, model::ChannelGroupId, std::less<>>;
[[nodiscard]] GroupNumbers load_group_numbers(sqlite::Database& database);

} // namespace relevo::store
