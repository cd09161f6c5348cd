// SPDX-License-Identifier: LGPL-2.1-or-later
// Where a continuous transport stream may be cut into HLS segments and parts, and how long they are.
#pragma once

#include "ts/pes_reader.hpp"
#include "ts/picture_probe.hpp"
#include "ts/psi.hpp"
#include "ts/sync.hpp"

#include <array>
#include <functional>

namespace relevo::ts {

/// A place where a player can begin: PAT and PMT with nothing but tables behind them up to a random access
/// picture; without video, up to any unit of sound.
struct CutPoint {
  std::uint64_t offset = 0; // of the PAT
  Ticks pts = 0;            // 33 bits, of the picture
  /// The clock, a codec, the set of streams or the picture size differ from what came before.
  bool discontinuity = false;
};

/// A random access picture, whatever stands before it; without video, any unit of sound.
struct RandomAccess {
  std::uint64_t offset = 0; // of its first packet
  Ticks pts = 0;            // 33 bits
};

struct Segment {
  std::uint64_t sequence = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  Ticks pts = 0; // of its cut point
  Ticks duration = 0;
  bool discontinuity = false; // of its cut point
};

/// A piece of a segment that begins with a picture.
struct Part {
  std::uint64_t sequence = 0; // of the segment
  std::uint32_t index = 0;    // in the segment
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  Ticks duration = 0;
  bool independent = false; // holds a random access picture
};

struct SegmentSettings {
  Ticks target = 6 * kTicksPerSecond; // a segment ends at the first cut point that makes it as long
  /// It ends before, where the next cut point, were it as far as the farthest of late, would make it longer
  /// than this; 0: it does not.
  Ticks limit = 0;
  Ticks part_target = 0; // no part is longer, unless one picture is; 0: no parts
  std::uint64_t first_sequence = 0;
  std::uint64_t first_offset = 0; // of the first byte that is pushed
};

struct SegmentSink {
  std::function<void(const RandomAccess&)> on_random_access{}; // before the cut point that it may be
  std::function<void(const CutPoint&)> on_cut_point{};
  std::function<void(const Segment&)> on_begin{}; // its size and duration are still 0
  std::function<void(const Part&)> on_part{};     // before the segment that it completes
  std::function<void(const Segment&)> on_segment{};
};

/// Expects what the splicer writes: one programme, tables before every random access picture, a continuous
/// clock, or a discontinuity_indicator on the PCR PID where it is not; a jump of more than 10 s counts as
/// one. What lies before the first cut point belongs to no segment. Segments follow each other without a gap,
/// and the durations between two breaks of the clock add up to the difference of the time stamps of their cut
/// points. A break always ends a segment; its last picture then counts with the length of the one before it.
class Segmenter {
 public:
  Segmenter(SegmentSettings settings, SegmentSink sink);

  void push(Bytes block);
  /// The stream has ended: closes the open segment.
  void finish();

  /// No segment and no part that is yet to be told of holds bytes from before this offset.
  [[nodiscard]] std::uint64_t keep_from() const noexcept;
  // See PacketSync.
  [[nodiscard]] std::size_t stride() const noexcept { return sync_.stride(); }
  [[nodiscard]] std::size_t bytes_since_packet() const noexcept { return sync_.bytes_since_packet(); }

 private:
  struct Unit {
    std::uint64_t offset = 0;                   // of its first packet
    std::optional<std::uint64_t> tables_offset; // of the PAT right before it
    bool marked = false;                        // random_access_indicator
    bool decided = true;
    std::optional<Ticks> pts;
    Ticks dts = 0;
  };
  struct OpenPart {
    std::uint64_t offset = 0;
    Ticks dts = 0;
    bool independent = false;
    std::uint32_t index = 0;
    Ticks durations_before = 0; // of the parts of this segment
  };

  void on_packet(PacketView packet);
  void on_tables(PacketView packet);
  void on_main(PacketView packet);
  void end_unit();
  void on_unit(bool random_access);
  void on_cut_point(const CutPoint& cut);
  void on_inner_picture(std::uint64_t offset, bool random_access);
  [[nodiscard]] bool format_changed();
  void add_step(bool discontinuity, Ticks position);
  [[nodiscard]] bool is_long_enough(Ticks duration) const noexcept;
  void open_segment(const CutPoint& cut);
  void close_segment(std::uint64_t end, Ticks duration);
  void close_part(std::uint64_t end, Ticks duration);

  SegmentSettings settings_;
  SegmentSink sink_;
  PacketSync sync_;
  std::uint64_t packet_end_ = 0;

  PsiTracker psi_;
  std::vector<std::pair<Pid, Codec>> streams_;
  Pid main_pid_ = kNullPid; // of the first video, or else of the first sound
  Role main_role_ = Role::Data;
  PesReader reader_;
  std::optional<PictureProbe> probe_; // of a video codec that can be looked into
  std::optional<VideoFormat> format_; // at the last cut point
  Unit unit_;
  std::optional<std::uint64_t> tables_offset_; // of a PAT with nothing but tables since

  std::optional<Ticks> last_dts_; // of the unit before, on the same clock
  Ticks unit_duration_ = 0;       // as long as the newest step of DTS
  bool streams_changed_ = false;  // since the last cut point
  bool clock_broken_ = false;     // likewise

  std::optional<Segment> segment_; // the open one; its size and duration are not known yet
  Ticks segment_end_ = 0;          // from its pts to the end of its last picture
  Ticks cut_position_ = 0;         // from its pts to the newest cut point
  std::array<Ticks, 32> steps_{};  // between cut points, the newest ones
  std::size_t steps_seen_ = 0;
  OpenPart part_;
};

} // namespace relevo::ts
