// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/dummy_rules.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using std::chrono::minutes;

TEST_CASE("rules for events are kept with everything, in their order") {
  auto database = *store::open_in_memory();
  model::DummyRule first = {
      {}, "z", "(?<title>.*)", minutes(-300), minutes(90), {"1", "2", "3", "4", "5", "6"}};
  model::DummyRule second = {{}, "a", "b"};
  store::save_dummy_rule(database, first);
  store::save_dummy_rule(database, second);
  first.pattern = "other";
  store::save_dummy_rule(database, first);
  const auto rules = store::load_dummy_rules(database);
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].id == first.id);
  CHECK(rules[1].name == "a");
  const auto found = store::find_dummy_rule(database, first.id);
  REQUIRE(found);
  CHECK(found->name == "z");
  CHECK(found->pattern == "other");
  CHECK(found->zone == minutes(-300));
  CHECK(found->length == minutes(90));
  const auto& texts = found->templates;
  CHECK(texts.title + texts.description + texts.upcoming_title + texts.upcoming_description +
            texts.ended_title + texts.ended_description ==
        "123456");
  CHECK(store::erase_dummy_rule(database, first.id));
  CHECK_FALSE(store::erase_dummy_rule(database, first.id));
  CHECK_FALSE(store::find_dummy_rule(database, first.id));
}
