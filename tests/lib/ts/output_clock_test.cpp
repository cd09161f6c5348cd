// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/output_clock.hpp"

#include <doctest/doctest.h>

using namespace relevo::ts;

namespace {

constexpr Pcr kMs = kPcrPerSecond / 1000;

} // namespace

TEST_CASE("the first source keeps its own clock") {
  OutputClock clock;
  clock.join(0);
  CHECK(clock.advance(5'000, std::nullopt) == 5'000);
  CHECK(clock.advance(5'000 + 40 * kMs, std::nullopt) == 5'000 + 40 * kMs);
}

TEST_CASE("a joint whose own clock fits goes on with it") {
  OutputClock clock;
  clock.join(0);
  clock.advance(1'000 * kMs, std::nullopt);
  clock.join(-90 * 9'000); // the next source is 9 s ahead
  CHECK(clock.advance(10'040 * kMs, std::nullopt) == 1'040 * kMs);
}

TEST_CASE("a clock that would step back goes on, and gives the distance back within a few steps") {
  OutputClock clock;
  clock.join(0);
  Pcr last = clock.advance(10'000 * kMs, std::nullopt);
  clock.join(0);
  Pcr source = 9'300 * kMs; // 700 ms behind what was sent
  for (int i = 0; i < 60; ++i, source += 40 * kMs) {
    const Pcr value = clock.advance(source, std::nullopt);
    CHECK(value > last);
    CHECK(value - last <= 40 * kMs);
    last = value;
  }
  CHECK(last == source - 40 * kMs);
}

TEST_CASE("a clock that would leave a gap goes on, and never by more than the standard allows") {
  OutputClock clock;
  clock.join(0);
  Pcr last = clock.advance(10'000 * kMs, std::nullopt);
  clock.join(0);
  Pcr source = 10'700 * kMs;
  for (int i = 0; i < 400; ++i, source += 40 * kMs) {
    const Pcr value = clock.advance(source, std::nullopt);
    CHECK(value > last);
    CHECK(value - last <= 100 * kMs);
    last = value;
  }
  CHECK(last == source - 40 * kMs);
}

TEST_CASE("the clock stays before the earliest stamp while it is ahead of the source's") {
  OutputClock clock;
  clock.join(0);
  clock.advance(10'000 * kMs, std::nullopt);
  clock.join(0);
  const Pcr value = clock.advance(9'000 * kMs, 10'005 * kTicksPerSecond / 1000);
  CHECK(value == 10'000 * kMs + 1); // it can only stand still
  CHECK(clock.advance(9'040 * kMs, 10'060 * kTicksPerSecond / 1000) <= 10'050 * kMs);
}

TEST_CASE("a jump of the source's clock is joined") {
  OutputClock clock;
  clock.join(0);
  const Pcr last = clock.advance(10'000 * kMs, std::nullopt);
  for (const Pcr jump : {Pcr{500'000} * kMs, Pcr{1} * kMs}) {
    OutputClock copy = clock;
    CAPTURE(jump);
    const Pcr value = copy.advance(jump, std::nullopt);
    CHECK(value > last);
    CHECK(value - last <= 100 * kMs);
  }
}
