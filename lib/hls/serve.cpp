// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hls/serve.hpp"

#include "base/text.hpp"

namespace relevo::hls {

MediaPlaylist without_parts(MediaPlaylist playlist) {
  playlist.part_target.reset();
  playlist.open.reset();
  playlist.preload.reset();
  if (playlist.server_control) playlist.server_control->part_hold_back.reset();
  for (auto& segment : playlist.segments)
    segment.parts.clear();
  return playlist;
}

MediaPlaylist with_query(MediaPlaylist playlist, std::string_view query) {
  if (query.empty()) return playlist;
  const auto add = [&](std::string& address) { address = concat(address, '?', query); };
  const auto add_to_parts = [&](Segment& segment) {
    for (auto& part : segment.parts)
      add(part.uri);
  };
  for (auto& segment : playlist.segments) {
    add(segment.uri);
    add_to_parts(segment);
  }
  if (playlist.open) add_to_parts(*playlist.open);
  if (playlist.preload) add(playlist.preload->uri);
  for (auto& map : playlist.maps)
    add(map.uri);
  return playlist;
}

} // namespace relevo::hls
