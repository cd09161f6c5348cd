// SPDX-License-Identifier: LGPL-2.1-or-later
// What players see of the channels: which ones, in which order, and by which ids.
#pragma once

#include "model/listed_channel.hpp"
#include "outputs/texts.hpp"
#include "sqlite/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace relevo::outputs {

struct LineupChannel {
  model::ListedChannel channel{};
  std::string_view id{}; // its own among all, by which playlist and guide mean the same channel
};

/// Small: there may be 50,000 channels. Moves; the views stay good.
struct Lineup {
  [[nodiscard]] auto begin() const noexcept { return channels.begin(); }
  [[nodiscard]] auto end() const noexcept { return channels.end(); }
  [[nodiscard]] std::size_t size() const noexcept { return channels.size(); }
  [[nodiscard]] bool empty() const noexcept { return channels.empty(); }
  [[nodiscard]] const LineupChannel& front() const { return channels.front(); }

  /// Copies what it shows. Its id is own_id().
  void add(const model::ListedChannel& channel);

  std::vector<LineupChannel> channels{};
  Texts texts{}; // what its views show
};

/// A part of the channels.
struct Part {
  std::string profile{}; // its name; "": all channels
  std::string group{};   // "": of every group
  /// Profiles that alone are seen, and their channels; empty: all are.
  std::optional<std::vector<model::ProfileId>> only{};
};

/// What the id of a channel is made of.
enum class IdSource : std::uint8_t {
  TvgId,  // what it says itself
  Number, // its number, where it has one
};

/// Made of its uuid, as XMLTV wants ids: of words with dots between them.
[[nodiscard]] std::string own_id(std::string_view uuid);

/// An id for each channel: that of the source, then its tvg-id, or what add() gave it where there is none or
/// where an earlier channel has the same. It is text that XMLTV and playlists both can write. Players take
/// upper and lower case for the same, so it differs from the others in more than that.
void give_ids(Lineup& lineup, IdSource source);

/// The channels of a part that are not hidden: in the order of the profile (also where it is the only one
/// that is seen), else by number, those without one last. The ids do not depend on the part. The error names
/// what there is not: "profile" or "group". Throws sqlite::Failure.
[[nodiscard]] tl::expected<Lineup, std::string> load_lineup(sqlite::Database& database, const Part& part,
                                                            IdSource source = IdSource::TvgId);

/// A word: the same for all who see the same (Part::only).
[[nodiscard]] std::string name_of_view(const std::optional<std::vector<model::ProfileId>>& only);

/// A word: another one where anything of the lineup is different.
[[nodiscard]] std::string state_of(const Lineup& lineup);

} // namespace relevo::outputs
