// SPDX-License-Identifier: LGPL-2.1-or-later
// The numbers of channels in the database, many at once. All functions throw sqlite::Failure.
#pragma once

#include "lineup/moving.hpp"
#include "model/channel.hpp"
#include "sqlite/database.hpp"

#include <vector>

namespace relevo::store {

/// Of all channels but one, sorted.
[[nodiscard]] std::vector<model::ChannelNumber> load_other_numbers(sqlite::Database& database,
                                                                   model::ChannelId channel);
/// Of all channels but one; tells how many got another number.
std::int64_t shift_other_numbers(sqlite::Database& database, model::ChannelId channel,
                                 const lineup::Shift& shift);
/// Says which channels have numbers from `first` to `last`, and which have `also`: another text as soon as
/// one of them is another.
[[nodiscard]] std::string describe_numbers(sqlite::Database& database, model::ChannelNumber first,
                                           model::ChannelNumber last,
                                           std::optional<model::ChannelNumber> also);

} // namespace relevo::store
