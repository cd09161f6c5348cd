// SPDX-License-Identifier: LGPL-2.1-or-later
#include "access/turnstile.hpp"

#include <doctest/doctest.h>

using namespace relevo::access;

namespace {

const auto kNothing = [] {};
constexpr std::int64_t kAnn = 1, kBob = 2, kNobody = 0;

Visit visit(std::int64_t user, const char* player, std::int64_t channel, std::size_t limit = 0) {
  return {user, player, channel, limit};
}

} // namespace

TEST_CASE("a stream counts as long as its ticket is there") {
  Turnstile turnstile(0);
  CHECK(turnstile.streams() == 0);
  auto tv = *turnstile.admit(visit(kAnn, "tv", 5, 1), kNothing);
  CHECK(turnstile.streams() == 1);
  const auto phone = turnstile.admit(visit(kAnn, "phone", 5, 1), kNothing);
  REQUIRE_FALSE(phone);
  CHECK(phone.error() == Full::User);
  CHECK(turnstile.admit(visit(kBob, "phone", 5, 1), kNothing));
  tv.reset();
  CHECK(turnstile.streams() == 0);
  CHECK(turnstile.admit(visit(kAnn, "phone", 5, 1), kNothing));
}

TEST_CASE("a player that opens four connections watches one stream") {
  Turnstile turnstile(1);
  std::vector<std::shared_ptr<void>> tickets;
  for (int i = 0; i < 4; ++i)
    tickets.push_back(turnstile.admit(visit(kAnn, "tv", 5, 1), kNothing).value());
  CHECK(turnstile.streams() == 1);
  tickets.resize(1);
  CHECK(turnstile.streams() == 1);
  CHECK_FALSE(turnstile.admit(visit(kNobody, "phone", 5), kNothing));
  tickets.clear();
  CHECK(turnstile.streams() == 0);
}

TEST_CASE("who zaps takes his place along") {
  Turnstile turnstile(0);
  int left = 0;
  auto first = *turnstile.admit(visit(kAnn, "tv", 5, 2), [&left] { left += 1; });
  auto again = *turnstile.admit(visit(kAnn, "tv", 5, 2), [&left] { left += 10; });
  auto second = *turnstile.admit(visit(kAnn, "tv", 6, 2), [&left] { left += 100; });
  auto third = *turnstile.admit(visit(kAnn, "tv", 7, 2), [&left] { left += 1000; });
  CHECK(left == 11);
  CHECK(turnstile.streams() == 2);
  first.reset(); // its connection closes late
  again.reset();
  CHECK(turnstile.streams() == 2);
  CHECK(turnstile.streams_of(kAnn) == 2);
  CHECK(turnstile.streams_of(kAnn + 1) == 0);
  CHECK_FALSE(turnstile.admit(visit(kAnn, "phone", 7, 2), kNothing));
}

TEST_CASE("a limit for all") {
  Turnstile turnstile(2);
  int left = 0;
  const auto a = turnstile.admit(visit(kNobody, "tv", 5), [&left] { ++left; });
  const auto b = turnstile.admit(visit(kAnn, "tv", 6), kNothing);
  const auto c = turnstile.admit(visit(kBob, "tv", 7), kNothing);
  REQUIRE_FALSE(c);
  CHECK(c.error() == Full::All);
  CHECK(turnstile.admit(visit(kNobody, "tv", 8), kNothing));
  CHECK(left == 1);
}

TEST_CASE("nobody has to leave where that does not help") {
  Turnstile turnstile(0);
  int left = 0;
  const auto a = turnstile.admit(visit(kAnn, "tv", 5), [&left] { ++left; });
  const auto b = turnstile.admit(visit(kAnn, "phone", 6), [&left] { ++left; });
  CHECK_FALSE(turnstile.admit(visit(kAnn, "tv", 7, 1), kNothing)); // his limit was lowered to one
  CHECK(left == 0);
}

TEST_CASE("a ticket may outlive what it came from") {
  std::shared_ptr<void> ticket;
  {
    Turnstile turnstile(1);
    ticket = *turnstile.admit(visit(kAnn, "tv", 5), kNothing);
  }
  CHECK(ticket.use_count() == 1);
}
