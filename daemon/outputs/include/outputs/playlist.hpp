// SPDX-License-Identifier: LGPL-2.1-or-later
// The channels as a playlist for a kind of player.
#pragma once

#include "outputs/blocks.hpp"
#include "outputs/dialects.hpp"
#include "outputs/lineup.hpp"

#include <cstdint>
#include <string>

namespace relevo::outputs {

enum class StreamFormat : std::uint8_t { Ts, Hls };

struct PlaylistOptions {
  std::string base{};                     // what addresses begin with
  std::string guide_url{};                // where the guide of these channels is
  StreamFormat format = StreamFormat::Ts; // of what the addresses lead to
  std::string token{};                    // that streams are asked for with; "": none
  const Dialect* dialect = &dialects().front();
  /// In whose name, and with the token, addresses are those of panels: "/live/NAME/TOKEN/7.ts". "": they are
  /// ours.
  std::string panel_user{};
};

/// M3U, in blocks. A channel keeps its address for as long as it lives, because players know it by that.
/// Quotes in names become apostrophes: behind them players no longer find the name.
void write_playlist(const Lineup& lineup, const PlaylistOptions& options, const Sink& sink);

/// A word: another one where playlists of the same channels would be different.
[[nodiscard]] std::string state_of(const PlaylistOptions& options);

} // namespace relevo::outputs
