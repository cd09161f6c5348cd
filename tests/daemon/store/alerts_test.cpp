// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/accounts.hpp"
#include "store/alerts.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using model::Alert;
using model::Time;
using std::chrono::seconds;

TEST_CASE("alerts are told once, until they are closed") {
  auto database = *store::open_in_memory();
  model::Account account;
  account.name = "Ours";
  store::save_account(database, account);
  Alert losses{{}, Time(seconds(1)), "losses", account.id, {}, "lacks 5", R"({"vanished":5})", {}};
  store::raise_alert(database, losses);
  Alert general{{}, Time(seconds(2)), "failed", {}, {}, "no room", "{}", {}};
  store::raise_alert(database, general);
  CHECK(store::load_alerts(database, false) == std::vector{general, losses});

  Alert again = losses;
  again.raised = Time(seconds(3));
  again.message = "lacks 6";
  store::raise_alert(database, again);
  CHECK(store::load_alerts(database, false) == std::vector{again, general});

  store::close_alerts(database, account.id, Time(seconds(4)));
  CHECK(store::load_alerts(database, false) == std::vector{general});
  again.closed = Time(seconds(4));
  CHECK(store::load_alerts(database, true) == std::vector{again, general});
  CHECK(store::close_alert(database, general.id, Time(seconds(5))));
  CHECK_FALSE(store::close_alert(database, general.id, Time(seconds(6))));
  CHECK(store::load_alerts(database, false).empty());
}
