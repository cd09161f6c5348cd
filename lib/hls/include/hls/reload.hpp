// SPDX-License-Identifier: LGPL-2.1-or-later
// Blocking playlist reloads: what a server does with _HLS_msn and _HLS_part.
#pragma once

#include "hls/playlist.hpp"

#include <string_view>

namespace relevo::hls {

/// The values of the directives in the query of a request for a playlist, as they came.
struct ReloadQuery {
  std::optional<std::string_view> msn;  // _HLS_msn
  std::optional<std::string_view> part; // _HLS_part
};

enum class Reload : std::uint8_t {
  Ready,       // answer with this playlist
  Wait,        // answer with the first one for which this is Ready; after three target durations with 503
  TooFarAhead, // refuse with 400: nobody can want that yet
  Nonsense,    // refuse with 400: no number, or a part of no segment
};

/// RFC 8216, second edition, section 6.2.5.2. A part behind the last one of a segment that has ended is the
/// first one of the next.
[[nodiscard]] Reload judge_reload(const MediaPlaylist& playlist, const ReloadQuery& query);

} // namespace relevo::hls
