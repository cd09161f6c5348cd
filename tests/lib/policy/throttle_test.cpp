// SPDX-License-Identifier: LGPL-2.1-or-later
#include "policy/throttle.hpp"

#include <doctest/doctest.h>

using namespace relevo::policy;
using namespace std::chrono_literals;

TEST_CASE("media may be ahead by so much, then waits for real time") {
  Throttle throttle(2s);
  const Time begin = Time{} + 5s;
  CHECK(throttle.wait(0s, begin) == 0s);
  CHECK(throttle.wait(2s, begin) == 0s);
  CHECK(throttle.wait(2500ms, begin) == 500ms);
  CHECK(throttle.wait(2500ms, begin + 400ms) == 96ms);
  CHECK(throttle.wait(2500ms, begin + 500ms) == 0s);
  CHECK(throttle.wait(0s, begin + 1h) == 0s);
}

TEST_CASE("a clock that is a little fast is not held back for good") {
  Throttle throttle(2s);
  static_cast<void>(throttle.wait(0s, Time{}));
  CHECK(throttle.wait(24h + 20s, Time{} + 24h) == 0s);
}
