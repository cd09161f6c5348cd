// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/mpeg2.hpp"

#include "bit_writer.hpp"
#include "hex.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;
using relevo::test::BitWriter;
using relevo::test::from_hex;

TEST_CASE("a sequence extension widens what the header says") {
  const auto header = mpeg2::parse_sequence_header(
      BitWriter().u(8, 0xb3).u(12, 0x780).u(12, 0x038).u(4, 3).u(4, 4).u(18, 1).u(1, 1).u(13, 0).bytes());
  REQUIRE(header.has_value());
  CHECK(header->codec == Codec::Mpeg1Video);
  CHECK(header->frame_rate == Rational{30000, 1001});
  const auto extension = BitWriter()
                             .u(8, 0xb5)
                             .u(4, 1)
                             .u(1, 1)
                             .u(3, 0)
                             .u(4, 2)
                             .u(1, 1)
                             .u(2, 2)
                             .u(2, 0)
                             .u(2, 1)
                             .u(22, 0)
                             .u(2, 1)
                             .u(5, 0)
                             .bytes();
  const auto format = mpeg2::parse_sequence_extension(extension, *header);
  REQUIRE(format.has_value());
  CHECK(format->codec == Codec::Mpeg2Video);
  CHECK(format->width == 1920);
  CHECK(format->height == 0x1038);
  CHECK(format->chroma_format == 2);
  CHECK_FALSE(format->interlaced);
  CHECK(format->frame_rate == Rational{60000, 1001});
  CHECK(profile_name(*format) == "4:2:2");
  CHECK(level_name(*format) == "High");
}

TEST_CASE("headers that cannot be are refused") {
  for (const char* hex : {"b3", "b3 000240 13 ffffe1a0", "b3 2d0000 13 ffffe1a0", "b3 2d0240 13 ffffc1a0",
                          "b3 2d0240 13 ffff"}) {
    CAPTURE(hex);
    CHECK_FALSE(mpeg2::parse_sequence_header(from_hex(hex)).has_value());
  }
  VideoFormat header;
  CHECK_FALSE(mpeg2::parse_sequence_extension(from_hex("b5 2482000100"), header).has_value());
  CHECK_FALSE(mpeg2::parse_sequence_extension(from_hex("b5 14820001"), header).has_value());
  CHECK(mpeg2::parse_picture_type(from_hex("00 00 00")) == PictureType::Unknown);
  CHECK(mpeg2::parse_picture_type(from_hex("00 00")) == PictureType::Unknown);
}

TEST_CASE("kept headers follow the newest sequence") {
  mpeg2::HeadReader reader;
  PictureContext context;
  reader.take(from_hex("b3 2d0240 13 ffffe1a0"), context);
  reader.take(from_hex("b5 148200010000"), context);
  reader.take(from_hex("b5 2302020204"), context);
  const auto kept = context.sets.bytes();
  CHECK(std::vector(kept.begin(), kept.end()) ==
        from_hex("00000001 b3 2d0240 13 ffffe1a0 00000001 b5 148200010000 00000001 b5 2302020204"));
  // A sequence of MPEG-1: the extensions of the other are no part of it.
  context.sets.begin_unit();
  reader.take(from_hex("b3 160120 13 ffffe088"), context);
  CHECK(context.format->codec == Codec::Mpeg1Video);
  const auto now = context.sets.bytes();
  CHECK(std::vector(now.begin(), now.end()) == from_hex("00000001 b3 160120 13 ffffe088"));
}
