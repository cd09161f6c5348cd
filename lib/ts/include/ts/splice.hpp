// SPDX-License-Identifier: LGPL-2.1-or-later
// The splicer: several sources in, one continuous transport stream out.
#pragma once

#include "ts/output_clock.hpp"
#include "ts/programme.hpp"
#include "ts/source.hpp"

#include <limits>

namespace relevo::ts {

enum class SourceId : std::uint32_t {};

/// What the splicer did to keep its promise, for reports.
struct SpliceCounters {
  std::uint64_t joints = 0;         // entries into a source, switches and returns after damage alike
  std::uint64_t format_changes = 0; // joints where the codec or the picture changed
  std::uint64_t clock_jumps = 0;    // of a source, healed
  std::uint64_t packets = 0;        // sent
  std::uint64_t dropped_units = 0;  // whole, but of no use at a joint or far from the clock
};

/// One programme on fixed PIDs, with a continuous clock and right continuity counters, whatever the sources
/// do. Units leave it only when they are known to be whole, so that it can be cut at any byte: latency is one
/// unit, and up to the next picture that closes a reordering group.
///
/// Several sources may be fed at once; one is on. Single-threaded; pure: time is in the stamps.
class Splicer {
 public:
  explicit Splicer(Service service = {}) : programme_(std::move(service)) {}

  SourceId add_source(std::optional<std::uint16_t> programme = std::nullopt);
  /// Ends it; were it on, nothing comes until the next switch.
  void remove_source(SourceId id);

  /// Bytes of a source. What they release is appended to output(); it is the same for any cut of them.
  void push(SourceId id, Bytes block);
  /// The source has ended: what is whole counts, what is open is dropped. It stays on if it was; should more
  /// bytes come, it is entered anew.
  void end(SourceId id);

  /// From the next entry that is found in this source, it is on; until then the one before goes on. To switch
  /// to the source that is on enters it anew.
  void switch_to(SourceId id);
  /// A switch to this source would happen at once.
  [[nodiscard]] bool ready(SourceId id) const;
  [[nodiscard]] std::optional<SourceId> active() const noexcept { return active_; }
  [[nodiscard]] const Source& source(SourceId id) const;

  [[nodiscard]] Bytes output() const noexcept { return {output_.data(), output_size_}; }
  void clear_output() noexcept { output_size_ = 0; }
  [[nodiscard]] const SpliceCounters& counters() const noexcept { return counters_; }

 private:
  static constexpr Ticks kNever = std::numeric_limits<Ticks>::max();

  struct Entry {
    SourceId id;
    std::unique_ptr<Source> source;
  };
  [[nodiscard]] Source* find(std::optional<SourceId> id) const noexcept;

  void pump();
  void leave(Source& source);
  void deliver(Source& source);

  // At a joint.
  void join(Source& source, const Joint& joint);
  [[nodiscard]] Ticks offset_at(const Source& source, const Joint& joint) const noexcept;
  bool adopt_formats(const Source& source);
  void begin_at_joint(const Source& source, const Joint& joint, bool format_changed);
  void clear_subtitles(OutputStream& stream);
  void announce_no_splice(OutputStream& stream);

  // Once per unit.
  bool begin_unit(Source& source, std::uint64_t number);
  [[nodiscard]] bool wanted(const OutputStream& stream, const Unit& unit, Ticks pts) const noexcept;
  [[nodiscard]] Ticks offset_for(const OutputStream& stream, const Unit& unit) const noexcept;
  void stamp(Source& source, std::uint64_t number, Ticks pts, Ticks dts, Ticks shift);

  // Once per packet.
  void send(Source& source, const HeldPacket& packet);
  void send_time(PacketView packet);
  void send_with_parameter_sets(const Source& source, const HeldPacket& packet, OutputStream& stream);
  void send_splice_section(Bytes section, OutputStream& stream);
  Pcr advance_clock(const Source& source, Pcr source_pcr);
  void send_clock(Pcr value, bool discontinuity);
  void fill_clock(Pcr from, Pcr to);
  void start_own_clock(Ticks dts);
  void keep_clock_going(const Unit& unit);
  [[nodiscard]] std::optional<Ticks> earliest_dts(const Source& source) const noexcept;
  void send_tables();
  void send_tables_when_due(Pcr now);
  std::byte* append();
  void append(const Packet& packet);

  std::vector<Entry> sources_;
  std::uint32_t next_id_ = 0;
  std::optional<SourceId> active_, wanted_;

  OutputProgramme programme_;
  OutputClock clock_;
  std::vector<OutputStream*> map_; // by the index of the source's stream; null where it is not listed
  OutputStream* main_ = nullptr;   // where the main stream of the source goes
  SectionAssembler splice_sections_;
  unsigned time_continuity_ = 0; // of the next time table

  std::optional<Ticks> main_end_;     // of the picture (or sound) that has been sent
  Ticks main_dts_ = 0;                // of the last main unit that has been sent
  Ticks main_dts_at_clock_ = 0;       // the same when the source's clock was last seen to move
  std::optional<Pcr> pcr_at_main_;    // the source's clock at the last main unit
  Ticks entry_pts_ = 0;               // of the first main unit behind the last joint
  Ticks squeeze_ = 1;                 // step between DTS that have to be moved together behind a joint
  std::optional<Ticks> other_offset_; // before a clock jump: units beside the main stream may still need it
  Ticks jump_end_ = 0;                // until here
  bool leaving_ = false;              // the source that is on is being drained
  Ticks leave_at_ = kNever;           // sound from here on belongs to the next source
  std::uint64_t parameter_sets_for_ = kNoUnit;
  std::optional<Pcr> tables_at_; // the clock when the tables were sent
  std::optional<std::uint64_t> tables_sent_at_packet_;

  std::vector<std::byte> output_;
  std::size_t output_size_ = 0;
  SpliceCounters counters_;
};

} // namespace relevo::ts
