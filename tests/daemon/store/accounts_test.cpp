// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/accounts.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using model::Account;
using model::Login;

namespace {

sqlite::Database in_memory() {
  auto database = store::open_in_memory();
  REQUIRE(database);
  return *std::move(database);
}

Account everything() {
  Account account;
  account.name = "Ours";
  account.kind = model::AccountKind::Xtream;
  account.location = "http://panel:8080/";
  account.enabled = false;
  account.requests = {"VLC/3", {{"X-A", "1"}, {"x-a", "2"}}, "http://proxy:3128"};
  account.refresh = "30 4 * * *";
  account.stale_days = 3;
  account.priority = -5;
  account.connections = 4;
  account.server_group = "group";
  account.shrink_percent = 50;
  account.new_groups = false;
  account.likenesses = {model::Likeness::Title, model::Likeness::ProviderId};
  account.filters = {{model::Filter::Field::Group, "^UK", false, false},
                     {model::Filter::Field::Url, "x", true, true}};
  return account;
}

} // namespace

TEST_CASE("an account is kept with everything") {
  auto database = in_memory();
  Account account = everything();
  store::save_account(database, account);
  REQUIRE(account.id);
  CHECK(store::find_account(database, account.id) == account);
  CHECK(store::find_account(database, "Ours") == account);
  account.name = "Theirs";
  account.filters.clear();
  store::save_account(database, account);
  CHECK(store::load_accounts(database) == std::vector{account});
}

TEST_CASE("accounts have names of their own") {
  auto database = in_memory();
  Account one = everything();
  store::save_account(database, one);
  Account other = everything();
  CHECK_THROWS_AS(store::save_account(database, other), sqlite::Failure);
  CHECK(store::load_accounts(database).size() == 1);
}

TEST_CASE("a number is never given again") {
  auto database = in_memory();
  Account account = everything();
  store::save_account(database, account);
  const auto id = account.id;
  CHECK(store::erase_account(database, id));
  CHECK_FALSE(store::erase_account(database, id));
  account.id = {};
  store::save_account(database, account);
  CHECK(account.id > id);
}

TEST_CASE("how a refresh went is kept beside") {
  auto database = in_memory();
  Account account = everything();
  store::save_account(database, account);
  CHECK(store::load_account_state(database, account.id).state == "new");
  store::RefreshState state{"failed", "no route", R"({"added":1})", model::Time(std::chrono::seconds(5)),
                            {},       "etag:x"};
  store::save_account_state(database, account.id, state);
  auto found = store::load_account_state(database, account.id);
  CHECK(found.state == "failed");
  CHECK(found.message == "no route");
  CHECK(found.counts == R"({"added":1})");
  CHECK(found.tried == state.tried);
  CHECK_FALSE(found.refreshed);
  CHECK(found.validator == "etag:x");
  store::save_account(database, account); // with other filters, perhaps: its list is read again
  found = store::load_account_state(database, account.id);
  CHECK(found.state == "failed");
  CHECK(found.validator.empty());
}

TEST_CASE("logins belong to their account, in their order") {
  auto database = in_memory();
  Account account = everything();
  store::save_account(database, account);
  Login first{{},       account.id, "b",     true, "joe",
              "secret", "/joe/",    "/ann/", 2,    model::Time(std::chrono::seconds(9))};
  Login second{{}, account.id, "a"};
  store::save_login(database, first);
  store::save_login(database, second);
  CHECK(store::load_logins(database, account.id) == std::vector{first, second});
  first.enabled = false;
  first.expires.reset();
  store::save_login(database, first);
  CHECK(store::load_logins(database, account.id) == std::vector{first, second});
  CHECK(store::find_login(database, first.id) == first);
  CHECK(store::erase_login(database, second.id));
  CHECK(store::load_logins(database, account.id) == std::vector{first});
  store::erase_account(database, account.id);
  CHECK_FALSE(store::find_login(database, first.id));
}
