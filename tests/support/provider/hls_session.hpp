// SPDX-License-Identifier: LGPL-2.1-or-later
// A live HLS stream with a sliding window of MPEG-TS segments, cut at key pictures.
#pragma once

#include "provider/stream_faults.hpp"

#include <deque>

namespace relevo::provider {

struct HlsSettings {
  std::size_t window = 5;   // segments in the playlist
  std::size_t at_start = 5; // of them, at the first request
  Seconds target{2};        // least length of a segment
  double speed = 1;
  std::uint32_t seed = 1;
  bool encrypted = false;   // AES-128, initialisation vectors from the sequence numbers
  bool byte_ranges = false; // segments are ranges of one resource
  bool complete = false;    // the window is all there is, and will be
};

/// The same for all clients that ask with the same URL; begins when the first one does. Thread-safe.
class HlsSession {
 public:
  HlsSession(StreamFaults faults, HlsSettings settings, Clock::time_point begin);

  [[nodiscard]] Moment moment(Clock::time_point wall) const;
  [[nodiscard]] const StreamFaults& faults() const { return faults_; }

  /// `folder` ("" or "news/") goes in front of every URI and `query` ("" or "?…") behind it.
  [[nodiscard]] std::string playlist(Moment now, const std::string& folder, const std::string& query);
  /// A segment as it is sent; empty when it is not, or no longer, there.
  [[nodiscard]] std::optional<std::string> segment(std::uint64_t sequence, Moment now);
  /// A range of the resource that holds all segments, as far as it is in the window; empty otherwise.
  [[nodiscard]] std::optional<std::string> range(std::size_t first, std::size_t last, Moment now);
  [[nodiscard]] std::string key() const { return std::string(16, 'k'); }
  [[nodiscard]] Seconds target() const { return settings_.target; }

 private:
  struct Segment {
    std::uint64_t sequence;
    MediaLoop start; // plays the segment, as often as it is asked for
    Seconds duration;
    std::size_t offset, size;
    bool discontinuity;
    bool gap;
  };
  void advance(Moment now);
  void append(Moment published);
  void slide();
  [[nodiscard]] std::string bytes_of(const Segment& segment) const;
  /// Whether the fault befalls the segment of that number.
  [[nodiscard]] bool befalls(FaultKind every_nth, std::uint64_t sequence, Moment now) const;
  [[nodiscard]] std::string write_playlist(const std::string& folder, const std::string& query) const;

  const StreamFaults faults_;
  const HlsSettings settings_;
  const Clock::time_point begin_;
  std::mutex mutex_; // everything below
  MediaLoop loop_;
  std::deque<Segment> segments_; // those in the window, and a few before them
  std::size_t hidden_ = 0;       // how many of them the playlist no longer shows
  std::uint64_t next_sequence_ = 0;
  std::uint64_t discontinuities_gone_ = 0;
  std::size_t next_offset_ = 0;
  Seconds longest_{0};
  bool renumbered_ = false;
  std::string break_mark_; // changes where the stream's clocks or PIDs do
};

} // namespace relevo::provider
