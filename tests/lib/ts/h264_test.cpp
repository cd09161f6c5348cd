// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/h264.hpp"

#include "bit_writer.hpp"
#include "hex.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;
using relevo::test::BitWriter;
using relevo::test::from_hex;

namespace {

// What of an SPS the cases vary; the rest is plain 1920x1088 progressive.
struct SpsPlan {
  unsigned profile = 100;
  unsigned chroma_format = 1;
  bool separate_planes = false;
  unsigned depth_minus8 = 0;
  bool scaling_lists = false;
  unsigned order_type = 0;
  unsigned columns = 120;
  unsigned map_rows = 68;
  bool frame_mbs_only = true;
  unsigned crop_right = 0;
  unsigned crop_bottom = 0;
};

std::vector<std::byte> make_sps(const SpsPlan& plan) {
  BitWriter out;
  out.u(8, 0x67).u(8, plan.profile).u(8, 0).u(8, 40).ue(3).ue(plan.chroma_format);
  if (plan.chroma_format == 3) out.u(1, plan.separate_planes);
  out.ue(plan.depth_minus8).ue(plan.depth_minus8).u(1, 0).u(1, plan.scaling_lists);
  if (plan.scaling_lists) {
    const unsigned lists = plan.chroma_format == 3 ? 12 : 8;
    for (unsigned i = 0; i < lists; ++i) {
      out.u(1, i != 1);
      if (i == 1) continue;
      if (i == 2) {
        out.se(-8); // the next scale is 0: the list ends here
        continue;
      }
      for (unsigned j = 0; j < (i < 6 ? 16U : 64U); ++j)
        out.se(j % 2 == 0 ? 3 : -2);
    }
  }
  out.ue(4).ue(plan.order_type);
  if (plan.order_type == 0) out.ue(2);
  if (plan.order_type == 1) out.u(1, 0).se(-3).se(7).ue(2).se(1).se(-1);
  out.ue(4).u(1, 0).ue(plan.columns - 1).ue(plan.map_rows - 1).u(1, plan.frame_mbs_only);
  if (!plan.frame_mbs_only) out.u(1, 0);
  out.u(1, 1);
  const bool crop = plan.crop_right != 0 || plan.crop_bottom != 0;
  out.u(1, crop);
  if (crop) out.ue(0).ue(plan.crop_right).ue(0).ue(plan.crop_bottom);
  // Usability: extended aspect ratio, overscan, colours, chroma position, timing of 50 fields.
  out.u(1, 1).u(1, 1).u(8, 255).u(32, 0x00400021).u(2, 3).u(1, 1).u(4, 10).u(1, 1).u(24, 0x010101);
  out.u(1, 1).ue(0).ue(1).u(1, 1).u(32, 1).u(32, 50).u(1, 1);
  return out.unit();
}

} // namespace

TEST_CASE("sequence parameter sets of every shape") {
  struct Case {
    const char* name;
    SpsPlan plan;
    int width, height;
    bool interlaced;
  };
  const Case cases[] = {
      {"plain", {}, 1920, 1088, false},
      {"cropped", {.crop_bottom = 4}, 1920, 1080, false},
      {"interlaced: cropping counts field lines",
       {.map_rows = 34, .frame_mbs_only = false, .crop_bottom = 2},
       1920,
       1080,
       true},
      {"4:2:2",
       {.profile = 122, .chroma_format = 2, .depth_minus8 = 2, .crop_right = 8, .crop_bottom = 8},
       1904,
       1080,
       false},
      {"4:4:4 in planes",
       {.profile = 244, .chroma_format = 3, .separate_planes = true, .crop_right = 8, .crop_bottom = 8},
       1912,
       1080,
       false},
      {"scaling lists", {.scaling_lists = true}, 1920, 1088, false},
      {"scaling lists, 4:4:4",
       {.profile = 244, .chroma_format = 3, .scaling_lists = true},
       1920,
       1088,
       false},
      {"monochrome", {.chroma_format = 0, .crop_bottom = 8}, 1920, 1080, false},
      {"picture order by cycle", {.order_type = 1}, 1920, 1088, false},
      {"picture order as output", {.order_type = 2}, 1920, 1088, false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const auto sps = h264::parse_sps(make_sps(c.plan));
    REQUIRE(sps.has_value());
    CHECK(sps->id == 3);
    CHECK(sps->frame_num_bits == 8);
    CHECK(sps->format.width == c.width);
    CHECK(sps->format.height == c.height);
    CHECK(sps->format.interlaced == c.interlaced);
    CHECK(sps->format.frame_rate == Rational{25, 1});
    CHECK(sps->format.bit_depth == 8 + c.plan.depth_minus8);
    CHECK(sps->format.chroma_format == c.plan.chroma_format);
  }
}

TEST_CASE("sequence parameter sets that cannot be are refused") {
  const SpsPlan plans[] = {
      {.columns = 1025},    {.map_rows = 1025},
      {.crop_bottom = 544}, {.crop_right = 0xfffffffe, .crop_bottom = 0xfffffffe},
      {.chroma_format = 4}, {.depth_minus8 = 7},
      {.order_type = 3},
  };
  for (const SpsPlan& plan : plans)
    CHECK_FALSE(h264::parse_sps(make_sps(plan)).has_value());
  CHECK_FALSE(h264::parse_sps({}).has_value());
}

TEST_CASE("a sequence parameter set cut off anywhere is refused or read without its rate") {
  const auto whole = make_sps({.crop_bottom = 4});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto sps = h264::parse_sps(Bytes{whole}.first(size));
    if (sps) CHECK(sps->format.height == 1080);
  }
}

TEST_CASE("a recovery point is found among the messages of its unit") {
  struct Case {
    const char* unit;
    bool found;
  };
  const Case cases[] = {
      {"06 06 01 c4 80", true},
      {"06 01 01 32 80", false},
      {"06 00 05 95d37004b3 06 01 c4 80", true},
      {"06 00 05 95d37004b3 01 02 3220 06 01 c4 80", true},
      {"06 04 03 06 01 c4 80", false},            // the bytes of a recovery point inside user data
      {"06 04 04 000003 0301 06 01 c4 80", true}, // emulation prevention does not count in a message's size
      {"06 ff 06 01 c4 80", false},               // message 261
      {"06 04 ff", false},
      {"06 06", false},
      {"06", false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.unit);
    CHECK(h264::has_recovery_point(from_hex(c.unit)) == c.found);
  }
}

TEST_CASE("slice types") {
  constexpr PictureType kTypes[] = {PictureType::P, PictureType::B, PictureType::I, PictureType::P,
                                    PictureType::I};
  for (unsigned type = 0; type < 10; ++type) {
    const auto slice = h264::parse_slice(BitWriter().u(8, 0x41).ue(40000).ue(type).ue(255).unit());
    REQUIRE(slice.has_value());
    CHECK(slice->type == kTypes[type % 5]);
    CHECK(slice->pps_id == 255);
  }
  CHECK_FALSE(h264::parse_slice(BitWriter().u(8, 0x41).ue(0).ue(10).ue(0).unit()).has_value());
  CHECK_FALSE(h264::parse_slice(BitWriter().u(8, 0x41).ue(0).ue(7).ue(256).unit()).has_value());
  CHECK_FALSE(h264::parse_pps(BitWriter().u(8, 0x68).ue(0).ue(32).unit()).has_value());
}
