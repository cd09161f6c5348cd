// SPDX-License-Identifier: LGPL-2.1-or-later
// Changes of many channels at once.
#pragma once

#include "base/result.hpp"
#include "lineup/numbering.hpp"
#include "model/channel.hpp"
#include "sqlite/database.hpp"

#include <span>

namespace relevo::catalog {

// Each in a transaction of its own. An error says what cannot be done; then, and when they throw, nothing has
// changed.

enum class Mode {
  Preview, // tells what would change
  Apply,
};

struct NumberChange {
  model::ChannelId channel{};
  std::optional<model::ChannelNumber> before{};
  model::ChannelNumber after{};

  bool operator==(const NumberChange&) const = default;
};
using NumberChanges = std::vector<NumberChange>;

/// The channels get the numbers of the range without a hole, in the order that is given. What others have,
/// and what is settled, is left out.
[[nodiscard]] Result<NumberChanges> renumber(sqlite::Database& database,
                                             std::span<const model::ChannelId> channels,
                                             lineup::NumberRange range, Mode mode);
/// Likewise those that have a number in the range, in the order of their numbers.
[[nodiscard]] Result<NumberChanges> compact(sqlite::Database& database, lineup::NumberRange range, Mode mode);
/// The channels get the numbers from `first` on, in the order that is given, leaving out what others have
/// settled; others that are in the way move up, no further than they must.
[[nodiscard]] Result<NumberChanges> move_block(sqlite::Database& database,
                                               std::span<const model::ChannelId> channels,
                                               std::uint32_t first, Mode mode);

struct NameChange {
  model::ChannelId channel{};
  std::string before{};
  std::string after{};

  bool operator==(const NameChange&) const = default;
};
/// See Renaming. The names of automatic channels that change are settled.
[[nodiscard]] Result<std::vector<NameChange>> rename_channels(sqlite::Database& database,
                                                              std::span<const model::ChannelId> channels,
                                                              const std::string& search,
                                                              const std::string& replacement, Mode mode);

/// What is empty stays.
struct ChannelEdit {
  std::optional<std::string> group{};
  std::optional<std::string> logo{};
  std::optional<bool> hidden{};
  std::optional<int> guide_shift_minutes{};
};
/// How many changed. What automatic channels are given is settled.
[[nodiscard]] Result<std::size_t> edit_channels(sqlite::Database& database,
                                                std::span<const model::ChannelId> channels,
                                                const ChannelEdit& edit);

/// How many of them were there.
[[nodiscard]] std::size_t erase_channels(sqlite::Database& database,
                                         std::span<const model::ChannelId> channels);

} // namespace relevo::catalog
