// SPDX-License-Identifier: LGPL-2.1-or-later
// One source of a channel: its bytes become units that are known to be whole, held until the splicer takes
// them.
#pragma once

#include "ts/audio_probe.hpp"
#include "ts/continuity.hpp"
#include "ts/pes_reader.hpp"
#include "ts/picture_probe.hpp"
#include "ts/psi.hpp"
#include "ts/sync.hpp"
#include "ts/window.hpp"

#include <memory>

namespace relevo::ts {

/// A PES packet of the source.
struct Unit {
  enum class State : std::uint8_t {
    Open,    // its end has not come
    Whole,   // a picture that waits for those that are shown before it
    Ready,   // may be sent
    Dropped, // damaged, incomplete or of no use
  };
  std::uint64_t head = 0; // number of its first held packet
  std::uint8_t stream = 0;
  State state = State::Open;
  bool random_access = false;
  bool has_pts = false;
  bool after_loss = false;   // packets of its stream are missing in front of it
  std::uint32_t packets = 0; // held ones
  PesHeader header;
  Ticks pts = 0;          // on the source's clock, unwrapped
  Ticks dts = 0;          // the PTS where the header has none
  Ticks duration = 0;     // of the audio frames that begin in it
  std::optional<Pcr> pcr; // the newest clock value at its head, as it stood in the stream
};

inline constexpr std::uint64_t kNoUnit = ~std::uint64_t{0};

struct HeldPacket {
  Packet bytes;
  std::uint64_t unit = kNoUnit; // kNoUnit: passed on as it is (sections, scrambled, clock only)
  std::uint8_t stream = 0;      // index into Source::streams(), or one of those below
  bool clock = false;           // carries the PCR of the programme
};
inline constexpr std::uint8_t kNoStream = 0xfd;    // nothing to send
inline constexpr std::uint8_t kClockStream = 0xfe; // the packet only carries the PCR
inline constexpr std::uint8_t kTimeStream = 0xff;  // time and date tables

/// Where the output must be fitted to what follows: an entry into the source, or a break inside it.
struct Joint {
  enum class Kind : std::uint8_t {
    Entry,     // pictures may be missing in front: begins at a random access point
    ClockJump, // the clock jumps, nothing is missing
    Layout,    // streams beside the main one came or went
  };
  Kind kind = Kind::Entry;
  std::uint64_t at = 0;              // the first held packet that belongs to it
  std::uint64_t unit = 0;            // the first unit of the main stream; not for Layout
  Ticks pts = 0, dts = 0;            // of that unit
  std::optional<Pcr> pcr;            // the source's clock at that unit
  bool needs_parameter_sets = false; // the picture comes without its parameter sets
  std::uint8_t main_stream = 0;      // index of the stream that units and stamps are those of
  std::vector<std::uint8_t> streams; // indices of the programme's streams, in the order of the PMT
};

/// Damage seen in the source, for reports.
struct SourceCounters {
  std::uint64_t packets = 0;
  std::uint64_t continuity_errors = 0;
  std::uint64_t transport_errors = 0;
  std::uint64_t malformed_packets = 0;
  std::uint64_t scrambled_packets = 0;
  std::uint64_t damaged_units = 0;
  std::uint64_t clock_jumps = 0;
};

/// What has arrived, for judging health.
struct SourceProgress {
  std::uint64_t main_units = 0;  // begun, of the main stream
  std::uint64_t audio_units = 0; // begun, of sound beside the main stream
  Ticks media = 0;               // media time of the main stream, jumps of its clock left out
};

/// Single-threaded. Allocates only when its window grows or the programme changes.
class Source {
 public:
  struct Stream {
    Pmt::Stream pmt;
    Codec codec = Codec::Unknown;
    Role role = Role::Data;
    bool sections = false; // carries sections, not PES packets

    // What follows is the source's own bookkeeping.
    ContinuityCounter continuity;
    bool lost = false;            // packets are missing since the last unit start
    std::uint64_t unit = kNoUnit; // the one that is open
    PesReader pes;                // reads it
    bool head_known = false;      // its picture head has been judged
    std::unique_ptr<PictureProbe> picture;
    std::unique_ptr<AudioProbe> audio;
  };

  /// What is kept while nobody takes the units: all, or what follows the newest entry.
  enum class Keep : std::uint8_t { NewestEntry, All };

  explicit Source(std::optional<std::uint16_t> programme = std::nullopt) : psi_(programme) {
    route_.fill(kNoStream);
  }

  /// Calls after_packet() behind every packet: what is done there does not depend on how blocks are cut.
  template <class AfterPacket>
  void push(Bytes block, AfterPacket after_packet) {
    sync_.read(block, [&](const std::byte* packet) {
      on_packet(PacketView{packet});
      after_packet();
    });
  }
  /// No more bytes will come: what the inner buffer holds counts. Units that are open stay open.
  template <class AfterPacket>
  void finish(AfterPacket after_packet) {
    sync_.finish([&](const std::byte* packet) {
      on_packet(PacketView{packet});
      after_packet();
    });
  }

