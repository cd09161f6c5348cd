// SPDX-License-Identifier: LGPL-2.1-or-later
// Giving numbers to channels.
#pragma once

#include "lineup/channel_number.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <unordered_set>
#include <vector>

namespace relevo::lineup {

/// Whole numbers, both ends with it.
struct NumberRange {
  std::uint32_t first = 1;
  std::uint32_t last = kMostMajor;
};

/// Numbers that are taken: of channels made by hand, pinned, hidden.
using Reserved = std::unordered_set<ChannelNumber>;

enum class Numbering : std::uint8_t {
  Fixed,    // from the start of the range on, leaving out what is taken
  Provider, // the provider's own number, wherever it is; without one, or where it is taken: as Fixed
  NextFree, // behind the highest number that is taken in the range; when its end is reached, as Fixed
};

/// By channel; empty where the range was exhausted. Nothing ever leaves its range.
struct Numbers {
  std::vector<std::optional<ChannelNumber>> numbers{};
  std::size_t exhausted = 0; // how many got none
};

/// `own`: of each channel, the provider's number.
[[nodiscard]] Numbers assign_numbers(Numbering mode, std::span<const std::optional<ChannelNumber>> own,
                                     NumberRange range, const Reserved& reserved);

/// A channel that is there and its number.
struct Numbered {
  std::optional<ChannelNumber> number{};
  bool pinned = false; // keeps it
};

struct Renumbering {
  std::size_t channel = 0; // position in what was given
  std::optional<ChannelNumber> before{};
  std::optional<ChannelNumber> after{}; // empty: the range was exhausted, and it keeps what it has

  bool operator==(const Renumbering&) const = default;
};

/// What changes when channels get the numbers of a range without a hole, in the order that is given. What is
/// pinned or reserved is left out.
[[nodiscard]] std::vector<Renumbering> plan_compact(std::span<const Numbered> channels, NumberRange range,
                                                    const Reserved& reserved);

} // namespace relevo::lineup
