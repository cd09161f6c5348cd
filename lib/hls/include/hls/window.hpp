// SPDX-License-Identifier: LGPL-2.1-or-later
// Window: the playlist of a stream that is being cut, and the files that nobody needs any more.
#pragma once

#include "hls/playlist.hpp"

namespace relevo::hls {

struct WindowSettings {
  PlaylistType type = PlaylistType::Live;
  std::size_t length = 6; // segments in a live playlist; more where they are shorter than 3 target durations
  std::chrono::seconds target_duration{6};
  std::optional<Duration> part_target{}; // empty: no parts are listed
  bool can_block_reload = false;         // whoever serves the playlist can
  std::string prefix = "segment-";       // addresses are prefix, numbers, suffix
  std::string suffix = ".ts";
};

/// A segment, or a part of one.
struct MediaFile {
  std::uint64_t sequence = 0;
  std::optional<std::uint32_t> part;

  bool operator==(const MediaFile&) const = default;
};

/// Calls come in the order in which a stream is cut: begin_segment, add_part for each part, end_segment, and
/// so on. What is true of every playlist that it shows, one after the other:
///
/// - Numbers go on, also over a resume(): a segment keeps its number, address, duration and discontinuity,
///   and no address is used twice.
/// - The target duration is at least every rounded duration and stays as it is, unless a segment breaks it:
///   then it grows, because players refuse a segment that is longer. The same holds for parts.
/// - A live playlist never loses a segment when that would leave less than three target durations.
/// - Segments carry the time at which their first picture arrived. It is counted on by media time and never
///   goes back within a run; it is taken from the clock where it has fallen behind by more than 10 s, or at
///   all at a discontinuity. Media that comes faster than time passes makes it run ahead.
class Window {
 public:
  explicit Window(WindowSettings settings);

  /// To be called first, if at all: goes on behind the playlist of an earlier run. Its segments stay listed
  /// where their addresses are as this window would make them, and otherwise only its numbers go on. A
  /// segment that was still growing becomes one that cannot be had.
  void resume(MediaPlaylist old);
  /// Likewise, but only the numbers go on.
  void follow(const MediaPlaylist& old);
  /// A file of an earlier run that is not listed: may go after everybody has forgotten it. `age`: since it
  /// was made.
  void add_leftover(MediaFile file, Duration age);

  /// `arrived`: when its first picture did.
  void begin_segment(bool discontinuity, WallTime arrived);
  /// `stored` false: its file could not be made; it is listed as a gap.
  void add_part(Duration duration, bool independent, bool stored = true);
  /// Where there are parts, they say the duration.
  void end_segment(Duration duration, bool stored = true);
  /// The segment that has begun is not to be; not once it has parts.
  void drop_segment();
  /// Nothing will come, unless another segment begins.
  void end();

  /// Has something to show, and is to be shown: a VOD playlist only when it has ended.
  [[nodiscard]] bool publishable() const noexcept;
  [[nodiscard]] const MediaPlaylist& playlist() const noexcept { return playlist_; }
  /// Number of the segment that grows or comes next.
  [[nodiscard]] std::uint64_t next_sequence() const noexcept { return playlist_.end_sequence(); }
  [[nodiscard]] bool has_open_parts() const noexcept { return growing_ && !growing_->parts.empty(); }
  [[nodiscard]] std::string address_of(MediaFile file) const;

  /// The files that may be deleted by now, each once. They have been out of the playlist for as long as a
  /// player may still ask for them, in time of media.
  [[nodiscard]] std::vector<MediaFile> take_expired();

 private:
  using PreciseTime = std::chrono::sys_time<Duration>;
  struct Leaving {
    MediaFile file;
    Duration until{}; // as total_
  };

  [[nodiscard]] bool is_ours(const MediaPlaylist& old) const;
  [[nodiscard]] Duration three_targets() const noexcept { return 3 * Duration(playlist_.target_duration); }
  void take_time(WallTime arrived, bool discontinuity);
  void keep_part_target(Duration duration);
  void push(Segment segment);
  void drop_old_segments();
  void drop_old_parts();
  void drop_parts(Segment& segment, std::uint64_t sequence);
  void show_growing();
  void show_server_control();
  void leave(MediaFile file, Duration until) { leaving_.push_back({file, until}); }

  WindowSettings settings_;
  MediaPlaylist playlist_;
  std::optional<Segment> growing_;
  bool resumed_ = false;                 // and no segment has begun since
  bool broken_ = false;                  // the next segment is a discontinuity, whatever it says
  Duration total_{};                     // of the segments that ended
  Duration listed_{};                    // of those in the playlist
  Duration longest_{};                   // that listed_ ever was
  std::optional<PreciseTime> next_time_; // of the next segment, by media time
  std::vector<Leaving> leaving_;
};

} // namespace relevo::hls
