// SPDX-License-Identifier: LGPL-2.1-or-later
// Stamps of careless and of hostile muxers: what comes out stays in order and near the clock.
#include "splice_output.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;
using namespace relevo::test;

namespace {

/// Television whose pictures have these stamps, from a picture number on for `count` pictures.
struct Stamps {
  Ticks dts, pts;
};
template <class Change>
TsBuilder television_with(int pictures, Change change) {
  TsBuilder stream;
  for (int i = 0; i < pictures; ++i) {
    const Ticks dts = kStart + i * kPicture;
    Stamps stamps{dts, dts + kPicture};
    change(i, stamps);
    if (i % kGop == 0) stream.tables();
    stream.unit(kVideoPid, 0xe0, h264_picture(i % kGop == 0), stamps.pts,
                {.dts = stamps.dts, .pcr = (dts - kLead) * kPcrPerTick});
    add_sound(stream, dts);
  }
  return stream;
}

} // namespace

TEST_CASE("DTS that step back in a source are put in order") {
  for (const Ticks back : {kPicture, 3 * kPicture, 10 * kPicture}) {
    CAPTURE(back);
    const TsBuilder a = television_with(60, [&](int i, Stamps& stamps) {
      if (i % 20 == 10) stamps = {stamps.dts - back, stamps.pts - back};
    });
    const Output output = splice({a.bytes});
    CHECK(output.violations() == "");
    CHECK(output.pts(kOutVideo).size() == 60);
  }
}

TEST_CASE("a picture is never shown before it is decoded") {
  const TsBuilder a = television_with(80, [&](int i, Stamps& stamps) {
    if (i == 10 || i == 30) stamps.pts = stamps.dts - kPicture;
  });
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() == 80);
}

TEST_CASE("pictures whose stamps step back for good catch up with the sound") {
  for (const Ticks frame : {kPicture, kPicture / 2}) {
    CAPTURE(frame);
    TsBuilder a;
    constexpr Ticks kBack = 4 * kPicture;
    for (int i = 0; i < 150; ++i) {
      const Ticks dts = kStart + i * frame - (i < 20 ? 0 : kBack);
      if (i % kGop == 0) a.tables();
      a.unit(kVideoPid, 0xe0, h264_picture(i % kGop == 0), dts + frame,
             {.dts = dts, .pcr = (kStart + i * frame - kLead) * kPcrPerTick});
    }
    const TsBuilder before = television(kStart, 30);
    const Output output = splice({before.bytes, a.bytes});
    CHECK(output.violations() == "");
    CHECK(output.pts(kOutVideo).size() == 180);
    CHECK(output.pts(kOutVideo).back() == kStart + 31 * kPicture + 149 * frame - kBack);
  }
}

TEST_CASE("a PTS far from its DTS does not move what follows") {
  for (const Ticks ahead : {20 * kTicksPerSecond, 10'000 * kTicksPerSecond, -10'000 * kTicksPerSecond}) {
    CAPTURE(ahead);
    const TsBuilder a = television_with(60, [&](int i, Stamps& stamps) {
      if (i == 40) stamps.pts = stamps.dts + ahead;
    });
    const TsBuilder b = television(kStart, 60);
    const Output output = splice({a.bytes, b.bytes});
    CHECK(output.violations() == "");
    CHECK(output.pts(kOutVideo).size() == 120);
    CHECK(output.bytes.size() < 2 * (a.bytes.size() + b.bytes.size()));
    CHECK(steps(output.pts(kOutVideo)).back() <= kTicksPerSecond);
  }
}

TEST_CASE("pictures whose stamps stand still get some that do not") {
  TsBuilder a;
  a.tables();
  for (int i = 0; i < 10; ++i) // without a DTS
    a.unit(kVideoPid, 0xe0, h264_picture(i == 0), kStart + (i - i % 2) * kPicture,
           {.pcr = (kStart + i * kPicture - kLead) * kPcrPerTick});
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() == 10);
}
