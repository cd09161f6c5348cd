// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels that look like one, and that nothing has put together.
#pragma once

#include "model/ids.hpp"
#include "sqlite/database.hpp"

#include <string>
#include <vector>

namespace relevo::catalog {

struct Twins {
  model::ChannelId first{};
  model::ChannelId second{};
  int score = 0;                      // how alike they are, up to 100
  std::vector<std::string> reasons{}; // for people, the heaviest first
};

/// The most alike first. Left out are channels that are hidden, pairs that have the same streams or none,
/// those that the user keeps apart, and automatic ones that rules keep from meeting. Throws sqlite::Failure.
[[nodiscard]] std::vector<Twins> find_twins(sqlite::Database& database);

} // namespace relevo::catalog
