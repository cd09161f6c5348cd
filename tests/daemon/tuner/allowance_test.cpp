// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tuner/allowance.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::tuner;
using namespace std::chrono_literals;

namespace {

ip::IpAddress address(unsigned host) {
  return ip::IpAddress::parse(concat("192.0.2.", host)).value();
}

unsigned take_all(Allowance& allowance, const ip::IpAddress& to, Allowance::Time now) {
  unsigned taken = 0;
  while (taken < 1000 && allowance.take(to, now))
    ++taken;
  return taken;
}

} // namespace

TEST_CASE("an address gets so many datagrams in a second, and then others") {
  Allowance allowance;
  const Allowance::Time start{100s};
  CHECK(take_all(allowance, address(1), start) == Allowance::kMostEach);
  CHECK(take_all(allowance, address(2), start + 300ms) == Allowance::kMostEach);
  CHECK(take_all(allowance, address(1), start + 999ms) == 0);
  CHECK(take_all(allowance, address(1), start + 1s) == Allowance::kMostEach);
}

TEST_CASE("so many addresses get something in a second") {
  Allowance allowance;
  const Allowance::Time start{100s};
  for (unsigned host = 1; host <= Allowance::kMostAddresses; ++host)
    CHECK(allowance.take(address(host), start));
  CHECK_FALSE(allowance.take(address(200), start));
  CHECK(allowance.take(address(1), start)); // known already
  CHECK(allowance.take(address(200), start + 1s));
}
