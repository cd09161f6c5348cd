// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/codec.hpp"

#include "hex.hpp"
#include "ts/descriptors.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;
using relevo::test::from_hex;

TEST_CASE("stream types and descriptors name the codec") {
  constexpr std::uint32_t kNone = 0;
  constexpr std::uint32_t kHdmv = fourcc("HDMV");
  constexpr std::uint32_t kCuei = fourcc("CUEI");
  struct Case {
    int stream_type;
    const char* descriptors;
    std::uint32_t programme;
    Codec codec;
  };
  const Case cases[] = {
      {0x01, "", kNone, Codec::Mpeg1Video},
      {0x02, "", kNone, Codec::Mpeg2Video},
      {0x03, "", kNone, Codec::MpegAudio},
      {0x04, "", kNone, Codec::MpegAudio},
      {0x0f, "", kNone, Codec::AacAdts},
      {0x11, "7c 02 58 00", kNone, Codec::AacLatm},
      {0x1b, "", kNone, Codec::H264},
      {0x1b, "", kHdmv, Codec::H264},
      {0x20, "", kNone, Codec::OtherVideo},
      {0x24, "", kNone, Codec::H265},
      {0x33, "", kNone, Codec::OtherVideo},
      {0x05, "", kNone, Codec::PrivateData},
      {0x00, "", kNone, Codec::Unknown},
      // private PES packets: DVB's descriptors, or a registration
      {0x06, "", kNone, Codec::PrivateData},
      {0x06, "6a 01 00", kNone, Codec::Ac3},
      {0x06, "0a 04 64 65 75 00 7a 01 00", kNone, Codec::Eac3},
      {0x06, "7b 01 00", kNone, Codec::OtherAudio},
      {0x06, "7c 01 58", kNone, Codec::AacLatm},
      {0x06, "7f 02 15 00", kNone, Codec::OtherAudio},
      {0x06, "7f 02 06 00", kNone, Codec::PrivateData}, // supplementary audio: no codec by itself
      {0x06, "7f 00", kNone, Codec::PrivateData},
      {0x06, "56 05 64 65 75 09 00", kNone, Codec::Teletext},
      {0x06, "45 01 00 46 05 64 65 75 09 00", kNone, Codec::Teletext},
      {0x06, "59 08 64 65 75 10 00 01 00 01", kNone, Codec::DvbSubtitle},
      {0x06, "05 04 41 43 2d 33", kNone, Codec::Ac3},
      {0x06, "05 04 4f 70 75 73", kNone, Codec::OtherAudio},
      {0x06, "05 08 42 53 53 44 00 00 00 00", kNone, Codec::OtherAudio},
      {0x06, "05 04 48 45 56 43", kNone, Codec::H265},
      {0x06, "05 04 4b 4c 56 41", kNone, Codec::PrivateData}, // KLV
      {0x06, "05 04 4b 4c 56 41 6a 01 00", kNone, Codec::Ac3},
      // timed metadata
      {0x15, "26 0d ff ff 49 44 33 20 ff 49 44 33 20 00 0f", kNone, Codec::Id3},
      {0x15, "05 04 49 44 33 20", kNone, Codec::Id3},
      {0x15, "", kNone, Codec::PrivateData},
      // ATSC, SCTE and HDMV share the user private range
      {0x80, "", kNone, Codec::Mpeg2Video},
      {0x80, "", kHdmv, Codec::OtherAudio},
      {0x81, "", kNone, Codec::Ac3},
      {0x81, "", kHdmv, Codec::Ac3},
      {0x82, "", kHdmv, Codec::OtherAudio},
      {0x82, "", kNone, Codec::PrivateData},
      {0x84, "", kHdmv, Codec::Eac3},
      {0x86, "", kHdmv, Codec::OtherAudio},
      {0x86, "", kCuei, Codec::Scte35},
      {0x86, "05 04 43 55 45 49", kNone, Codec::Scte35},
      {0x86, "05 04 43 55 45 49", kHdmv, Codec::Scte35},
      {0x86, "", kNone, Codec::Scte35},
      {0x87, "", kNone, Codec::Eac3},
      {0x90, "", kHdmv, Codec::PrivateData},
      {0xea, "", kNone, Codec::OtherVideo},
      {0xc0, "", kNone, Codec::PrivateData},
      {0xc0, "05 04 45 41 43 33", kNone, Codec::Eac3},
  };
  for (const Case& c : cases) {
    CAPTURE(c.stream_type);
    CAPTURE(c.descriptors);
    CAPTURE(c.programme);
    CHECK(classify(static_cast<std::uint8_t>(c.stream_type), from_hex(c.descriptors), c.programme) ==
          c.codec);
  }
}

TEST_CASE("every codec has a part to play and a name") {
  struct Case {
    Codec codec;
    Role role;
    std::string_view name;
  };
  const Case cases[] = {
      {Codec::Unknown, Role::Data, "unknown"},
      {Codec::Mpeg2Video, Role::Video, "MPEG-2 video"},
      {Codec::H264, Role::Video, "H.264"},
      {Codec::OtherVideo, Role::Video, "other video"},
      {Codec::Eac3, Role::Audio, "E-AC-3"},
      {Codec::OtherAudio, Role::Audio, "other audio"},
      {Codec::Teletext, Role::Teletext, "teletext"},
      {Codec::DvbSubtitle, Role::Subtitle, "DVB subtitles"},
      {Codec::Scte35, Role::Splice, "SCTE-35"},
      {Codec::Id3, Role::Metadata, "ID3"},
      {Codec::PrivateData, Role::Data, "private data"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    CHECK(role_of(c.codec) == c.role);
    CHECK(name_of(c.codec) == c.name);
  }
}

TEST_CASE("sections and PES packets are told apart by the PMT") {
  for (const std::uint8_t type : {0x05, 0x08, 0x0a, 0x0d, 0x14, 0x16, 0x17, 0x18})
    CHECK(carries_sections(type, classify(type, {}, 0)));
  for (const std::uint8_t type : {0x02, 0x06, 0x0f, 0x15, 0x1b, 0x24})
    CHECK_FALSE(carries_sections(type, classify(type, {}, 0)));
  CHECK(carries_sections(0x86, Codec::Scte35));
}
