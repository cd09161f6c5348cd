// SPDX-License-Identifier: LGPL-2.1-or-later
// The ledger: levels and their limits, leases that come and go, many threads.
#include "slots/ledger.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <optional>
#include <thread>

using namespace relevo::slots;
using namespace std::chrono_literals;
using relevo::model::AccountId;
using relevo::model::LoginId;

namespace {

const Time kNow = Time::clock::now();

struct Taken {
  LoginId login;
  std::string credentials;
  AccountId account;
};

Claim claim(const Taken& who, Limits limits, std::string holder = "someone") {
  return {who.login, who.credentials, who.account, limits, std::move(holder)};
}

} // namespace

TEST_CASE("each level counts what is the same to it") {
  struct Case {
    const char* what;
    Taken held, asked;
    Limits limits;
    std::optional<Level> refused;
  };
  const Case cases[] = {
      {"no limits", {{1}, "", {1}}, {{1}, "", {1}}, {}, {}},
      {"the login", {{1}, "", {1}}, {{1}, "", {1}}, {.login = 1}, Level::Login},
      {"room for two", {{1}, "", {1}}, {{1}, "", {1}}, {.login = 2}, {}},
      {"another login", {{1}, "", {1}}, {{2}, "", {1}}, {.login = 1}, {}},
      {"no logins are not one login", {{}, "", {1}}, {{}, "", {2}}, {.login = 1}, {}},
      {"shared credentials",
       {{1}, "group/joe", {1}},
       {{2}, "group/joe", {2}},
       {.credentials = 1},
       Level::Credentials},
      {"others' credentials", {{1}, "group/joe", {1}}, {{2}, "group/ann", {2}}, {.credentials = 1}, {}},
      {"credentials that nobody shares", {{1}, "", {1}}, {{2}, "", {2}}, {.credentials = 1}, {}},
      {"the account", {{1}, "", {1}}, {{2}, "", {1}}, {.account = 1}, Level::Account},
      {"another account", {{1}, "", {1}}, {{2}, "", {2}}, {.account = 1}, {}},
      {"all", {{1}, "", {1}}, {{2}, "", {2}}, {.global = 1}, Level::Global},
      {"the narrowest is told", {{1}, "", {1}}, {{1}, "", {1}}, {1, 1, 1, 1}, Level::Login},
  };
  for (const Case& one : cases) {
    CAPTURE(one.what);
    Ledger ledger(0ms);
    const auto held = ledger.take(claim(one.held, {}, "the first"), kNow);
    REQUIRE(held);
    const auto asked = claim(one.asked, one.limits);
    CHECK(ledger.check(asked).has_value() == !one.refused);
    const auto lease = ledger.take(asked, kNow);
    CHECK(lease.has_value() == !one.refused);
    if (one.refused) CHECK(lease.error() == Refusal{*one.refused, 1, 1, {"the first"}, {}});
  }
}

TEST_CASE("a lease goes back once, whoever ends up with it") {
  Ledger ledger(0ms);
  const auto one = claim({{1}, "", {1}}, {.login = 1});
  auto first = ledger.take(one, kNow);
  REQUIRE(first);
  CHECK(*first);
  Lease moved = std::move(*first);
  CHECK_FALSE(*first);
  first->reset();
  CHECK(ledger.entries().size() == 1);
  Lease& itself = moved;
  moved = std::move(itself);
  CHECK(ledger.entries().size() == 1);
  moved = Lease();
  CHECK(ledger.entries().empty());
  CHECK(ledger.take(one, Time::clock::now())); // and gone at once
  CHECK(ledger.entries().empty());
}

TEST_CASE("what was given back rests, where the limit would else be met") {
  Ledger ledger(1h);
  const auto one = claim({{1}, "", {1}}, {.login = 2}), wide = claim({{1}, "", {1}}, {.login = 3});
  auto first = ledger.take(one, kNow), second = ledger.take(one, kNow);
  REQUIRE(second);
  CHECK_FALSE(ledger.take(one, kNow).error().free_at);
  const Time before = Time::clock::now();
  first->reset();
  CHECK(ledger.entries().size() == 1);
  CHECK(ledger.check(one));
  CHECK(ledger.take(wide, before)); // there is room beside it; it rests, too, from now on
  const auto refused = ledger.take(one, before);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().taken == 3);
  REQUIRE(refused.error().free_at);
  CHECK(*refused.error().free_at >= before + 1h);
  CHECK(ledger.take(claim({{2}, "", {1}}, {.login = 1}), before)); // nothing of that login rests
  CHECK(ledger.take(one, Time::clock::now() + 1h));
}

TEST_CASE("what is held is told with its holder, the oldest first") {
  Ledger ledger;
  const auto old = ledger.take(claim({{1}, "", {1}}, {}, "News"), kNow);
  const auto young = ledger.take(claim({{2}, "", {1}}, {}, "Sport"), kNow + 5s);
  const auto entries = ledger.entries();
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].claim.holder == "News");
  CHECK(entries[0].since == kNow);
  CHECK(entries[1].claim.login == LoginId{2});
  CHECK(entries[1].since == kNow + 5s);
}

TEST_CASE("a lease may outlive the ledger") {
  Lease lease;
  {
    Ledger ledger;
    lease = *ledger.take(claim({{1}, "", {1}}, {}), kNow);
  }
  CHECK(lease);
}

TEST_CASE("however many ask at once, no limit is passed, and nothing is left") {
  constexpr unsigned kLimit = 3;
  Ledger ledger(0ms);
  std::atomic<unsigned> held = 0, most = 0, granted = 0;
  const auto ask = [&] {
    for (int i = 0; i < 2000; ++i) {
      const auto lease = ledger.take(claim({{1}, "", {1}}, {.login = kLimit}), Time::clock::now());
      if (!lease) continue;
      const unsigned now = ++held;
      for (unsigned seen = most; seen < now && !most.compare_exchange_weak(seen, now);)
        continue;
      ++granted;
      --held; // before the lease goes
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back(ask);
  }
  CHECK(granted > 0);
  CHECK(most <= kLimit);
  CHECK(ledger.entries().empty());
}
