// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"
#include "store/accounts.hpp"
#include "store/alerts.hpp"
#include "store/channels.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using model::Alert;
using model::Time;
using std::chrono::seconds;

TEST_CASE("whose alerts they are is found without reading them all") {
  const auto database = *store::open_in_memory();
  for (const auto* owner : {"channel", "login"}) {
    sqlite::Statement plan(database, concat("EXPLAIN QUERY PLAN DELETE FROM alert WHERE ", owner, " = 1"));
    REQUIRE(plan.step());
    CHECK_MESSAGE(plan.column<std::string>(3).starts_with("SEARCH"), owner);
  }
}

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
  CHECK(store::acknowledge_alert(database, general.id, Time(seconds(5))));
  CHECK_FALSE(store::acknowledge_alert(database, general.id, Time(seconds(5))));
  general.raised = Time(seconds(5));
  store::raise_alert(database, general);
  CHECK(store::load_alerts(database, false).at(0).acknowledged == Time(seconds(5)));
  general.message = "no room at all";
  general.acknowledged.reset();
  store::raise_alert(database, general);
  CHECK(store::load_alerts(database, false) == std::vector{general});
  CHECK(store::close_alert(database, general.id, Time(seconds(5))));
  CHECK_FALSE(store::close_alert(database, general.id, Time(seconds(6))));
  CHECK(store::load_alerts(database, false).empty());
}

TEST_CASE("alerts about channels and logins end by themselves") {
  auto database = *store::open_in_memory();
  model::Account account;
  account.name = "Ours";
  store::save_account(database, account);
  model::Login login;
  login.account = account.id;
  login.name = "joe";
  store::save_login(database, login);
  model::Channel channel;
  channel.name = "News";
  channel.uuid = "uuid";
  store::save_channel(database, channel);

  Alert dark{{}, Time(seconds(1)), "no-source", {}, {}, "News", "{}", {}, {}, channel.id, {}};
  Alert expired{{}, Time(seconds(2)), "login-expired", account.id, {}, "joe", "{}", {}, {}, {}, login.id};
  store::raise_alert(database, dark);
  store::raise_alert(database, expired);
  CHECK(store::load_alerts(database, false) == std::vector{expired, dark});
  store::close_alerts(database, "login-expires", login.id, Time(seconds(3)));
  store::close_alerts(database, "no-source", channel.id, Time(seconds(3)));
  CHECK(store::load_alerts(database, false) == std::vector{expired});
  store::close_alerts(database, "login-expired", login.id, Time(seconds(4)));
  CHECK(store::load_alerts(database, false).empty());
}
