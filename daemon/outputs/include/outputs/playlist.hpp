// SPDX-License-Identifier: LGPL-2.1-or-later
// The channels as a playlist for any player.
#pragma once

#include "outputs/lineup.hpp"

#include <string>

namespace relevo::outputs {

enum class StreamFormat { Ts, Hls };

struct PlaylistOptions {
  std::string base{};                     // what addresses begin with
  std::string guide_url{};                // where the guide of these channels is
  StreamFormat format = StreamFormat::Ts; // of what the addresses lead to
  std::string token{};                    // that streams are asked for with; "": none
};

/// M3U. A channel keeps its address for as long as it lives, because players know it by that. Quotes in names
/// become apostrophes: behind them players no longer find the name.
[[nodiscard]] std::string write_playlist(const Lineup& lineup, const PlaylistOptions& options);

} // namespace relevo::outputs
