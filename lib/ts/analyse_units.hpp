// SPDX-License-Identifier: LGPL-2.1-or-later
// The analyser's look at one elementary stream: pictures, their distances and their format.
#pragma once

#include "ts/analyse.hpp"
#include "ts/audio_probe.hpp"
#include "ts/pes_reader.hpp"
#include "ts/picture_probe.hpp"

namespace relevo::ts {

class UnitMeter {
 public:
  explicit UnitMeter(Codec codec);

  [[nodiscard]] Codec codec() const noexcept { return codec_; }
  /// The next packet of the PID with a payload in the clear.
  void push(PacketView packet) noexcept {
    if (packet.unit_start() || wants_more_ || sound_) look(packet);
  }
  /// The clock of the stream has broken: distances across the break mean nothing.
  void on_break() noexcept { last_random_access_.reset(); }

  [[nodiscard]] std::uint64_t units() const noexcept { return units_; }
  [[nodiscard]] std::uint64_t random_access_points() const noexcept { return random_access_points_; }
  /// Empty where the codec is none of video.
  [[nodiscard]] std::optional<VideoReport> video() const;
  /// Empty where the codec is none of sound.
  [[nodiscard]] std::optional<AudioReport> audio() const;

 private:
  void look(PacketView packet) noexcept;
  void on_picture() noexcept;
  void on_format() noexcept;
  void on_random_access() noexcept;

  Codec codec_;
  PesReader reader_;
  std::optional<PictureProbe> probe_;
  std::optional<AudioProbe> sound_;
  bool wants_more_ = false; // the head of the open unit is not decided
  std::uint64_t units_ = 0;
  std::uint64_t random_access_points_ = 0;

  VideoReport video_;
  bool second_field_ = false;               // the picture before was the first field of a frame
  std::optional<Ticks> stamp_;              // DTS of the open unit
  std::optional<Ticks> last_random_access_; // DTS
  std::uint32_t pictures_in_gop_ = 0;
};

} // namespace relevo::ts
