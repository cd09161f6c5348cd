// SPDX-License-Identifier: LGPL-2.1-or-later
// An endless transport stream made from clips: continuous clocks and counters, and damage on demand.
#pragma once

#include "provider/clip.hpp"

#include <random>

namespace relevo::provider {

/// What the stream is to look like from now on.
struct Content {
  std::shared_ptr<const Clip> clip;
  double corrupt = 0; // share of the packets that are damaged
  double drop = 0;    // share of the packets that are lost
  ts::Pcr jump = 0;   // added to all clocks
  bool other_pids = false;
  bool scrambled = false;
  bool no_video = false; // of pictures, the clock alone
};

/// A plain value: a copy plays on from the same packet and gives the same bytes. One thread at a time.
class MediaLoop {
 public:
  /// Plays from the start of the clip; its first PCR is moved to `first_pcr` where that is given.
  MediaLoop(Content content, std::uint32_t seed, std::optional<ts::Pcr> first_pcr = std::nullopt);

  /// Leaves out so much of the clip, or a bit more. Before anything is taken.
  void skip(ts::Pcr length);
  /// In force from the next packet on; another clip from the next entry point on.
  void set(Content content);

  /// Media time that was given out since the start: never jumps.
  [[nodiscard]] ts::Pcr time() const { return started_ + mark().time; }

  /// How many places at which a decoder can start were given out behind the tables.
  [[nodiscard]] std::uint64_t entries() const { return entries_; }

  /// Appends packets up to this media time, at least up to the next clock mark.
  void fill(std::vector<std::byte>& out, ts::Pcr until);
  /// Appends packets up to the first entry point at which at least `length` of media has been given out.
  void fill_segment(std::vector<std::byte>& out, ts::Pcr length);
  /// Appends PAT and PMT.
  void announce(std::vector<std::byte>& out);

 private:
  [[nodiscard]] const Clip& clip() const { return *content_.clip; }
  [[nodiscard]] const Clip::Mark& mark() const { return clip().marks()[mark_]; }
  [[nodiscard]] bool at_entry() const { return next_ == mark().packet && (next_ == 0 || mark().entry); }
  [[nodiscard]] ts::Pid output_pid(ts::Pid pid) const;
  void step(std::vector<std::byte>& out);
  void begin_clip(std::shared_ptr<const Clip> clip);
  void make_tables();
  void emit(std::vector<std::byte>& out, const std::byte* source);
  void emit_clock(std::vector<std::byte>& out, ts::PacketView picture);
  [[nodiscard]] bool is_video(ts::Pid pid) const;
  void restamp(ts::MutablePacket packet);
  void damage(ts::MutablePacket packet);
  [[nodiscard]] bool happens(double share);

  Content content_;
  std::shared_ptr<const Clip> next_clip_;
  std::minstd_rand random_;
  std::size_t next_ = 0;   // packet of the clip that comes next
  std::size_t mark_ = 0;   // the last mark that is not behind it
  ts::Pcr started_ = 0;    // media time at which this run of the clip began
  ts::Pcr origin_;         // clock at media time 0
  bool announced_ = false; // the PMT was given out
  std::uint64_t entries_ = 0;
  std::uint8_t version_ = 0; // of PAT and PMT
  bool tables_due_ = false;  // they changed and must come before the next packet
  std::vector<ts::Packet> pat_, pmt_;
  std::array<std::uint8_t, ts::kPidCount> counters_{};
};

} // namespace relevo::provider
