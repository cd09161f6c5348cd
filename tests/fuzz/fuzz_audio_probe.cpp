// SPDX-License-Identifier: LGPL-2.1-or-later
// Any split of the same PES packets gives the same frames, durations and formats.
// Input: codec, split pattern, PES payloads with CUT! between them.
#include "fuzz.hpp"
#include "ts/audio_probe.hpp"

#include <array>

using namespace relevo;
using namespace relevo::ts;
using relevo::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::array kCodecs = {Codec::AacAdts, Codec::AacLatm, Codec::MpegAudio, Codec::Ac3, Codec::Eac3};
  Bytes input = std::as_bytes(std::span{data, size});
  const Codec codec = kCodecs[fuzz::take_byte(input) % kCodecs.size()];
  fuzz::Splitter splitter{fuzz::take_byte(input)};
  AudioProbe whole{codec};
  AudioProbe split{codec};
  while (!input.empty()) {
    const Bytes packet = fuzz::take_packet(input);
    whole.begin();
    whole.push(packet);
    split.begin();
    splitter(packet, [&](Bytes chunk) { split.push(chunk); });
    require(whole.frames() == split.frames());
    require(whole.duration_90k() == split.duration_90k());
    require(whole.format() == split.format());
    require(whole.bitrate() == split.bitrate());
    require(whole.lost_syncs() == split.lost_syncs());
    require(whole.frames() <= packet.size() + kMaxAudioHead);
    require(whole.frames() == 0 ||
            (whole.format() && whole.format()->sample_rate > 0 && whole.duration_90k() > 0));
  }
  return 0;
}