  void keep(Keep keep) noexcept { keep_ = keep; }
  /// Forgets what is held and looks for a new entry.
  void restart();
  /// Nothing more will be taken behind what is whole by now.
  void seal() noexcept;

  /// An entry has been found: the splicer may begin here.
  [[nodiscard]] bool ready() const noexcept {
    return !joints_.empty() && joints_.front().kind == Joint::Kind::Entry;
  }
  /// The next packet begins a joint.
  [[nodiscard]] bool at_joint() noexcept;
  /// Only where at_joint().
  [[nodiscard]] Joint take_joint();
  /// Held packets from here on wait for an entry, or belong to the next joint.
  [[nodiscard]] std::uint64_t reach() const noexcept;

  /// The next packet to send, or null while its unit is not ready. Packets of dropped units are passed over.
  [[nodiscard]] HeldPacket* front() noexcept;
  void pop() noexcept;

  [[nodiscard]] Unit& unit(std::uint64_t number) noexcept { return units_[number]; }
  [[nodiscard]] const Window<Unit>& units() const noexcept { return units_; }
  [[nodiscard]] Window<HeldPacket>& held() noexcept { return held_; }
  [[nodiscard]] const Window<HeldPacket>& held() const noexcept { return held_; }
  [[nodiscard]] const std::vector<Stream>& streams() const noexcept { return streams_; }
  /// Of the main stream: one picture, or one audio unit.
  [[nodiscard]] Ticks frame_duration() const noexcept { return frame_; }
  /// A value of this source's PCR on its unwrapped clock.
  [[nodiscard]] Pcr unwrap_pcr(Pcr raw) const noexcept;
  [[nodiscard]] const PsiTracker& psi() const noexcept { return psi_; }
  [[nodiscard]] const PacketSync& sync() const noexcept { return sync_; }
  [[nodiscard]] const SourceCounters& counters() const noexcept { return counters_; }
  [[nodiscard]] const SourceProgress& progress() const noexcept { return progress_; }
  /// The first video stream of the programme, else the first audio stream; null before it is known.
  [[nodiscard]] const Stream* main_stream() const noexcept {
    return main_ < streams_.size() ? &streams_[main_] : nullptr;
  }

 private:
  static constexpr std::size_t kMaxStreams = 0xf0;

  void on_packet(PacketView packet);
  void on_stream_packet(std::uint8_t index, PacketView packet);
  bool check_continuity(Stream& stream, PacketView packet);

  void begin_unit(std::uint8_t index, PacketView packet);
  void feed(std::uint8_t index, PacketView packet);
  bool on_header(std::uint8_t index);
  void on_main_stamps(std::uint64_t number);
  void on_clock_jump(const Unit& unit, std::uint64_t number);
  void on_picture_head(std::uint8_t index);
  void end_unit(std::uint8_t index);
  void finish_unit(std::uint8_t index);
  void drop_unit(Stream& stream) noexcept;

  void on_picture_whole(std::uint64_t number);
  void release_pictures() noexcept;
  void unblock();

  void on_layout();
  [[nodiscard]] std::uint8_t choose_main() const noexcept;
  void await_entry(std::uint64_t from);
  [[nodiscard]] bool enters(const Unit& unit) const noexcept;
  void make_entry(std::uint64_t number);
  void add_joint(Joint joint);
  [[nodiscard]] Joint make_joint(Joint::Kind kind, std::uint64_t number) const;

  void hold(PacketView packet, std::uint64_t unit, std::uint8_t stream);
  void forget_old_sound(Ticks now);
  void trim() noexcept;

  PacketSync sync_;
  PsiTracker psi_;
  std::array<std::uint8_t, kPidCount> route_; // PID to index of streams_, or one of the special ones
  std::vector<Stream> streams_;               // only grows while units refer to it
  std::vector<std::uint8_t> layout_;          // the streams of the programme now
  std::uint8_t main_ = kNoStream;             // the first video stream, else the first audio stream
  Keep keep_ = Keep::NewestEntry;

  Window<HeldPacket> held_;
  Window<Unit> units_;
  std::uint64_t unsettled_ = 0; // every unit before this one is ready or dropped
  std::vector<Joint> joints_;
  bool awaiting_entry_ = true;
  std::uint64_t barrier_ = 0; // while an entry is awaited: packets from here on are not to be sent

  Unwrapper stamps_{kTicksModulus};
  std::optional<Pcr> pcr_; // the newest, as it stood in the stream
  std::optional<Ticks> main_dts_;
  Ticks frame_ = 3600;
  Ticks last_delta_ = 0;
  Ticks entry_pts_ = 0;                         // pictures that are shown before it cannot be decoded
  std::vector<std::uint64_t> waiting_pictures_; // whole, but what is shown before them has not all come
  Ticks latest_pts_ = 0;                        // of the pictures since the entry
  Ticks reorder_ = 0;                           // the least by which latest_pts_ was ahead of a picture's DTS
  SourceCounters counters_;
  SourceProgress progress_;
};

} // namespace relevo::ts
