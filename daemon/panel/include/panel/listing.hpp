// SPDX-License-Identifier: LGPL-2.1-or-later
// The lists of a panel: the channels that a player sees, and their groups as categories.
#pragma once

#include "outputs/blocks.hpp"
#include "outputs/lineup.hpp"
#include "panel/rows.hpp"
#include "store/channel_groups.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace relevo::panel {

/// Of channels without a group: no group gets this number, and players that read 32 bits can.
inline constexpr std::int64_t kNoGroup = 2'147'483'647;

struct Listing {
  outputs::Lineup lineup{};
  store::GroupNumbers groups{};
};

/// In the order of their first channels; none is empty.
[[nodiscard]] std::vector<Category> categories_of(const Listing& listing);

/// [{"category_id": …}, …]
void write_categories(const Listing& listing, const outputs::Sink& sink);

/// [{"num": …}, …], of a category or of all. A channel's num is its number where that is a whole one; the
/// others count on from the greatest.
void write_streams(const Listing& listing, std::optional<std::int64_t> category, const outputs::Sink& sink);

/// Both in one, as panel_api.php has it, behind the members of an account. `account`: a JSON object.
void write_everything(const Listing& listing, std::string_view account, const outputs::Sink& sink);

} // namespace relevo::panel
