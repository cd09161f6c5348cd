// SPDX-License-Identifier: LGPL-2.1-or-later
// What the frame headers of an audio stream say about it.
#pragma once

#include "base/bytes.hpp"
#include "ts/codec.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace relevo::ts {

enum class AudioProfile : std::uint8_t {
  Unknown,
  Layer1,
  Layer2,
  Layer3,
  AacMain,
  AacLc,
  AacSsr,
  AacLtp,
  HeAac, // where the configuration says so: a stream may also add the high band without announcing it
  HeAacV2,
  OtherAac,
};
[[nodiscard]] std::string_view
name_of(AudioProfile profile) noexcept; // "LC", "Layer II" …; empty when unknown

struct AudioFormat {
  Codec codec = Codec::Unknown; // by the frames, which may differ from what the PMT announced
  AudioProfile profile = AudioProfile::Unknown;
  std::uint32_t sample_rate = 0;
  std::uint8_t channels = 0; // with the low-frequency ones; 0 where the headers do not tell
  bool lfe = false;

  bool operator==(const AudioFormat&) const = default;
};

struct AudioFrame {
  /// How a frame counts: a dependent substream adds channels to the programme frame before it; other
  /// programmes (further independent substreams) and frames whose configuration is not known yet only take up
  /// bytes.
  enum class Kind : std::uint8_t { Programme, Dependent, Ignored };

  Kind kind = Kind::Ignored;
  AudioFormat format;
  std::uint32_t samples = 0; // at format.sample_rate
  std::uint32_t bitrate = 0; // bit/s, 0 where the header does not tell
  std::uint16_t channel_map =
      0; // AC-3, E-AC-3: the locations of TS 102 366, E.1.3.1.8, first location highest
};

/// The extent of a frame: its bytes with the header, and how many of them parse_audio_frame() wants to see.
struct AudioSpan {
  std::size_t size = 0;
  std::size_t head = 0; // at most kMaxAudioHead, at most size
};

inline constexpr std::size_t kMaxAudioHead = 64;

/// How many bytes measure_audio_frame() needs; 0 for a codec whose frames are not known.
[[nodiscard]] std::size_t audio_measure_size(Codec codec) noexcept;
/// The first byte of every frame header of the codec.
[[nodiscard]] std::byte audio_sync_byte(Codec codec) noexcept;
/// None where the bytes are no frame header. Takes at least audio_measure_size() bytes.
[[nodiscard]] std::optional<AudioSpan> measure_audio_frame(Codec codec, Bytes bytes) noexcept;
/// Of the head of a frame that was measured. `latm` carries a LATM stream's configuration from frame to
/// frame.
[[nodiscard]] AudioFrame parse_audio_frame(Codec codec, Bytes head, std::optional<AudioFrame>& latm) noexcept;

/// Channels at the locations of a channel map, some of which are pairs.
[[nodiscard]] int count_channels(std::uint16_t channel_map) noexcept;
[[nodiscard]] bool has_lfe(std::uint16_t channel_map) noexcept;

} // namespace relevo::ts
