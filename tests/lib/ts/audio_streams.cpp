// SPDX-License-Identifier: LGPL-2.1-or-later
// Made with FFmpeg 5.1 from "-f lavfi -i sine=frequency=440:sample_rate=48000" and the options given with
// each.
#include "audio_streams.hpp"

#include "hex.hpp"

#include <algorithm>

namespace relevo::test {

using namespace relevo::ts;

std::vector<std::byte> AudioStream::bytes() const {
  std::vector<std::byte> all;
  for (const Frame& frame : frames) {
    auto bytes = from_hex(frame.head);
    bytes.resize(frame.size, std::byte{0x2a});
    all.insert(all.end(), bytes.begin(), bytes.end());
  }
  return all;
}

const std::vector<AudioStream>& audio_streams() {
  static const std::vector<AudioStream> streams{
      // -ac 2 -c:a aac -b:a 64k -f adts
      {"ADTS stereo",
       {Codec::AacAdts, AudioProfile::AacLc, 48000, 2, false},
       0,
       192000,
       {{"fff14c80117ffcde02004c61766335392e33372e", 139},
        {"fff14c800fbffc2178cffffff0009667127502427d", 125},
        {"fff14c80101ffc2118cffffff0007e41d10a1a210e", 128}}},
      // -ac 6 -c:a aac -b:a 128k -f adts
      {"ADTS 5.1",
       {Codec::AacAdts, AudioProfile::AacLc, 48000, 6, true},
       0,
       192000,
       {{"fff14d801adffcde02004c61766335392e33372e", 214},
        {"fff14d80111ffc0118edad88f00084d7197ae2a7", 136},
        {"fff14d80159ffc00dc2dacf1439fe9f67fdfa5ad", 172}}},
      // -ac 2 -c:a aac -b:a 64k -f latm
      {"LATM",
       {Codec::AacLatm, AudioProfile::AacLc, 48000, 2, false},
       0,
       192000,
       {{"56e08b200011901fe426f01002630bb319a9c97199b971898180021280ffffff", 142},
        {"56e078bb10bc67fffff8004b33893a81213edfdf", 123},
        {"56e07bbc908c67fffff8003f20e8850d10874421", 126}}},
      // -ac 2 -ar 44100 -c:a mp2 -b:a 128k: every fourth frame or so is a byte shorter
      {"layer II",
       {Codec::MpegAudio, AudioProfile::Layer2, 44100, 2, false},
       128000,
       235102,
       {{"fffd800444332222114322111111112492522400", 417},
        {"fffd820444332222114322111111112492522400", 418},
        {"fffd800444332222114322111111112492522400", 417}}},
      // -ac 1 -ar 22050 -c:a mp2 -b:a 32k
      {"layer II, half rate",
       {Codec::MpegAudio, AudioProfile::Layer2, 22050, 1, false},
       32000,
       470204,
       {{"fff540c464422c924ab20000001c07fe7f88b063", 208},
        {"fff540c464422c924ab20000001c07fe7f88b063", 208}}},
      // -ac 2 -ar 22050 -c:a libmp3lame -b:a 64k
      {"layer III, half rate",
       {Codec::MpegAudio, AudioProfile::Layer3, 22050, 2, false},
       64000,
       235102,
       {{"fff38064000c74572c02ad2400000003", 208}, {"fff38264000c74572c02ad2400000003", 209}}},
      // -ac 6 -c:a ac3 -b:a 384k
      {"AC-3 5.1",
       {Codec::Ac3, AudioProfile::Unknown, 48000, 6, true},
       384000,
       288000,
       {{"0b771e8b1c40ebf8403eff74fe1e108083f8787f", 1536},
        {"0b771e8b1c40ebf8403eff74fe1e108083f8787f", 1536}}},
      // -ac 6 -c:a eac3 -b:a 192k
      {"E-AC-3 5.1",
       {Codec::Eac3, AudioProfile::Unknown, 48000, 6, true},
       192000,
       288000,
       {{"0b77017f3f87c00020f820000200400003e01f00", 768},
        {"0b77017f3f87c00020f820000200400003e01f00", 768}}},
  };
  return streams;
}

const AudioStream& audio_stream(std::string_view name) {
  return *std::ranges::find_if(audio_streams(), [&](const AudioStream& s) { return s.name == name; });
}

} // namespace relevo::test
