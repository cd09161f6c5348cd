// SPDX-License-Identifier: LGPL-2.1-or-later
// Writing playlists: live, EVENT, VOD and low-latency, and what leads to them.
#pragma once

#include "hls/playlist.hpp"

namespace relevo::hls {

/// Its text; parse_playlist() reads the same value from it. Expects texts without control characters, blanks
/// at their ends or double quotes, addresses that do not begin with '#', and values inside the limits of
/// parse_playlist(). EXT-X-VERSION is the lowest that allows what is used.
[[nodiscard]] std::string write_media_playlist(const MediaPlaylist& playlist);

/// Likewise; renditions and frame rates are left out.
[[nodiscard]] std::string write_master_playlist(const MasterPlaylist& playlist);

} // namespace relevo::hls
