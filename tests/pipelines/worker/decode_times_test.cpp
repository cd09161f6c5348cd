// SPDX-License-Identifier: LGPL-2.1-or-later
#include "decode_times.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace relevo::worker;
using namespace std::chrono_literals;
using Time = DecodeTimes::Time;

namespace {

std::vector<Time> decode_times_of(const std::vector<Time>& shown) {
  DecodeTimes times;
  std::vector<Time> out;
  for (const Time time : shown)
    out.push_back(times.next(time, 40ms));
  return out;
}

} // namespace

TEST_CASE("pictures in the order in which they are shown are decoded four pictures before") {
  CHECK(decode_times_of({1000ms, 1040ms, 1080ms}) == std::vector<Time>{840ms, 880ms, 920ms});
}

TEST_CASE("decode times rise and are not behind the times at which pictures are shown") {
  // I P B B, and a pyramid of three that are decoded before they are shown.
  const std::vector<std::vector<Time>> orders{
      {1000ms, 1120ms, 1040ms, 1080ms, 1240ms, 1160ms, 1200ms, 1360ms, 1280ms, 1320ms},
      {1000ms, 1160ms, 1080ms, 1040ms, 1120ms, 1320ms, 1240ms, 1200ms, 1280ms, 1480ms},
      {1003ms, 1118ms, 1041ms, 1077ms, 1242ms, 1158ms, 1201ms}, // as RTP tells it
  };
  for (const auto& shown : orders) {
    const auto decoded = decode_times_of(shown);
    for (std::size_t i = 0; i < shown.size(); ++i) {
      CAPTURE(i);
      CHECK(decoded[i] <= shown[i]);
      if (i != 0) CHECK(decoded[i] > decoded[i - 1]);
    }
  }
}

TEST_CASE("they rise also where more pictures are reordered than anyone does") {
  std::vector<Time> shown{1000ms};
  for (int back = 10; back > 0; --back)
    shown.push_back(1000ms + back * 40ms);
  const auto decoded = decode_times_of(shown);
  for (std::size_t i = 1; i < shown.size(); ++i)
    CHECK(decoded[i] > decoded[i - 1]);
}

TEST_CASE("a jump of time begins anew") {
  CHECK(decode_times_of({1000ms, 1040ms, 9000ms, 9040ms, 500ms}) ==
        std::vector<Time>{840ms, 880ms, 8840ms, 8880ms, 340ms});
}

TEST_CASE("without a duration it is as of 25 pictures in a second") {
  DecodeTimes times;
  CHECK(times.next(1000ms, 0ms) == 840ms);
}
