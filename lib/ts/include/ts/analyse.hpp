// SPDX-License-Identifier: LGPL-2.1-or-later
// Measures a transport stream while it passes: what is in it, how fast, how clean.
#pragma once

#include "ts/audio.hpp"
#include "ts/descriptors.hpp"
#include "ts/packet.hpp"
#include "ts/video.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace relevo::ts {

/// Bits per second, in PCR time; 0 before a PCR has passed 100 ms.
struct BitRate {
  std::uint64_t current = 0; // over the last two seconds
  std::uint64_t overall = 0;
};

/// From one random access point to the next, in decoding order.
struct GopLength {
  std::uint32_t pictures = 0;
  Ticks duration = 0;
};

struct VideoReport {
  std::optional<VideoFormat> format; // as the stream declares it
  Rational frame_rate;               // by its time stamps, over the last GOP; 0/1 before
  std::uint64_t pictures = 0;        // frames; two fields are one
  std::optional<GopLength> last_gop, shortest_gop, longest_gop;
};

struct AudioReport {
  std::optional<AudioFormat> format; // by the newest frame
  std::uint32_t bit_rate = 0;        // bit/s that its header declares; 0 where it does not tell
};

struct PidReport {
  Pid pid = kNullPid;
  std::uint16_t programme = 0; // 0: no PMT mentions it
  std::uint8_t stream_type = 0;
  Codec codec = Codec::Unknown;
  Role role = Role::Data;
  std::string language; // ISO 639-2; empty without one
  std::vector<TeletextPage> teletext;
  std::vector<SubtitlingEntry> subtitles;

  std::uint64_t packets = 0;
  BitRate rate;
  std::uint64_t units = 0; // PES packets
  /// Where decoding can start: pictures; sound in a programme without video.
  std::uint64_t random_access_points = 0;
  std::uint64_t continuity_errors = 0;
  std::uint64_t transport_errors = 0;
  std::uint64_t scrambled_packets = 0;
  std::optional<VideoReport> video;
  std::optional<AudioReport> audio;
};

/// Of the clock on a PCR PID. Announced discontinuities, steps back and steps of more than ten seconds are
/// counted as breaks, and are no intervals.
struct PcrReport {
  Pid pid = kNullPid;
  std::uint64_t count = 0;
  std::uint64_t breaks = 0;
  Pcr shortest = 0, longest = 0, mean = 0; // intervals; 0 before the first
  /// The farthest that a PCR lies from where its neighbours put it by byte position. Means something where
  /// the bit rate is constant.
  Pcr position_jitter = 0;
  /// The largest difference between the step of the PCR and that of its arrival; 0 without arrival times.
  Pcr arrival_jitter = 0;
};

struct ProgrammeReport {
  std::uint16_t number = 0;
  Pid pmt_pid = kNullPid;
  std::string provider, name; // by the SDT, UTF-8; empty without
  PcrReport pcr;
  std::vector<Pid> streams; // in the order of the PMT
};

struct StreamReport {
  std::uint64_t packets = 0;
  std::uint64_t null_packets = 0;
  std::uint64_t skipped_bytes = 0;
  std::uint64_t sync_losses = 0;
  std::size_t packet_size = 0; // with what lies between packets: 188, 192 or 204; 0 without sync
  std::uint64_t transport_errors = 0;
  std::uint64_t continuity_errors = 0;
  std::uint64_t scrambled_packets = 0;
  std::uint64_t broken_sections = 0;
  Ticks duration = 0; // by the clock of the first programme
  BitRate rate;
  std::vector<ProgrammeReport> programmes;
  std::vector<PidReport> pids; // by PID, without null packets
};

/// Looks at packet headers, at tables and at the head of each picture, never at whole payloads. Allocates
/// when something new appears, not per packet.
class Analyser {
 public:
  using Arrival = std::chrono::nanoseconds; // on any steady clock

  Analyser();
  ~Analyser();
  Analyser(Analyser&&) noexcept;
  Analyser& operator=(Analyser&&) noexcept;

  void push(Bytes block, std::optional<Arrival> arrival = std::nullopt);
  /// The stream has ended: counts what was still held back.
  void finish();

  /// What is known by now; builds the whole report anew.
  [[nodiscard]] StreamReport report() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

} // namespace relevo::ts
