// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/audio.hpp"

#include "bit_writer.hpp"
#include "hex.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace relevo;
using namespace relevo::ts;
using relevo::test::BitWriter;
using relevo::test::from_hex;

namespace {

std::optional<AudioSpan> measure(Codec codec, Bytes bytes) {
  REQUIRE(bytes.size() >= audio_measure_size(codec));
  return measure_audio_frame(codec, bytes.first(audio_measure_size(codec)));
}

AudioFrame parse(Codec codec, Bytes bytes) {
  std::optional<AudioFrame> latm;
  const auto span = measure(codec, bytes);
  REQUIRE(span.has_value());
  return parse_audio_frame(codec, bytes.first(std::min(span->head, bytes.size())), latm);
}

// A LOAS frame with a stream configuration whose AudioSpecificConfig is given.
template <class Config>
std::vector<std::byte> make_loas(Config put_config, unsigned subframes = 1) {
  BitWriter out;
  out.u(11, 0x2b7).u(13, 40).u(1, 0).u(1, 0).u(1, 1).u(6, subframes - 1).u(4, 0).u(3, 0);
  put_config(out);
  auto bytes = out.bytes();
  bytes.resize(43);
  return bytes;
}

} // namespace

TEST_CASE("MPEG audio headers") {
  struct Case {
    const char* header;
    std::size_t size;
    AudioProfile profile;
    std::uint32_t rate, bitrate, samples;
    int channels;
  };
  const Case cases[] = {
      {"fffb9000", 417, AudioProfile::Layer3, 44100, 128000, 1152, 2},
      {"fffb92c0", 418, AudioProfile::Layer3, 44100, 128000, 1152, 1},
      {"ffff8400", 256, AudioProfile::Layer1, 48000, 256000, 384, 2},
      {"ffff8600", 260, AudioProfile::Layer1, 48000, 256000, 384, 2},
      {"fffda400", 576, AudioProfile::Layer2, 48000, 192000, 1152, 2},
      {"fff58400", 384, AudioProfile::Layer2, 24000, 64000, 1152, 2},
      {"ffe38800", 576, AudioProfile::Layer3, 8000, 64000, 576, 2},
  };
  for (const Case& c : cases) {
    CAPTURE(c.header);
    const auto bytes = from_hex(c.header);
    CHECK(measure(Codec::MpegAudio, bytes)->size == c.size);
    const AudioFrame frame = parse(Codec::MpegAudio, bytes);
    CHECK(frame.format ==
          AudioFormat{Codec::MpegAudio, c.profile, c.rate, static_cast<std::uint8_t>(c.channels), false});
    CHECK(frame.bitrate == c.bitrate);
    CHECK(frame.samples == c.samples);
  }
  // No sync, reserved version, no layer, free format, forbidden bit rate, reserved rate.
  for (const char* hex : {"ff1b9000", "ffeb9000", "fff99000", "fffb0000", "fffbf000", "fffb9c00"}) {
    CAPTURE(hex);
    CHECK_FALSE(measure(Codec::MpegAudio, from_hex(hex)).has_value());
  }
}

TEST_CASE("ADTS headers") {
  // No sync, layer 1, reserved rate, no longer than its header, no longer than its header with checksum.
  for (const char* hex :
       {"0ff14c80117ffc", "fff34c80117ffc", "fff17480117ffc", "fff14c8000fffc", "fff04c80013ffc"}) {
    CAPTURE(hex);
    CHECK_FALSE(measure(Codec::AacAdts, from_hex(hex)).has_value());
  }
  CHECK(parse(Codec::AacAdts, from_hex("fff14c80117ffd")).samples == 2048); // two blocks
  CHECK(parse(Codec::AacAdts, from_hex("fff94dc0117ffc")).format.channels == 8);
}

