// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/h265.hpp"

#include "bit_writer.hpp"
#include "hex.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;
using relevo::test::BitWriter;
using relevo::test::from_hex;

namespace {

// What of an SPS the cases vary; the rest is plain 1920x1088 of 8 bits.
struct SpsPlan {
  unsigned sub_layers_minus1 = 0;
  bool interlaced_source = false;
  unsigned chroma_format = 1;
  unsigned depth_minus8 = 0;
  unsigned width = 1920;
  unsigned height = 1088;
  unsigned crop_bottom = 0;
  bool scaling_lists = false;
  bool pcm = false;
  bool ref_pic_sets = false;
  bool field_sequence = false;
};

void put_profile(BitWriter& out, const SpsPlan& plan) {
  out.u(2, 0).u(1, 1).u(5, 2).u(32, 0x20000000).u(1, !plan.interlaced_source).u(1, plan.interlaced_source);
  out.u(46, 0).u(8, 123);
  if (plan.sub_layers_minus1 == 0) return;
  for (unsigned i = 0; i < plan.sub_layers_minus1; ++i)
    out.u(1, i == 0).u(1, 1);
  out.u(2 * (8 - plan.sub_layers_minus1), 0);
  for (unsigned i = 0; i < plan.sub_layers_minus1; ++i) {
    if (i == 0) out.u(64, ~0ULL).u(24, 0);
    out.u(8, 90);
  }
}

void put_scaling_lists(BitWriter& out) {
  for (unsigned size = 0; size < 4; ++size) {
    for (unsigned matrix = 0; matrix < 6; matrix += size == 3 ? 3 : 1) {
      out.u(1, matrix == 0);
      if (matrix != 0) {
        out.ue(1);
        continue;
      }
      if (size > 1) out.se(4);
      for (unsigned i = 0; i < (size == 0 ? 16U : 64U); ++i)
        out.se(static_cast<int>(i % 5) - 2);
    }
  }
}

void put_ref_pic_sets(BitWriter& out) {
  out.ue(3);
  out.ue(2).ue(1).ue(0).u(1, 1).ue(1).u(1, 0).ue(0).u(1, 1); // two before, one after
  // Predicted from it: four flags, of which the second picture is neither used nor kept: three pictures again
  // …
  out.u(1, 1).u(1, 0).ue(0).u(1, 1).u(2, 0).u(2, 1).u(1, 1);
  // … so that this one has four flags too.
  out.u(1, 1).u(1, 1).ue(3).u(4, 0xf);
  out.u(1, 1).ue(2).u(8, 17).u(1, 1).u(8, 34).u(1, 0); // long-term pictures, orders of eight bits
}

std::vector<std::byte> make_sps(const SpsPlan& plan) {
  BitWriter out;
  out.u(16, 0x4201).u(4, 5).u(3, plan.sub_layers_minus1).u(1, 1);
  put_profile(out, plan);
  out.ue(7).ue(plan.chroma_format);
  if (plan.chroma_format == 3) out.u(1, 0);
  out.ue(plan.width).ue(plan.height).u(1, plan.crop_bottom != 0);
  if (plan.crop_bottom != 0) out.ue(0).ue(0).ue(0).ue(plan.crop_bottom);
  out.ue(plan.depth_minus8).ue(plan.depth_minus8).ue(4).u(1, 1);
  for (unsigned i = 0; i <= plan.sub_layers_minus1; ++i)
    out.ue(4).ue(2).ue(5);
  out.ue(0).ue(3).ue(0).ue(3).ue(1).ue(1);
  out.u(1, plan.scaling_lists);
  if (plan.scaling_lists) {
    out.u(1, 1);
    put_scaling_lists(out);
  }
  out.u(2, 3).u(1, plan.pcm);
  if (plan.pcm) out.u(8, 0x77).ue(0).ue(2).u(1, 1);
  if (plan.ref_pic_sets) {
    put_ref_pic_sets(out);
  } else {
    out.ue(0).u(1, 0);
  }
  out.u(2, 3);
  // Usability: extended aspect ratio, overscan, colours, chroma position, display window, timing of 50.
  out.u(1, 1).u(1, 1).u(8, 255).u(32, 0x00400021).u(2, 3).u(1, 1).u(4, 10).u(1, 1).u(24, 0x010101);
  out.u(1, 1).ue(0).ue(1).u(1, 0).u(1, plan.field_sequence).u(1, 1);
  out.u(1, 1).ue(0).ue(0).ue(0).ue(0).u(1, 1).u(32, 1).u(32, 50).u(1, 0);
  return out.unit();
}

} // namespace

