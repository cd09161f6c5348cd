// SPDX-License-Identifier: LGPL-2.1-or-later
// The client of a media playlist as a machine: what to fetch, when to load the playlist again, what went
// wrong.
#pragma once

#include "hls/playlist.hpp"

#include <variant>
#include <vector>

namespace relevo::hls {

using Instant = Duration; // since any fixed moment; never goes back

struct FollowerSettings {
  std::size_t live_edge = 3; // a live playlist is joined so many segments before its end
  double frozen_after = 2.5; // durations of a segment without news
  Duration retry_delay = std::chrono::milliseconds(500); // of a segment
};

struct PlaylistLoaded {
  MediaPlaylist playlist;
  Instant asked_at{}; // when its request went out
};
struct PlaylistFailed {};
struct SegmentFetched {}; // and there is room for the next one
struct SegmentFailed {};
using FollowerEvent = std::variant<PlaylistLoaded, PlaylistFailed, SegmentFetched, SegmentFailed>;

/// Replaces the one before that has not begun.
struct LoadPlaylist {
  Instant at{}; // not before
};
/// To be answered by one SegmentFetched or SegmentFailed. At most one is unanswered at a time.
struct FetchSegment {
  std::uint64_t sequence = 0;
  Segment segment;
  std::optional<Key> key; // with its vector
  bool discontinuity =
      false;               // the playlist says that its clock or format differs from what was fetched before
  bool after_hole = false; // segments are missing before it
  unsigned attempt = 1;
  Instant at{}; // not before
};
enum class Incident : std::uint8_t {
  SegmentsLost,   // `count` left the playlist before they were fetched; `sequence` is the first
  SegmentGivenUp, // failed twice; `count` so far in a row
  SegmentAbsent,  // EXT-X-GAP
  SequenceReset,  // the numbers began anew; joined again, from `sequence`
  PlaylistFrozen, // loads, and nothing new comes; told once
  PlaylistLost,   // does not load: at once if it never did, else after the time of `frozen_after`; told once
};
struct Report {
  Incident incident{};
  std::uint64_t sequence = 0;
  std::uint64_t count = 1;
};
/// Everything was fetched and nothing will come. The last action.
struct EndOfStream {};
using FollowerAction = std::variant<LoadPlaylist, FetchSegment, Report, EndOfStream>;

/// Begins with the first answer to a request for the playlist, which the performer makes unasked. Never gives
/// up by itself: that is for the performer to decide, by the reports. Complete playlists are played from
/// their start. Parts and EXT-X-START are left aside: a source that feeds others wants whole segments and a
/// margin.
class Follower {
 public:
  explicit Follower(FollowerSettings settings = {}) : settings_(settings) {}

  [[nodiscard]] std::vector<FollowerAction> step(FollowerEvent event, Instant now);

 private:
  void on(PlaylistLoaded&& event, Instant now);
  void on(PlaylistFailed&& event, Instant now);
  void on(SegmentFetched&& event, Instant now);
  void on(SegmentFailed&& event, Instant now);

  // Both tell whether there are new segments.
  bool take(MediaPlaylist&& playlist, Instant now);
  bool take_behind(MediaPlaylist&& playlist, Instant now);
  void join(MediaPlaylist&& playlist);
  void rejoin(MediaPlaylist&& playlist);
  void fetch_next(Instant now);
  void fetch(std::uint64_t sequence, Instant now);
  [[nodiscard]] const Segment& at(std::uint64_t sequence) const;
  [[nodiscard]] Duration longest_segment() const;
  [[nodiscard]] Duration reload_interval() const;
  [[nodiscard]] Duration patience() const;
  void report(Incident incident, std::uint64_t sequence, std::uint64_t count = 1);

  FollowerSettings settings_;
  std::vector<FollowerAction> actions_; // of this step

  std::optional<MediaPlaylist> playlist_; // the newest
  std::optional<Instant> loaded_at_;      // the newest answer, of whatever use
  Instant grown_at_{};                    // the newest answer with a new segment
  std::optional<Instant> behind_since_;   // answers have been older than playlist_
  bool told_frozen_ = false;
  bool told_lost_ = false;

  std::optional<std::uint64_t> next_; // sequence to fetch next; empty until a playlist had segments
  std::optional<FetchSegment> fetching_;
  bool may_retry_ = true;      // fetching_ belongs to the numbers of playlist_
  bool first_ = true;          // nothing was asked for yet
  bool discontinuity_ = false; // before next_, on a segment that is left out
  bool hole_ = false;          // before next_
  unsigned given_up_ = 0;      // in a row
  bool ended_ = false;
};

} // namespace relevo::hls
