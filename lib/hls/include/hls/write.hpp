// SPDX-License-Identifier: LGPL-2.1-or-later
// Writing media playlists: live, EVENT, VOD and low-latency.
#pragma once

#include "hls/playlist.hpp"

namespace relevo::hls {

/// Its text; parse_playlist() reads the same value from it. Expects texts without control characters, blanks
/// at their ends or double quotes, addresses that do not begin with '#', and values inside the limits of
/// parse_playlist(). EXT-X-VERSION is the lowest that allows what is used.
[[nodiscard]] std::string write_media_playlist(const MediaPlaylist& playlist);

} // namespace relevo::hls
