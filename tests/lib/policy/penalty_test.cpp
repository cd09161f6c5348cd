// SPDX-License-Identifier: LGPL-2.1-or-later
// Penalties, ranking, back-off.
#include "policy/penalty.hpp"

#include "policy/backoff.hpp"
#include "policy/ranking.hpp"
#include "stage.hpp"

#include <array>
#include <doctest/doctest.h>
#include <limits>
#include <set>

using namespace relevo::policy;
using test::seconds;

namespace {

constexpr Duration kHalfLife = std::chrono::minutes{5};
constexpr Time kBegin{seconds(1000)};

} // namespace

TEST_CASE("a penalty halves with every half-life") {
  Penalty penalty(kHalfLife, 4, kBegin);
  CHECK(penalty.points(kBegin) == doctest::Approx(4));
  CHECK(penalty.points(kBegin + kHalfLife) == doctest::Approx(2));
  CHECK(penalty.points(kBegin + 3 * kHalfLife) == doctest::Approx(0.5));
  penalty.add(1, kBegin + kHalfLife);
  CHECK(penalty.points(kBegin + kHalfLife) == doctest::Approx(3));
  CHECK(penalty.points(kBegin + 2 * kHalfLife) == doctest::Approx(1.5));
}

TEST_CASE("a penalty has bounds") {
  CHECK(Penalty(kHalfLife, 1e9, kBegin).points(kBegin) == Penalty::kMost);
  CHECK(Penalty(kHalfLife, -3, kBegin).points(kBegin) == 0);
  CHECK(Penalty(kHalfLife, std::numeric_limits<double>::quiet_NaN(), kBegin).points(kBegin) == 0);
  Penalty penalty(kHalfLife, 0, kBegin);
  for (int i = 0; i < 100; ++i)
    penalty.add(2, kBegin);
  CHECK(penalty.points(kBegin) == Penalty::kMost);
}

TEST_CASE("one point counts for one half-life") {
  const Penalty penalty(kHalfLife, 1, kBegin);
  CHECK(penalty.level(kBegin + kHalfLife - seconds(1)) == 1);
  CHECK(penalty.level(kBegin + kHalfLife + seconds(1)) == 0);
}

TEST_CASE("the next drop is when the level is lower, and not before") {
  for (const double points : {0.5, 0.75, 1.0, 2.0, 2.49999, 3.7, 8.0}) {
    CAPTURE(points);
    const Penalty penalty(kHalfLife, points, kBegin);
    Time now = kBegin;
    while (const auto drop = penalty.next_drop(now)) {
      REQUIRE(*drop > now);
      CHECK(penalty.level(*drop) == penalty.level(now) - 1);
      if (*drop - now > seconds(0.01)) CHECK(penalty.level(*drop - seconds(0.01)) == penalty.level(now));
      now = *drop;
    }
    CHECK(penalty.level(now) == 0);
  }
}

TEST_CASE("what a failure costs") {
  const auto cost = [](Failure failure, int status = 0) { return penalty_of({failure, status, {}, {}}); };
  CHECK(cost(Failure::SlotRefused) < cost(Failure::Stalled));
  CHECK(cost(Failure::Stalled) < cost(Failure::Refused));
  CHECK(cost(Failure::Status, 404) == cost(Failure::Refused));
  CHECK(cost(Failure::Status, 403) == cost(Failure::Refused));
  CHECK(cost(Failure::Status, 503) == cost(Failure::Stalled));
  CHECK(cost(Failure::Status, 429) == cost(Failure::Stalled));
}

TEST_CASE("every failure costs a level and has a name of its own") {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Failure::NoVideo); ++i) {
    const auto failure = static_cast<Failure>(i);
    CHECK(Penalty(kHalfLife, penalty_of({failure, 0, {}, {}}), kBegin).level(kBegin) >= 1);
    CHECK(names.insert(name_of(failure)).second);
  }
  for (int i = 0; i <= static_cast<int>(Reason::Return); ++i)
    CHECK(names.insert(name_of(static_cast<Reason>(i))).second);
}

TEST_CASE("ranking is the order of the list, shifted by penalties") {
  using Order = std::vector<std::size_t>;
  CHECK(rank({}).empty());
  CHECK(rank(std::array{0, 0, 0}) == Order{0, 1, 2});
  CHECK(rank(std::array{1, 0, 0}) == Order{1, 2, 0});
  CHECK(rank(std::array{2, 1, 2, 0}) == Order{3, 1, 0, 2});
}

TEST_CASE("waits double up to the longest") {
  Backoff backoff({seconds(1), seconds(5)});
  for (const double wait : {1.0, 2.0, 4.0, 5.0, 5.0})
    CHECK(backoff.next() == seconds(wait));
  backoff.reset();
  CHECK(backoff.next() == seconds(1));
}
