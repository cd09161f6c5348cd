// SPDX-License-Identifier: LGPL-2.1-or-later
// What a cutter makes of a stream, whatever its format: the seam between cutting and publishing.
#pragma once

#include "gstx/ref.hpp"
#include "hls/playlist.hpp"

namespace relevo::hlsrestream {

/// A segment or a part, as it will be for ever.
struct Piece {
  gx::Ref<GstBufferList> bytes;
  std::uint64_t size = 0;
  hls::Duration duration{};
  bool independent = true; // a player can begin in it
};

class PieceSink {
 public:
  PieceSink() = default;
  PieceSink(const PieceSink&) = delete;
  PieceSink& operator=(const PieceSink&) = delete;
  virtual ~PieceSink() = default;

  virtual void begin_segment(bool discontinuity) = 0;
  virtual void add_part(const Piece& part) = 0;
  virtual void end_segment(const Piece& segment) = 0;
  /// The segment that has begun, of which no part was told, is not to be.
  virtual void drop_segment() = 0;
};

} // namespace relevo::hlsrestream
