// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading playlists, as they should be and as they are.
#pragma once

#include "base/result.hpp"
#include "hls/playlist.hpp"

#include <string_view>

namespace relevo::hls {

/// A fault that did not keep the playlist from being read.
struct Note {
  std::string message;
  std::size_t line = 0; // 1 is the first
};

struct ParsedPlaylist {
  Playlist playlist;
  std::vector<Note> notes; // the first kMaxNotes
  std::size_t faults = 0;  // all of them
};

inline constexpr std::size_t kMaxPlaylistSize = 16 << 20; // bytes
inline constexpr std::size_t kMaxPlaylistEntries = 100'000;
inline constexpr std::size_t kMaxNotes = 20;
inline constexpr Duration kMaxDuration = std::chrono::hours(24);

/// A whole playlist at once: they are small, and say only at their end what they are. Unknown tags are
/// ignored, faults in known ones repaired and noted: no duration is negative or above kMaxDuration, a target
/// duration is there and not zero, every byte range has its offset. Refused is what has no #EXTM3U (a web
/// page, say), a list of television channels, and more than the limits above; Error::offset is then the line.
/// Messages may quote the input, so they need redaction before they are shown.
[[nodiscard]] Result<ParsedPlaylist> parse_playlist(std::string_view text);

} // namespace relevo::hls