TEST_CASE("sequence parameter sets of every shape") {
  struct Case {
    const char* name;
    SpsPlan plan;
    int height;
    bool interlaced;
    Rational rate;
  };
  const Case cases[] = {
      {"plain", {}, 1088, false, {50, 1}},
      {"cropped", {.crop_bottom = 4}, 1080, false, {50, 1}},
      {"sub-layers", {.sub_layers_minus1 = 3, .crop_bottom = 4}, 1080, false, {50, 1}},
      {"interlaced source in frames", {.interlaced_source = true}, 1088, true, {50, 1}},
      {"a sequence of fields",
       {.interlaced_source = true, .height = 540, .field_sequence = true},
       1080,
       true,
       {25, 1}},
      {"4:2:2", {.chroma_format = 2, .depth_minus8 = 2, .crop_bottom = 8}, 1080, false, {50, 1}},
      {"4:4:4", {.chroma_format = 3, .depth_minus8 = 4, .crop_bottom = 8}, 1080, false, {50, 1}},
      {"scaling lists and PCM", {.scaling_lists = true, .pcm = true}, 1088, false, {50, 1}},
      {"reference picture sets", {.ref_pic_sets = true}, 1088, false, {50, 1}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const auto sps = h265::parse_sps(make_sps(c.plan));
    REQUIRE(sps.has_value());
    CHECK(sps->id == 7);
    CHECK(sps->vps_id == 5);
    CHECK(sps->format.profile == 2);
    CHECK(sps->format.level == 123);
    CHECK(sps->format.high_tier);
    CHECK(sps->format.width == 1920);
    CHECK(sps->format.height == c.height);
    CHECK(sps->format.interlaced == c.interlaced);
    CHECK(sps->format.frame_rate == c.rate);
    CHECK(sps->format.bit_depth == 8 + c.plan.depth_minus8);
    CHECK(sps->format.chroma_format == c.plan.chroma_format);
  }
}

TEST_CASE("sequence parameter sets that cannot be are refused") {
  const SpsPlan plans[] = {
      {.sub_layers_minus1 = 7}, {.chroma_format = 4}, {.depth_minus8 = 9}, {.width = 20000},
      {.height = 20000},        {.crop_bottom = 544}, {.width = 0},        {.crop_bottom = 0xfffffffe},
  };
  for (const SpsPlan& plan : plans)
    CHECK_FALSE(h265::parse_sps(make_sps(plan)).has_value());
  CHECK_FALSE(h265::parse_sps({}).has_value());
  // Of x265 3.5 with multi-pass-opt-rps=1, which writes nonsense for reference picture sets: decoders refuse
  // it too.
  const auto nonsense = from_hex(
      "42010101600000030090000003000003005aa0050201696595964932124400001b000003000003000003000003005800"
      "014090004c00034000090001e02d0100000303e90000ea6008");
  CHECK_FALSE(h265::parse_sps(nonsense).has_value());
}

TEST_CASE("the slice type lies behind the reserved bits that the PPS announces") {
  const h265::Pps plain{1, 0, 0};
  const h265::Pps reserved{1, 0, 3};
  const auto slice = BitWriter().u(16, 0x0201).u(1, 1).ue(1).ue(1).unit();
  CHECK(h265::parse_slice_pps_id(slice) == 1);
  CHECK(h265::parse_slice_type(slice, plain) == PictureType::P);
  const auto extended = BitWriter().u(16, 0x0201).u(1, 1).ue(1).u(3, 5).ue(0).unit();
  CHECK(h265::parse_slice_type(extended, reserved) == PictureType::B);
  const auto random_access = BitWriter().u(16, 0x2a01).u(1, 1).u(1, 0).ue(1).ue(2).unit();
  CHECK(h265::parse_slice_type(random_access, plain) == PictureType::I);
  const auto later_segment = BitWriter().u(16, 0x0201).u(1, 0).ue(1).u(8, 1).unit();
  CHECK_FALSE(h265::parse_slice_pps_id(later_segment).has_value());
  CHECK(h265::parse_slice_type(later_segment, plain) == PictureType::Unknown);
  CHECK_FALSE(h265::parse_slice_pps_id({}).has_value());
}

TEST_CASE("random access by NAL type") {
  struct Case {
    unsigned type;
    bool random_access, leading_possible;
  };
  const Case cases[] = {
      {1, false, false}, {9, false, false}, {16, true, true}, {17, true, false},  {18, true, false},
      {19, true, false}, {20, true, false}, {21, true, true}, {22, false, false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.type);
    h265::HeadReader reader;
    PictureContext context;
    CHECK_FALSE(reader.take(make_sps({}), context));
    CHECK_FALSE(reader.take(BitWriter().u(16, 0x4401).ue(1).ue(7).u(5, 0).unit(), context));
    BitWriter slice;
    slice.u(8, c.type << 1).u(8, 1).u(1, 1);
    if (c.type >= 16) slice.u(1, 0);
    CHECK(reader.take(slice.ue(1).ue(2).unit(), context));
    CHECK(context.head.type == PictureType::I);
    CHECK(context.head.random_access == c.random_access);
    CHECK(context.head.leading_possible == c.leading_possible);
    CHECK_FALSE(context.head.needs_parameter_sets);
  }
}

TEST_CASE("units of enhancement layers are passed over") {
  h265::HeadReader reader;
  PictureContext context;
  CHECK_FALSE(reader.take(from_hex("4209 01016000000300900000030000030078"), context));
  CHECK_FALSE(reader.take(from_hex("0209 d0"), context));
  CHECK_FALSE(reader.take(from_hex("02"), context));
  CHECK_FALSE(context.format.has_value());
}
