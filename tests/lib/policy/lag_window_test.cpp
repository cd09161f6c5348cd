// SPDX-License-Identifier: LGPL-2.1-or-later
// What counts as slow, and what does not.
#include "policy/lag_window.hpp"

#include "stage.hpp"

#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>
#include <optional>
#include <string>

using namespace relevo::policy;
using test::seconds;

namespace {

Time at(double value) {
  return Time{} + seconds(value);
}

/// Every period begins with 2 s of nothing.
double with_holes(double t, double period) {
  const double periods = std::floor(t / period);
  return periods * (period - 2) + std::max(0.0, t - periods * period - 2);
}

struct Profile {
  std::string name;
  double (*position)(double seconds);
  std::optional<int> late_at; // the first whole second at which it is late
};

const Profile kProfiles[] = {
    {"steady", [](double t) { return t; }, {}},
    {"a burst at the start", [](double t) { return t + 10; }, {}},
    {"1 % slow for ever", [](double t) { return t * 0.99; }, {}},
    // 12 s at 0.77 lose 2.76 s.
    {"just not slow enough", [](double t) { return t * 0.77; }, {}},
    {"half the speed", [](double t) { return t * 0.5; }, 6},
    {"stands still at 20 s", [](double t) { return std::min(t, 20.0); }, 23},
    {"a hole of 2 s", [](double t) { return t < 20 ? t : std::max(20.0, t - 2); }, {}},
    {"holes of 2 s, 20 s apart", [](double t) { return with_holes(t, 20); }, {}},
    {"holes of 2 s, 5 s apart", [](double t) { return with_holes(t, 5); }, 6},
    {"a jump forward", [](double t) { return t < 20 ? t : t + 3600; }, {}},
    {"a jump back", [](double t) { return t < 20 ? t + 3600 : t; }, {}},
};

} // namespace

TEST_CASE("late is who loses three seconds within twelve") {
  for (const Profile& profile : kProfiles) {
    CAPTURE(profile.name);
    LagWindow lag(seconds(3), seconds(12));
    lag.restart(at(0));
    std::optional<int> late_at;
    for (int tick = 0; tick <= 600 && !late_at; ++tick) {
      const double now = tick / 10.0;
      lag.add(at(now), seconds(profile.position(now)));
      if (lag.deadline() <= at(now)) late_at = static_cast<int>(std::ceil(now - 1e-9));
    }
    CHECK(late_at == profile.late_at);
  }
}

TEST_CASE("the window moves on without media") {
  LagWindow lag(seconds(3), seconds(12));
  lag.restart(at(0));
  CHECK(lag.deadline() == at(3));
  lag.add(at(1), seconds(101)); // the best moment: it is late when 3 s are lost against it
  lag.add(at(3), seconds(101.5));
  CHECK(lag.deadline() == at(4.5));
  lag.expire(at(13));
  CHECK(lag.deadline() == at(4.5));
  lag.expire(at(13.1));
  CHECK(lag.deadline() == at(6));
}

TEST_CASE("what was held is not late, and what comes behind it is judged as before") {
  LagWindow lag(seconds(3), seconds(12));
  lag.restart(at(0));
  lag.hold(seconds(1));
  CHECK(lag.deadline() == at(4));
  lag.add(at(5), seconds(100));
  lag.hold(seconds(2));
  CHECK(lag.deadline() == at(10));
  lag.add(at(7), seconds(100));
  CHECK(lag.deadline() == at(10));
}
