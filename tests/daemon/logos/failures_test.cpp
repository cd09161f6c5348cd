// SPDX-License-Identifier: LGPL-2.1-or-later
#include "logos/failures.hpp"

#include <doctest/doctest.h>

using namespace relevo::logos;
using std::chrono::minutes;

namespace {

constexpr Failures::Time kNow{minutes(1000)};

} // namespace

TEST_CASE("what failed is known until its time is over") {
  Failures failures(10);
  failures.remember("a", "404", kNow + minutes(5));
  CHECK(failures.find("a", kNow) == "404");
  CHECK_FALSE(failures.find("b", kNow));
  CHECK_FALSE(failures.find("a", kNow + minutes(5)));
  failures.remember("a", "500", kNow + minutes(10));
  CHECK(failures.find("a", kNow + minutes(5)) == "500");
}

TEST_CASE("what has just failed is known, however soon it may be tried again") {
  Failures failures(2);
  failures.remember("late", "", kNow + minutes(5));
  failures.remember("later", "", kNow + minutes(6));
  failures.remember("soon", "", kNow + minutes(1));
  CHECK(failures.find("soon", kNow));
  CHECK_FALSE(failures.find("late", kNow));
  failures.remember("soon", "again", kNow + minutes(2));
  CHECK(failures.find("later", kNow));
}

TEST_CASE("of too many the one that would end first is forgotten") {
  Failures failures(2);
  failures.remember("late", "", kNow + minutes(5));
  failures.remember("soon", "", kNow + minutes(1));
  failures.remember("later", "", kNow + minutes(6));
  CHECK_FALSE(failures.find("soon", kNow));
  CHECK(failures.find("late", kNow));
  CHECK(failures.find("later", kNow));
}
