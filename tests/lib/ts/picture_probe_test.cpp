// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/picture_probe.hpp"

#include "hex.hpp"
#include "picture_streams.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace relevo;
using namespace relevo::ts;
using relevo::test::from_hex;
using relevo::test::picture_streams;
using relevo::test::PictureStream;

namespace {

void feed(PictureProbe& probe, Bytes unit, std::size_t chunk) {
  probe.begin();
  while (!unit.empty()) {
    const std::size_t size = std::min(chunk, unit.size());
    probe.push(unit.first(size));
    unit = unit.subspan(size);
  }
  probe.end();
}

std::vector<std::byte> copy(Bytes bytes) {
  return {bytes.begin(), bytes.end()};
}

void check_head(const PictureHead& is, const PictureHead& expected) {
  CHECK(is.type == expected.type);
  CHECK(is.random_access == expected.random_access);
  CHECK(is.needs_parameter_sets == expected.needs_parameter_sets);
  CHECK(is.leading_possible == expected.leading_possible);
  CHECK(is.field == expected.field);
  CHECK(is.has_access_unit_delimiter == expected.has_access_unit_delimiter);
}

void check_format(const VideoFormat& is, const VideoFormat& expected) {
  CHECK(is.codec == expected.codec);
  CHECK(is.profile == expected.profile);
  CHECK(is.level == expected.level);
  CHECK(is.compatibility == expected.compatibility);
  CHECK(is.high_tier == expected.high_tier);
  CHECK(is.interlaced == expected.interlaced);
  CHECK(is.width == expected.width);
  CHECK(is.height == expected.height);
  CHECK(is.frame_rate.num == expected.frame_rate.num);
  CHECK(is.frame_rate.den == expected.frame_rate.den);
  CHECK(is.chroma_format == expected.chroma_format);
  CHECK(is.bit_depth == expected.bit_depth);
}

const PictureStream& stream_named(std::string_view name) {
  return *std::ranges::find_if(picture_streams(), [&](const PictureStream& s) { return s.name == name; });
}

} // namespace

TEST_CASE("heads and formats of real streams") {
  for (const PictureStream& stream : picture_streams()) {
    CAPTURE(stream.name);
    PictureProbe probe{stream.format.codec};
    std::size_t index = 0;
    for (const auto& unit : stream.units) {
      CAPTURE(index);
      feed(probe, from_hex(unit.hex), 4096);
      check_head(probe.head(), unit.head);
      REQUIRE(probe.format().has_value());
      if (index == 0) check_format(*probe.format(), stream.format);
      ++index;
    }
  }
}

TEST_CASE("every split of the same bytes gives the same answer") {
  for (const PictureStream& stream : picture_streams()) {
    CAPTURE(stream.name);
    for (std::size_t chunk = 1; chunk <= 184; ++chunk) {
      PictureProbe whole{stream.format.codec};
      PictureProbe split{stream.format.codec};
      for (const auto& unit : stream.units) {
        const auto bytes = from_hex(unit.hex);
        feed(whole, bytes, bytes.size());
        feed(split, bytes, chunk);
        REQUIRE(split.head() == whole.head());
        REQUIRE(split.format() == whole.format());
        REQUIRE(copy(split.parameter_sets()) == copy(whole.parameter_sets()));
      }
    }
  }
}

TEST_CASE("the head is decided inside the first slice, and the rest is not looked at") {
  const PictureStream& stream = stream_named("H.264 main");
  auto bytes = from_hex(stream.units[0].hex);
  const auto next = from_hex(stream.units[1].hex);
  bytes.insert(bytes.end(), next.begin(), next.end());
  PictureProbe probe{Codec::H264};
  probe.begin();
  CHECK_FALSE(probe.push(Bytes{bytes}.first(50)));
  CHECK(probe.push(Bytes{bytes}.subspan(50)));
  CHECK(probe.push(next));
  probe.end();
  CHECK(probe.head() == stream.units[0].head);
}

