// SPDX-License-Identifier: LGPL-2.1-or-later
// What players see of the channels: which ones, in which order, and by which ids.
#pragma once

#include "model/channel.hpp"
#include "sqlite/database.hpp"

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace relevo::outputs {

struct LineupChannel {
  model::Channel channel{};
  std::string id{}; // its own among all, by which playlist and guide mean the same channel
};
using Lineup = std::vector<LineupChannel>;

/// A part of the channels.
struct Part {
  std::string profile{}; // its name; "": all channels
  std::string group{};   // "": of every group
  /// Profiles that alone are seen, and their channels; empty: all are.
  std::optional<std::vector<model::ProfileId>> only{};
};

/// An id for each channel, in their order: what it says itself (tvg-id), or its uuid where it says nothing or
/// where an earlier one says the same. It is text that XMLTV and playlists both can write. Players take upper
/// and lower case for the same, so it differs from the others in more than that.
[[nodiscard]] std::vector<std::string> make_ids(const std::vector<model::Channel>& channels);

/// The channels of a part that are not hidden: in the order of the profile (also where it is the only one
/// that is seen), else by number, those without one last. The ids do not depend on the part. The error names
/// what there is not: "profile" or "group". Throws sqlite::Failure.
[[nodiscard]] tl::expected<Lineup, std::string> load_lineup(sqlite::Database& database, const Part& part);

} // namespace relevo::outputs
