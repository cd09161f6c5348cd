// SPDX-License-Identifier: LGPL-2.1-or-later
// TsCutter: a transport stream in pieces.
#pragma once

#include "backlog.hpp"
#include "piece.hpp"
#include "ts/segment.hpp"

#include <optional>

namespace relevo::hlsrestream {

enum class Cut {
  Fine,
  NoPlaceToCut, // for very long; what was held is lost, and it goes on with the next one
  NotTransportStream,
  OddPackets, // of 192 or 204 bytes, which no player takes
};

/// Cuts as ts::Segmenter says, and makes pieces of the memory that came in. Whole segments are held.
class TsCutter {
 public:
  TsCutter(const ts::SegmentSettings& settings, PieceSink& sink);

  [[nodiscard]] Cut push(GstBuffer* buffer);
  /// The stream has ended: what is there is the last segment.
  void finish();
  /// The stream is interrupted: its last picture may be incomplete. A segment of which parts were told ends
  /// with them; anything else that is open is lost.
  void abandon();

 private:
  struct Open {
    std::uint64_t offset = 0;
    std::uint64_t told_until = 0; // offset of the end of the newest part
    ts::Ticks told_duration = 0;  // of all parts
  };

  void restart();
  void on_begin(const ts::Segment& segment);
  void on_part(const ts::Part& part);
  void on_segment(const ts::Segment& segment);
  [[nodiscard]] Piece piece(std::uint64_t offset, std::uint64_t size, hls::Duration duration) const;

  ts::SegmentSettings settings_;
  PieceSink& sink_;
  Backlog backlog_;
  std::optional<ts::Segmenter> segmenter_;
  std::optional<Open> open_;
  std::uint64_t cut_point_ = 0; // the newest, or where the search for one began
  bool hole_ = false;           // before the next segment
};

} // namespace relevo::hlsrestream
