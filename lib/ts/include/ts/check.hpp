// SPDX-License-Identifier: LGPL-2.1-or-later
// Says where a transport stream breaks the rules that a player relies on: an oracle for what we put out.
#pragma once

#include "ts/packet.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace relevo::ts {

enum class ViolationKind : std::uint8_t {
  Sync,            // bytes that belong to no packet
  TransportError,  // a packet marked as damaged
  Adaptation,      // an adaptation field that does not fit, or neither field nor payload
  Scrambled,       // a PID becomes scrambled
  Continuity,      // packets are missing, or repeated otherwise than the standard allows
  TableCrc,        // a section with a wrong CRC
  TableVersion,    // a table changes and keeps its version number
  TableMissing,    // no PAT or PMT for more than 0.5 s
  Programmes,      // not exactly one programme
  PcrBackwards,    // also: stands still
  PcrGap,          // more than 100 ms from one PCR to the next
  PcrMissing,      // a programme without PCR
  DtsOrder,        // DTS goes back or stands still, in video or audio
  PtsBeforeDts,    // shown before it is decoded
  DtsGap,          // DTS jumps forward, in video or audio
  Late,            // the PCR has passed the DTS when the unit arrives
  Lead,            // more than 10 s from PCR to DTS
  BrokenPes,       // no start code, or not of the declared length
  Orphan,          // payload before the first PES packet of its PID
  FirstPicture,    // decoding cannot start where the stream (or a new clock or codec in it) starts
  RandomAccessLie, // random_access_indicator at a picture that is none
  Unreferenced,    // payload on a PID that no table mentions
};

/// As the tool prints it: "sync", "cc", "pcr-gap" …
[[nodiscard]] std::string_view name_of(ViolationKind kind) noexcept;

struct Violation {
  ViolationKind kind{};
  Pid pid = kNullPid;       // kNullPid: the stream as a whole
  std::uint64_t offset = 0; // of the packet that showed it, in the stream
  std::string text;
};

struct CheckLimits {
  Ticks dts_gap = kTicksPerSecond; // a step of DTS beyond this is a DtsGap
};

/// Reads a stream from its first byte, as a viewer does: the beginning has to be clean. The end may lie
/// anywhere: the unit open there is not judged. One cause makes one violation where it can be told: a loss
/// of packets damages the PES packet that it hits, which is not reported again, and excuses no clock.
///
/// A discontinuity_indicator on the PCR PID starts a new time base: clocks of the old one are not compared
/// with those of the new, and the next picture has to be a random access point. Late is judged for video at
/// the last byte of the PES packet, which is one picture; for audio at its first, as its DTS is that of the
/// first of several frames; teletext, subtitles and data only have to stay within 10 s of the PCR. With
/// several programmes (itself a violation) the first is judged.
class Checker {
 public:
  using OnViolation = std::function<void(const Violation&)>;

  explicit Checker(OnViolation on_violation, CheckLimits limits = {});
  ~Checker();
  Checker(Checker&&) noexcept;
  Checker& operator=(Checker&&) noexcept;

  void push(Bytes block);
  /// The stream has ended. Nothing may follow.
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace relevo::ts