TEST_CASE("a layout in words stands for a missing channel number") {
  BitWriter out;
  out.u(12, 0xfff).u(4, 1).u(2, 1).u(4, 3).u(1, 0).u(3, 0).u(4, 0).u(13, 100).u(11, 0x7ff).u(2, 0);
  out.u(3, 5).u(4, 0).u(2, 1).u(4, 3);                         // programme configuration
  out.u(4, 2).u(4, 0).u(4, 1).u(2, 1).u(3, 0).u(4, 0).u(3, 0); // two front, one back, one low
  out.u(1, 0).u(4, 0).u(1, 1).u(4, 0).u(1, 1).u(4, 1).u(4, 0).u(8, 0);
  const auto known = out.bytes();
  const AudioFrame frame = parse(Codec::AacAdts, known);
  CHECK(frame.format.channels == 6);
  CHECK(frame.format.lfe);

  auto other = known;
  other[7] = std::byte{0x00}; // begins with sound: the layout was given earlier
  CHECK(parse(Codec::AacAdts, other).format.channels == 0);
}

TEST_CASE("LATM configurations") {
  struct Case {
    const char* name;
    std::vector<std::byte> bytes;
    AudioProfile profile;
    std::uint32_t rate, samples;
    int channels;
  };
  const Case cases[] = {
      {"LC", make_loas([](BitWriter& o) { o.u(5, 2).u(4, 4).u(4, 2).u(3, 0); }), AudioProfile::AacLc, 44100,
       1024, 2},
      {"960", make_loas([](BitWriter& o) { o.u(5, 2).u(4, 3).u(4, 2).u(3, 4); }), AudioProfile::AacLc, 48000,
       960, 2},
      {"four to a unit", make_loas([](BitWriter& o) { o.u(5, 2).u(4, 3).u(4, 2).u(3, 0); }, 4),
       AudioProfile::AacLc, 48000, 4096, 2},
      {"rate in words", make_loas([](BitWriter& o) { o.u(5, 2).u(4, 15).u(24, 44056).u(4, 1).u(3, 0); }),
       AudioProfile::AacLc, 44056, 1024, 1},
      {"HE", make_loas([](BitWriter& o) { o.u(5, 5).u(4, 6).u(4, 2).u(4, 3).u(5, 2).u(3, 0); }),
       AudioProfile::HeAac, 48000, 2048, 2},
      {"HE, high band at the core's rate",
       make_loas([](BitWriter& o) { o.u(5, 5).u(4, 3).u(4, 2).u(4, 3).u(5, 2).u(3, 0); }),
       AudioProfile::HeAac, 48000, 1024, 2},
      {"HE v2", make_loas([](BitWriter& o) { o.u(5, 29).u(4, 6).u(4, 1).u(4, 3).u(5, 2).u(3, 0); }),
       AudioProfile::HeAacV2, 48000, 2048, 2},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const AudioFrame frame = parse(Codec::AacLatm, c.bytes);
    CHECK(frame.kind == AudioFrame::Kind::Programme);
    CHECK(frame.format ==
          AudioFormat{Codec::AacLatm, c.profile, c.rate, static_cast<std::uint8_t>(c.channels), false});
    CHECK(frame.samples == c.samples);
  }
  const auto no_rate = make_loas([](BitWriter& o) { o.u(5, 2).u(4, 15).u(24, 0).u(4, 1).u(3, 0); });
  CHECK(parse(Codec::AacLatm, no_rate).kind == AudioFrame::Kind::Ignored);
  const auto reserved = make_loas([](BitWriter& o) { o.u(5, 2).u(4, 13).u(4, 1).u(3, 0); });
  CHECK(parse(Codec::AacLatm, reserved).kind == AudioFrame::Kind::Ignored);
  CHECK_FALSE(measure(Codec::AacLatm, from_hex("56e000")).has_value());
  CHECK_FALSE(measure(Codec::AacLatm, from_hex("56c010")).has_value());
}

TEST_CASE("the second version of LATM's configuration") {
  BitWriter out;
  out.u(11, 0x2b7).u(13, 40).u(1, 0).u(1, 1).u(1, 0).u(2, 1).u(16, 500); // buffer fullness in two bytes
  out.u(1, 1).u(6, 0).u(4, 0).u(3, 0).u(2, 0).u(8, 16).u(5, 2).u(4, 3).u(4, 6).u(3, 0);
  auto bytes = out.bytes();
  bytes.resize(43);
  const AudioFrame frame = parse(Codec::AacLatm, bytes);
  CHECK(frame.format == AudioFormat{Codec::AacLatm, AudioProfile::AacLc, 48000, 6, true});
}

