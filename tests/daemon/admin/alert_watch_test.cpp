// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/alert_watch.hpp"
#include "store/accounts.hpp"
#include "store/alerts.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace relevo;
using namespace relevo::admin;
using model::Time;
using std::chrono::seconds;

TEST_CASE("a channel is dark when nothing works for a minute, until something does") {
  using enum sessions::Happening;
  using Change = DarkChannels::Change;
  struct Row {
    sessions::Happening what;
    int second;
    std::int64_t channel;
    Change change;
    const char* from = "";
  };
  const std::vector<Row> rows = {
      {Switched, 0, 5, Change::Light},           // it begins to play
      {Switched, 1, 5, Change::None, "One"},     // and goes on
      {AllFailed, 10, 5, Change::None},          //
      {AllFailed, 30, 6, Change::None},          // another channel
      {CandidateFailed, 71, 5, Change::None},    //
      {AllFailed, 69, 5, Change::None},          //
      {AllFailed, 70, 5, Change::Dark},          //
      {AllFailed, 80, 5, Change::None},          // told once
      {AllFailed, 89, 6, Change::None},          //
      {Switched, 90, 5, Change::Light, "Two"},   //
      {AllFailed, 95, 5, Change::None},          // anew
      {Switched, 100, 6, Change::Light, "Three"} //
  };
  DarkChannels dark;
  for (const auto& row : rows) {
    CAPTURE(row.second);
    sessions::Event event;
    event.what = row.what;
    event.at = sessions::WallTime(seconds(row.second));
    event.channel = {row.channel};
    event.from = row.from;
    CHECK(dark.take(event) == row.change);
  }
}

TEST_CASE("logins that expire are told of in time, and once") {
  auto database = *store::open_in_memory();
  const Time now(std::chrono::days(20'000));
  model::Account account;
  account.name = "Panel";
  store::save_account(database, account);
  model::Login login;
  login.account = account.id;
  login.name = "joe";
  login.expires = now + std::chrono::days(3) + seconds(1);
  store::save_login(database, login);

  const auto told = [&](Time when) {
    check_logins(database, when);
    std::vector<std::string> all;
    for (const auto& alert : store::load_alerts(database, false))
      all.push_back(alert.kind + " " + alert.message);
    return all;
  };
  using All = std::vector<std::string>;
  CHECK(told(now).empty());
  CHECK(told(now + seconds(1)) == All{"login-expires Panel: the login joe expires on 2024-10-07"});
  const auto first = store::load_alerts(database, false).at(0);
  CHECK(store::acknowledge_alert(database, first.id, now));
  CHECK(told(now + seconds(9)).size() == 1);
  CHECK(store::load_alerts(database, false).at(0).raised == first.raised);
  CHECK(store::load_alerts(database, false).at(0).acknowledged == now);
  CHECK(told(now + std::chrono::days(4)) ==
        All{"login-expired Panel: the login joe has expired on 2024-10-07"});
  login.expires = now + std::chrono::days(300);
  store::save_login(database, login);
  CHECK(told(now + std::chrono::days(4)).empty());
}
