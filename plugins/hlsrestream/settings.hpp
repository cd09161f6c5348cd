// SPDX-License-Identifier: LGPL-2.1-or-later
// What hlsrestream can be told.
#pragma once

#include "gstx/property.hpp"
#include "hls/window.hpp"
#include "ts/segment.hpp"

namespace relevo::hlsrestream {

inline constexpr std::string_view kSuffix = ".ts"; // of segments and parts

struct Settings {
  std::string location; // of the playlist; empty: nothing is written
  hls::PlaylistType playlist_type = hls::PlaylistType::Live;
  std::uint32_t target_duration = 6; // seconds
  std::uint32_t playlist_length = 6;
  std::chrono::milliseconds part_duration{0}; // no parts
  bool can_block_reload = false;
  bool end_list = true;
  std::string resume_from;

  [[nodiscard]] bool has_parts() const noexcept {
    return part_duration.count() > 0 && playlist_type != hls::PlaylistType::Vod;
  }
};

[[nodiscard]] const gstx::Properties<Settings>& settings_table();
/// `prefix`: of the addresses of segments.
[[nodiscard]] hls::WindowSettings make_window(const Settings& settings, std::string prefix);
[[nodiscard]] ts::SegmentSettings make_segments(const Settings& settings);

} // namespace relevo::hlsrestream
