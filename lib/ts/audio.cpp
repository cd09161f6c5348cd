// SPDX-License-Identifier: LGPL-2.1-or-later
// Which audio codec's frame headers are read how.
#include "ts/audio.hpp"

#include "aac.hpp"
#include "ac3.hpp"
#include "mpeg_audio.hpp"

namespace relevo::ts {

std::size_t audio_measure_size(Codec codec) noexcept {
  switch (codec) {
  case Codec::MpegAudio: return mpeg_audio::kHeaderSize;
  case Codec::AacAdts: return aac::kAdtsHeaderSize;
  case Codec::AacLatm: return aac::kLoasHeaderSize;
  case Codec::Ac3:
  case Codec::Eac3: return ac3::kMeasureSize;
  default: return 0;
  }
}

std::byte audio_sync_byte(Codec codec) noexcept {
  switch (codec) {
  case Codec::AacLatm: return std::byte{0x56};
  case Codec::Ac3:
  case Codec::Eac3: return std::byte{0x0b};
  default: return std::byte{0xff};
  }
}

std::optional<AudioSpan> measure_audio_frame(Codec codec, Bytes bytes) noexcept {
  switch (codec) {
  case Codec::MpegAudio: return mpeg_audio::measure(bytes);
  case Codec::AacAdts: return aac::measure_adts(bytes);
  case Codec::AacLatm: return aac::measure_loas(bytes);
  case Codec::Ac3:
  case Codec::Eac3: return ac3::measure(bytes);
  default: return std::nullopt;
  }
}

AudioFrame parse_audio_frame(Codec codec, Bytes head, std::optional<AudioFrame>& latm) noexcept {
  switch (codec) {
  case Codec::MpegAudio: return mpeg_audio::parse(head);
  case Codec::AacAdts: return aac::parse_adts(head);
  case Codec::AacLatm: return aac::parse_loas(head, latm);
  case Codec::Ac3:
  case Codec::Eac3: return ac3::parse(head);
  default: return {};
  }
}

std::string_view name_of(AudioProfile profile) noexcept {
  switch (profile) {
  case AudioProfile::Layer1: return "Layer I";
  case AudioProfile::Layer2: return "Layer II";
  case AudioProfile::Layer3: return "Layer III";
  case AudioProfile::AacMain: return "Main";
  case AudioProfile::AacLc: return "LC";
  case AudioProfile::AacSsr: return "SSR";
  case AudioProfile::AacLtp: return "LTP";
  case AudioProfile::HeAac: return "HE-AAC";
  case AudioProfile::HeAacV2: return "HE-AAC v2";
  case AudioProfile::OtherAac: return "other AAC";
  case AudioProfile::Unknown: break;
  }
  return {};
}

} // namespace relevo::ts
