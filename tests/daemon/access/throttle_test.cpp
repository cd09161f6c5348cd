// SPDX-License-Identifier: LGPL-2.1-or-later
#include "access/damper.hpp"
#include "access/throttle.hpp"

#include <doctest/doctest.h>

using namespace relevo::access;
using namespace std::chrono_literals;

namespace {

Moment at(std::chrono::milliseconds time) {
  return Moment(1h + time);
}

} // namespace

TEST_CASE("who fails again and again waits twice as long each time") {
  Throttle throttle({.free = 3, .first = 2s, .longest = 10s, .memory = 60s});
  for (int i = 0; i < 3; ++i) {
    CHECK(throttle.wait("a", at(0s)) == 0s);
    throttle.fail("a", at(0s));
  }
  CHECK(throttle.wait("a", at(0s)) == 0s);
  auto now = 0s;
  for (const auto wait : {2s, 4s, 8s, 10s, 10s}) {
    throttle.fail("a", at(now));
    CHECK(throttle.wait("a", at(now)) == wait);
    CHECK(throttle.wait("a", at(now + wait - 1ms)) == 1ms);
    now += wait;
    CHECK(throttle.wait("a", at(now)) == 0s);
  }
  CHECK(throttle.wait("b", at(now)) == 0s);
  throttle.fail("a", at(now + 61s)); // the first one again
  CHECK(throttle.wait("a", at(now + 61s)) == 0s);
}

TEST_CASE("tries at once count, and what was right does not") {
  Throttle throttle({.free = 1, .first = 2s});
  throttle.fail("a", at(0s));
  throttle.fail("a", at(0s)); // while the first is looked at
  CHECK(throttle.wait("a", at(0s)) == 2s);
  throttle.undo("a");
  CHECK(throttle.wait("a", at(0s)) == 0s);
  throttle.fail("a", at(0s)); // what failed before is not forgotten
  CHECK(throttle.wait("a", at(0s)) == 2s);
  throttle.forget("a");
  CHECK(throttle.size() == 0);
  throttle.fail("a", at(0s));
  throttle.undo("a");
  throttle.undo("a");
  CHECK(throttle.size() == 0);
}

TEST_CASE("very many who fail cost no more memory, and a wait has an end") {
  Throttle throttle({.free = 0, .first = 1s, .longest = 900s, .most = 100});
  for (int i = 0; i < 1000; ++i)
    throttle.fail(std::to_string(i), at(std::chrono::milliseconds(i)));
  CHECK(throttle.size() == 100);
  CHECK(throttle.wait("0", at(1s)) == 0s);
  CHECK(throttle.wait("999", at(1s)) > 0s);
  for (int i = 0; i < 200; ++i)
    throttle.fail("999", at(1s));
  CHECK(throttle.wait("999", at(1s)) == 900s);
}

TEST_CASE("of what happens very often, a few are told") {
  Damper damper({.window = 60s, .kinds = 2});
  CHECK(damper.pass("a", at(0s)));
  CHECK_FALSE(damper.pass("a", at(1s)));
  CHECK(damper.pass("b", at(2s)));
  CHECK_FALSE(damper.pass("c", at(3s)));
  CHECK_FALSE(damper.pass("c", at(59s)));
  CHECK(damper.pass("c", at(60s)));
  CHECK(damper.take_dropped() == 3);
  CHECK(damper.take_dropped() == 0);
}
