// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/users.hpp"

#include "store/profiles.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using model::Role;
using model::Time;
using model::User;
using std::chrono::seconds;

namespace {

User make_user(sqlite::Database& database, const std::string& name) {
  User user;
  user.name = name;
  user.stream_token = "token of " + name;
  store::save_user(database, user);
  return user;
}

} // namespace

TEST_CASE("a user is kept as he is") {
  auto database = *store::open_in_memory();
  model::ChannelProfile kids{{}, "Kids"};
  store::save_profile(database, kids);
  User ann = make_user(database, "Ann");
  make_user(database, "Bob");
  ann.role = Role::Operator;
  ann.enabled = false;
  ann.password = "$y$";
  ann.streams = 2;
  ann.priority = 3;
  ann.profiles.emplace({kids.id});
  ann.networks = {"10.0.0.0/8", "::1"};
  store::save_user(database, ann);
  CHECK(store::find_user(database, ann.id) == ann);
  CHECK(store::find_user(database, "aNN") == ann);
  CHECK(store::load_users(database).size() == 2);
  CHECK_THROWS_AS(make_user(database, "ANN"), sqlite::Failure);

  // Who was limited to what is gone does not see everything now.
  store::erase_profile(database, kids.id);
  CHECK(store::find_user(database, ann.id)->profiles == std::vector<model::ProfileId>());
  ann.profiles.reset();
  store::save_user(database, ann);
  CHECK(store::find_user(database, ann.id) == ann);
  CHECK(store::erase_user(database, ann.id));
  CHECK_FALSE(store::erase_user(database, ann.id));
  CHECK_FALSE(store::find_user(database, ann.id));
}

TEST_CASE("keys have names of their own") {
  auto database = *store::open_in_memory();
  model::ApiKey key{{}, "backup", Role::Administrator, "abc", Time(seconds(7))};
  store::add_api_key(database, key);
  CHECK(store::load_api_keys(database) == std::vector{key});
  model::ApiKey same{{}, "Backup", Role::Viewer, "def", {}};
  CHECK_THROWS_AS(store::add_api_key(database, same), sqlite::Failure);
  CHECK(store::erase_api_key(database, key.id));
  CHECK_FALSE(store::erase_api_key(database, key.id));
}

TEST_CASE("sessions go with their user, when they are old, and when nobody uses them") {
  auto database = *store::open_in_memory();
  const auto ann = make_user(database, "Ann").id, bob = make_user(database, "Bob").id;
  const auto at = [](int second) { return Time(seconds(second)); };
  store::add_web_session(database, {"old", ann, at(1), at(90)});
  store::add_web_session(database, {"idle", ann, at(20), at(20)});
  store::add_web_session(database, {"good", ann, at(30), at(30)});
  store::add_web_session(database, {"his", bob, at(40), at(40)});
  store::use_web_session(database, "good", at(80));
  const auto names = [&] {
    std::string all;
    for (const auto& one : store::load_web_sessions(database))
      all += one.hash + " ";
    return all;
  };
  CHECK(names() == "old idle good his ");
  store::sweep_web_sessions(database, at(10), at(25));
  CHECK(names() == "good his ");
  CHECK(store::load_web_sessions(database)[0].used == at(80));
  store::add_web_session(database, {"more", ann, at(50), at(50)});
  store::erase_web_session(database, "good");
  CHECK(names() == "his more ");
  store::erase_web_sessions(database, ann);
  CHECK(names() == "his ");
  store::erase_user(database, bob);
  CHECK(names() == "");
}
