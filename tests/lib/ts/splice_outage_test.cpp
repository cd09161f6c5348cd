// SPDX-License-Identifier: LGPL-2.1-or-later
// Sources of which a part stops before they are left.
#include "splice_output.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;
using namespace relevo::test;

namespace {

/// Television whose pictures stop, while its sound and its clock go on for so many frames.
TsBuilder without_pictures(int frames) {
  constexpr int kPictures = 30;
  TsBuilder stream = television(kStart, kPictures);
  for (int i = kPictures; i < kPictures + frames; ++i) {
    const Ticks dts = kStart + i * kPicture;
    stream.pcr(kVideoPid, (dts - kLead) * kPcrPerTick);
    add_sound(stream, dts);
  }
  return stream;
}

} // namespace

TEST_CASE("where sound went on without pictures, the next source begins where the clock is") {
  constexpr int kFrames = 20;
  for (const bool other_sound : {false, true}) {
    CAPTURE(other_sound);
    TsBuilder next;
    if (other_sound) next.pmt.streams[1].stream_type = 0x81; // AC-3
    add_television(next, kStart, 30);
    const Output output = splice({without_pictures(kFrames).bytes, next.bytes});
    CHECK(output.violations() == "");
    const auto shown = output.pts(kOutVideo);
    REQUIRE(shown.size() == 60);
    const Ticks clock = kStart + (30 + kFrames) * kPicture - kLead;
    CHECK(shown[30] > clock);
    CHECK(shown[30] < clock + 4 * kPicture);
    CHECK(shown[31] == shown[30] + kPicture);
  }
}
