// SPDX-License-Identifier: LGPL-2.1-or-later
// What a server makes of a playlist for one player.
#pragma once

#include "hls/playlist.hpp"

#include <string_view>

namespace relevo::hls {

/// As it would be had there never been parts.
[[nodiscard]] MediaPlaylist without_parts(MediaPlaylist playlist);

/// Every address in it, which must have no query of its own, gets this one: "viewer=7&token=a".
[[nodiscard]] MediaPlaylist with_query(MediaPlaylist playlist, std::string_view query);

} // namespace relevo::hls
