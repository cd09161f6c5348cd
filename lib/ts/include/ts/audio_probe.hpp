// SPDX-License-Identifier: LGPL-2.1-or-later
// Walks an audio stream from frame header to frame header: format, and how much sound each PES packet begins.
#pragma once

#include "base/bytes.hpp"
#include "ts/audio.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace relevo::ts {

/// Fed with the elementary stream bytes of one PES packet after another, cut anywhere: the answer does not
/// depend on where. Frames may straddle PES packets. Keeps a frame's header at most; allocates nothing.
///
/// A frame header is believed at the start of a PES packet, or behind another frame; one that is come upon in
/// the middle of things is neither counted nor reported before the next one proves it.
class AudioProbe {
 public:
  explicit AudioProbe(Codec codec) noexcept;

  /// A new PES packet begins.
  void begin() noexcept;
  void push(Bytes payload) noexcept;

  /// Of the frames that began in this PES packet. A frame whose header straddles two packets counts in the
  /// second.
  [[nodiscard]] std::uint32_t frames() const noexcept { return frames_; }
  [[nodiscard]] std::uint64_t duration_90k() const noexcept {
    return (duration_ + kFraction / 2) / kFraction;
  }

  /// By the newest frame; none before the first.
  [[nodiscard]] const std::optional<AudioFormat>& format() const noexcept { return format_; }
  /// Bit/s by the newest frame's header, 0 where it does not tell.
  [[nodiscard]] std::uint32_t bitrate() const noexcept { return bitrate_; }
  /// How often a frame did not end where the next one began.
  [[nodiscard]] std::uint64_t lost_syncs() const noexcept { return lost_syncs_; }

 private:
  enum class Sync : std::uint8_t { Hunting, Tentative, Locked };

  static constexpr std::uint64_t kFraction = 256; // of a tick: 1024 samples at 44.1 kHz are 2089.8 ticks

  void collect_head(Bytes& payload) noexcept;
  void check_head() noexcept;
  [[nodiscard]] bool is_plausible(const AudioFrame& frame) const noexcept;
  void on_bad_header() noexcept;
  void on_frame(const AudioFrame& frame) noexcept;
  void count(const AudioFrame& frame) noexcept;
  void extend(const AudioFrame& frame) noexcept;

  Codec codec_;
  std::size_t measure_size_;
  std::byte sync_byte_;
  std::optional<AudioFrame> latm_;

  std::array<std::byte, kMaxAudioHead> head_{};
  std::size_t head_size_ = 0;     // bytes in head_
  std::optional<AudioSpan> span_; // of the frame under way, once its header is measured
  std::size_t skip_ = 0;          // bytes of the frame under way that are still to come, behind its head
  Sync sync_ = Sync::Hunting;
  bool at_packet_start_ = false; // head_ will hold, or holds, the first bytes of the PES packet
  std::uint32_t hunted_ = 0;     // bytes that began no header, since the last frame that was believed
  unsigned aligned_packets_ = 0; // in a row, that began where a frame ended

  std::optional<AudioFormat> format_;
  AudioFrame core_;       // the newest programme frame, without what dependent substreams add
  bool extended_ = false; // a dependent substream followed it
  std::uint32_t bitrate_ = 0;
  std::uint32_t frames_ = 0;
  std::uint64_t duration_ = 0; // ticks of 90 kHz, times kFraction
  std::uint64_t lost_syncs_ = 0;
};

} // namespace relevo::ts