TEST_CASE("AC-3 headers") {
  struct Case {
    const char* header;
    std::size_t size;
    std::uint32_t rate, bitrate;
    int channels;
    bool lfe;
  };
  const Case cases[] = {
      {"0b77000014404000", 768, 48000, 192000, 2,
       false}, // stereo: the level of a matrixed surround precedes the flag
      {"0b77000014402000", 768, 48000, 192000, 1, false},
      {"0b7700001440e100", 768, 48000, 192000, 6, true},
      {"0b7700005440e100", 834, 44100, 192000, 6, true},
      {"0b7700005540e100", 836, 44100, 192000, 6, true},
      {"0b7700009440e100", 1152, 32000, 192000, 6, true},
      {"0b77000014484000", 768, 24000, 96000, 2, false}, // half rate
  };
  for (const Case& c : cases) {
    CAPTURE(c.header);
    const auto bytes = from_hex(c.header);
    CHECK(measure(Codec::Ac3, bytes)->size == c.size);
    const AudioFrame frame = parse(Codec::Ac3, bytes);
    CHECK(frame.kind == AudioFrame::Kind::Programme);
    CHECK(frame.format == AudioFormat{Codec::Ac3, AudioProfile::Unknown, c.rate,
                                      static_cast<std::uint8_t>(c.channels), c.lfe});
    CHECK(frame.bitrate == c.bitrate);
  }
  // No sync, reserved rate, reserved size, unknown version.
  for (const char* hex : {"0b7600001440", "0b770000d440", "0b7700002640", "0b7700001488"}) {
    CAPTURE(hex);
    CHECK_FALSE(measure(Codec::Ac3, from_hex(hex)).has_value());
  }
}

TEST_CASE("E-AC-3 headers") {
  const auto put = [](BitWriter& out, unsigned type, unsigned substream, unsigned rate,
                      unsigned blocks) -> BitWriter& {
    return out.u(16, 0x0b77).u(2, type).u(3, substream).u(11, 383).u(2, rate).u(2, blocks);
  };
  BitWriter two_blocks;
  put(two_blocks, 0, 0, 0, 1).u(3, 2).u(1, 0).u(5, 16).u(64, 0);
  CHECK(parse(Codec::Eac3, two_blocks.bytes()).samples == 512);
  CHECK(parse(Codec::Eac3, two_blocks.bytes()).bitrate == 768 * 8 * 48000 / 512);

  BitWriter half_rate;
  put(half_rate, 0, 0, 3, 2).u(3, 2).u(1, 0).u(5, 16).u(64, 0);
  CHECK(parse(Codec::Eac3, half_rate.bytes()).format.sample_rate == 16000);
  CHECK(parse(Codec::Eac3, half_rate.bytes()).samples == 1536);

  BitWriter other_programme;
  put(other_programme, 0, 1, 0, 3).u(3, 2).u(1, 0).u(5, 16).u(64, 0);
  CHECK(parse(Codec::Eac3, other_programme.bytes()).kind == AudioFrame::Kind::Ignored);

  // With compression word and channel map: back left and right.
  BitWriter dependent;
  put(dependent, 1, 0, 0, 3).u(3, 2).u(1, 0).u(5, 16).u(5, 31).u(1, 1).u(8, 0).u(1, 1).u(16, 0x0200).u(32, 0);
  CHECK(parse(Codec::Eac3, dependent.bytes()).kind == AudioFrame::Kind::Dependent);
  CHECK(parse(Codec::Eac3, dependent.bytes()).channel_map == 0x0200);
  CHECK(count_channels(0x0200) == 2);

  for (const auto [type, rate, blocks] : {std::array{3U, 0U, 3U}, std::array{0U, 3U, 3U}}) {
    BitWriter reserved;
    put(reserved, type, 0, rate, blocks).u(3, 2).u(1, 0).u(5, 16).u(64, 0);
    CHECK_FALSE(measure(Codec::Eac3, reserved.bytes()).has_value());
  }
}
