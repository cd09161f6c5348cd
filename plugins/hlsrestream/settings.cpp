// SPDX-License-Identifier: LGPL-2.1-or-later
// The table of properties.
#include "settings.hpp"

namespace relevo::hlsrestream {
namespace {

GType playlist_type() {
  static const GEnumValue kValues[] = {
      {static_cast<gint>(hls::PlaylistType::Live), "A window of the newest segments", "live"},
      {static_cast<gint>(hls::PlaylistType::Event), "All segments, while they come", "event"},
      {static_cast<gint>(hls::PlaylistType::Vod), "All segments, and no playlist before the end", "vod"},
      {0, nullptr, nullptr}};
  static const GType type = g_enum_register_static("RelevoHlsPlaylistType", kValues);
  return type;
}

} // namespace

const gstx::Properties<Settings>& settings_table() {
  using enum gstx::Mutable;
  using gstx::property;
  using Count = gstx::Range<std::uint32_t>;
  static const gstx::Properties<Settings> properties{
      property({"location", "Location",
                "File of the playlist; segments lie beside it. Empty: nothing is written, see the signals"},
               &Settings::location, Ready),
      gstx::choice({"playlist-type", "Playlist type", "What the playlist lists"}, &playlist_type,
                   &Settings::playlist_type, Ready),
      property(
          {"target-duration", "Target duration",
           "How long segments are, in seconds: as near as the stream allows, and not longer unless one group "
           "of pictures is"},
          &Settings::target_duration, Ready, Count{1, 3600}),
      property({"playlist-length", "Playlist length",
                "Segments in a live playlist; more where they are shorter than three target durations"},
               &Settings::playlist_length, Ready, Count{1, 10'000}),
      property(
          {"part-duration", "Part duration",
           "How long the parts of low-latency HLS are, in milliseconds; 0 makes none, and for VOD there are "
           "none"},
          &Settings::part_duration, Ready),
      property({"can-block-reload", "Can block reload",
                "Whether the server that gives out the playlist holds requests with _HLS_msn and _HLS_part"},
               &Settings::can_block_reload, Ready),
      property({"end-list", "End list", "Whether EOS ends the playlist for players; VOD always does"},
               &Settings::end_list, Ready),
      property({"resume-from", "Resume from",
                "Text of the playlist of an earlier run, whose numbers go on; for use without a location"},
               &Settings::resume_from, Ready),
  };
  return properties;
}

hls::WindowSettings make_window(const Settings& settings, std::string prefix) {
  hls::WindowSettings window;
  window.type = settings.playlist_type;
  window.length = settings.playlist_length;
  window.target_duration = std::chrono::seconds(settings.target_duration);
  if (settings.has_parts()) window.part_target = settings.part_duration;
  window.can_block_reload = settings.can_block_reload && settings.playlist_type != hls::PlaylistType::Vod;
  window.prefix = std::move(prefix);
  window.suffix = kSuffix;
  return window;
}

ts::SegmentSettings make_segments(const Settings& settings) {
  ts::SegmentSettings segments;
  segments.target = ts::Ticks{settings.target_duration} * ts::kTicksPerSecond;
  segments.limit = segments.target + ts::kTicksPerSecond / 2 - 1; // rounds to the target
  if (settings.has_parts())
    segments.part_target = settings.part_duration.count() * ts::kTicksPerSecond / 1000;
  return segments;
}

} // namespace relevo::hlsrestream