TEST_CASE("a unit cut off in its slice header is decided by what there is") {
  const PictureStream& stream = stream_named("H.264 main");
  PictureProbe probe{Codec::H264};
  feed(probe, from_hex(stream.units[0].hex), 4096);
  feed(probe, from_hex("00000001093000000001419a23"), 4096);
  CHECK(probe.head() == stream.units[1].head);
  feed(probe, from_hex("000000010930"), 4096);
  CHECK(probe.head() == PictureHead{.has_access_unit_delimiter = true});
  feed(probe, {}, 4096);
  CHECK(probe.head() == PictureHead{});
}

TEST_CASE("without parameter sets nothing is a random access point") {
  PictureProbe probe{Codec::H264};
  feed(probe, from_hex("00000001 09 10 00000001 65888400e83180050404e8e4085d54be17fc02b8015a6c19"), 4096);
  CHECK(probe.head().type == PictureType::I);
  CHECK_FALSE(probe.head().random_access);
  CHECK_FALSE(probe.format().has_value());
  CHECK(probe.parameter_sets().empty());
}

TEST_CASE("the kept parameter sets make a unit that lacks them complete") {
  const PictureStream& stream = stream_named("H.264 open GOP, recovery points");
  PictureProbe probe{Codec::H264};
  feed(probe, from_hex(stream.units[0].hex), 4096);
  feed(probe, from_hex(stream.units[3].hex), 4096);
  REQUIRE(probe.head().needs_parameter_sets);

  auto bytes = copy(probe.parameter_sets());
  const auto unit = from_hex(stream.units[3].hex);
  bytes.insert(bytes.end(), unit.begin(), unit.end());
  PictureProbe joined{Codec::H264};
  feed(joined, bytes, 4096);
  CHECK(joined.head().random_access);
  CHECK_FALSE(joined.head().needs_parameter_sets);
  CHECK(joined.format() == probe.format());
}

TEST_CASE("a changed sequence parameter set puts the picture parameter sets of the old one out of use") {
  const PictureStream& stream = stream_named("H.264 main");
  PictureProbe probe{Codec::H264};
  feed(probe, from_hex(stream.units[0].hex), 4096);
  // The sequence of another stream under the same number, and a slice that uses the old picture parameter
  // set.
  feed(probe,
       from_hex(
           "000000016764001eacb405017fcb80880000030008000003019078b175 00000001 65888411ffdae3985bd757da42"),
       4096);
  CHECK_FALSE(probe.head().random_access);
  CHECK(probe.format()->width == 640);
  CHECK(copy(probe.parameter_sets()) ==
        from_hex("000000016764001eacb405017fcb80880000030008000003019078b175"));
}

TEST_CASE("field pictures") {
  PictureProbe probe{Codec::H264};
  const PictureStream& stream = stream_named("H.264 high, interlaced");
  feed(probe, from_hex(stream.units[0].hex), 4096);
  // By hand: first macroblock 0, slice type 5 (P), PPS 0, frame number 1 of 4 bits, field: 1 00110 1 0001 1.
  feed(probe, from_hex("00000001 41 9a 38 ff ff ff ff ff"), 4096);
  CHECK(probe.head().type == PictureType::P);
  CHECK(probe.head().field);
}

TEST_CASE("bytes that are no video end the search") {
  PictureProbe probe{Codec::H264};
  const std::vector<std::byte> noise(64 * 1024, std::byte{0x55});
  probe.begin();
  CHECK(probe.push(noise));
  CHECK(probe.head() == PictureHead{});
}

TEST_CASE("a codec that the probe does not know is never waited for") {
  PictureProbe probe{Codec::OtherVideo};
  probe.begin();
  CHECK(probe.push(from_hex("00000001")));
  probe.end();
  CHECK(probe.head() == PictureHead{});
  CHECK_FALSE(probe.format().has_value());
}
