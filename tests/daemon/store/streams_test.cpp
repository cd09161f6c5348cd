// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/accounts.hpp"
#include "store/store.hpp"
#include "store/streams.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo;
using store::StreamQuery;

namespace {

struct Fixture {
  sqlite::Database database = *store::open_in_memory();
  model::Account account;
  model::GroupId news, films;

  Fixture() {
    account.name = "Ours";
    store::save_account(database, account);
    news = store::insert_group(database, {{}, account.id, model::StreamKind::Live, "News", true});
    films = store::insert_group(database, {{}, account.id, model::StreamKind::Movie, "Films", true});
    store::StreamWriter writer(database, account.id);
    std::uint32_t position = 0;
    for (const std::string_view name : {"b 100%", "A_news", "c"})
      writer.insert(stream(name, model::StreamKind::Live), news, position++, {});
    writer.insert(stream("a film", model::StreamKind::Movie), films, position, {});
  }

  static model::Found stream(std::string_view name, model::StreamKind kind) {
    model::Found found;
    found.kind = kind;
    found.name = name;
    return found;
  }

  std::string names(const StreamQuery& query) {
    std::string out;
    for (const auto& one : store::list_streams(database, query).items)
      out += (out.empty() ? "" : ", ") + one.name;
    return out;
  }
};

} // namespace

TEST_CASE("streams are listed as they are asked for") {
  Fixture fixture;
  const auto by_name = [](bool descending) { return store::Page{"name", descending}; };
  CHECK(fixture.names({}) == "b 100%, A_news, c, a film");
  CHECK(fixture.names({.page = by_name(false)}) == "a film, A_news, b 100%, c");
  CHECK(fixture.names({.page = by_name(true)}) == "c, b 100%, A_news, a film");
  CHECK(fixture.names({.kind = model::StreamKind::Live, .page = by_name(false)}) == "A_news, b 100%, c");
  CHECK(fixture.names({.group = fixture.films}) == "a film");
  CHECK(fixture.names({.account = model::AccountId{99}}).empty());
  CHECK(fixture.names({.text = "NEWS"}) == "A_news");
  CHECK(fixture.names({.text = "_"}) == "A_news"); // no joker
  CHECK(fixture.names({.text = "%"}) == "b 100%");
  CHECK(fixture.names({.page = {"no such order"}}) == "b 100%, A_news, c, a film");
}

TEST_CASE("a page is a part of all") {
  Fixture fixture;
  const auto slice = store::list_streams(fixture.database, {.page = {"name", false, 2, 1}});
  REQUIRE(slice.items.size() == 2);
  CHECK(slice.items[0].name == "A_news");
  CHECK(slice.items[1].name == "b 100%");
  CHECK(slice.total == 4);
}

TEST_CASE("missing and unused streams can be told apart") {
  Fixture fixture;
  const auto streams = store::load_fingerprints(fixture.database, fixture.account.id);
  store::StreamWriter(fixture.database, fixture.account.id)
      .set_missing(streams[2].id, model::Time(std::chrono::seconds(5)));
  CHECK(fixture.names({.missing = true}) == "c");
  CHECK(fixture.names({.missing = false}) == "b 100%, A_news, a film");
  fixture.database.exec("INSERT INTO channel (id, uuid, name, logo, tvg_id, hidden, automatic) "
                        "VALUES (1, 'u', 'x', '', '', 0, 0)");
  sqlite::Statement(fixture.database, "INSERT INTO channel_stream VALUES (1, ?, 0, 1, 100, '')")
      .run(streams[0].id.value);
  CHECK(fixture.names({.used = true}) == "b 100%");
  CHECK(fixture.names({.used = false}) == "A_news, c, a film");
}

TEST_CASE("a group that is wanted or not has its list read again") {
  Fixture fixture;
  const auto wanted = [&fixture] {
    return store::load_groups(fixture.database, fixture.account.id)[0].wanted;
  };
  store::save_account_state(fixture.database, fixture.account.id, {"good", "", "{}", {}, {}, "etag:x"});
  CHECK(store::set_group_wanted(fixture.database, fixture.news, false));
  CHECK_FALSE(wanted());
  CHECK(store::load_account_state(fixture.database, fixture.account.id).validator.empty());
  CHECK_FALSE(store::set_group_wanted(fixture.database, {99}, true));
}

TEST_CASE("a stream has properties of the user's own") {
  Fixture fixture;
  const auto id = store::load_fingerprints(fixture.database, fixture.account.id)[0].id;
  CHECK(store::set_custom(fixture.database, id, R"({"a":1})"));
  CHECK(store::find_stream(fixture.database, id)->custom == R"({"a":1})");
  CHECK_FALSE(store::set_custom(fixture.database, {99}, "{}"));
}

TEST_CASE("a group has a rule or none, and its streams are those that channels are made of") {
  Fixture fixture;
  const auto ids = [&fixture] {
    std::vector<std::pair<std::string, bool>> found;
    for (const auto& stream : store::load_sync_streams(fixture.database))
      found.emplace_back(stream.name, stream.resting);
    return found;
  };
  using Found = std::vector<std::pair<std::string, bool>>;
  const model::SyncRule rule = {model::Numbering::Provider, 5, 7, "in", "ex", "a", "$1", "Ours", false};
  CHECK(ids().empty());
  for (const auto group : {fixture.news, fixture.films})
    CHECK(store::set_group_sync(fixture.database, group, rule));
  CHECK_FALSE(store::set_group_sync(fixture.database, model::GroupId{99}, rule));
  CHECK(store::load_groups(fixture.database, fixture.account.id)[0].sync == rule);
  CHECK(store::find_group(fixture.database, fixture.films)->sync == rule);
  CHECK_FALSE(store::find_group(fixture.database, {99}));
  const auto more = store::insert_group(fixture.database, {{}, fixture.account.id, {}, "more", false, rule});
  CHECK(store::find_group(fixture.database, more)->sync == rule);
  CHECK(ids() == Found{{"b 100%", false}, {"A_news", false}, {"c", false}}); // no film
  store::StreamWriter(fixture.database, fixture.account.id)
      .set_missing(store::load_sync_streams(fixture.database)[1].id, model::Time(std::chrono::seconds(5)));
  CHECK(ids() == Found{{"b 100%", false}, {"A_news", true}, {"c", false}});
  fixture.database.exec("UPDATE stream_group SET wanted = 0");
  CHECK(ids().empty());
  CHECK(store::set_group_sync(fixture.database, fixture.news, std::nullopt));
  CHECK_FALSE(store::load_groups(fixture.database, fixture.account.id)[0].sync);
}
