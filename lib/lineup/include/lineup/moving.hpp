// SPDX-License-Identifier: LGPL-2.1-or-later
// The number of a channel that is put behind another one, and which numbers make room for it.
#pragma once

#include "lineup/channel_number.hpp"

#include <optional>
#include <span>

namespace relevo::lineup {

/// Numbers that move by one, both ends with them: 6 to 8 with all their minors, or, where the ends have
/// minors, 5.1 to 5.3.
struct Shift {
  ChannelNumber first{};
  ChannelNumber last{};
  int by = 1; // or -1

  [[nodiscard]] bool is_of_minors() const noexcept { return first.minor != 0; }
  bool operator==(const Shift&) const = default;
};

/// What takes a shift back.
[[nodiscard]] Shift inverse(const Shift& shift);

struct Move {
  ChannelNumber number{};        // that the channel gets
  std::optional<Shift> others{}; // empty: there is room

  bool operator==(const Move&) const = default;
};

/// Puts a channel behind all that have the number `above`; empty: before all others. `others`: the numbers of
/// all other channels, sorted, with `above` among them. `own`: the number that the channel has.
///
/// It gets the next number that is free there, a whole one where there is one. Where there is none, those
/// that it left behind move down into its old number if there is no hole among them, else those from there on
/// move up to the first hole. Fails where numbers end.
[[nodiscard]] Result<Move> plan_move(std::span<const ChannelNumber> others, std::optional<ChannelNumber> own,
                                     std::optional<ChannelNumber> above);

} // namespace relevo::lineup
