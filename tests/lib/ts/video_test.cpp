// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/video.hpp"

#include <doctest/doctest.h>

using namespace relevo::ts;

TEST_CASE("rates are in lowest terms") {
  CHECK(make_rational(60000, 2002) == Rational{30000, 1001});
  CHECK(make_rational(100, 4) == Rational{25, 1});
  CHECK(make_rational(0, 4) == Rational{});
  CHECK(make_rational(25, 0) == Rational{});
  CHECK(make_rational(0xffffffffULL * 4, 2) == Rational{}); // 2^33 - 2 over 1
}

TEST_CASE("profiles and levels have names") {
  struct Case {
    Codec codec;
    int profile, level;
    unsigned compatibility;
    std::string_view profile_text, level_text;
  };
  const Case cases[] = {
      {Codec::H264, 66, 30, 0x40, "Constrained Baseline", "3"},
      {Codec::H264, 66, 11, 0x10, "Baseline", "1b"},
      {Codec::H264, 77, 31, 0, "Main", "3.1"},
      {Codec::H264, 100, 11, 0x10, "High", "1.1"},
      {Codec::H264, 110, 40, 0, "High 10", "4"},
      {Codec::H264, 122, 41, 0x10, "High 4:2:2 Intra", "4.1"},
      {Codec::H264, 1, 0, 0, "", "0"},
      {Codec::H265, 1, 93, 0, "Main", "3.1"},
      {Codec::H265, 2, 120, 0, "Main 10", "4"},
      {Codec::Mpeg2Video, 4, 8, 0, "Main", "Main"},
      {Codec::Mpeg2Video, 8, 5, 0, "4:2:2", "Main"},
      {Codec::Mpeg1Video, 0, 0, 0, "", ""},
  };
  for (const Case& c : cases) {
    VideoFormat format;
    format.codec = c.codec;
    format.profile = static_cast<std::uint16_t>(c.profile);
    format.level = static_cast<std::uint16_t>(c.level);
    format.compatibility = c.compatibility;
    CAPTURE(c.profile);
    CAPTURE(c.level);
    CHECK(profile_name(format) == c.profile_text);
    CHECK(level_name(format) == c.level_text);
  }
}
