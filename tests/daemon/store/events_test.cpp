// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/accounts.hpp"
#include "store/events.hpp"
#include "store/penalties.hpp"
#include "store/store.hpp"
#include "store/streams.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using model::Moment;
using model::PastEvent;
using std::chrono::milliseconds;

namespace {

Moment at(int ms) {
  return Moment(milliseconds(ms));
}

PastEvent event(int ms, const std::string& kind, std::int64_t channel, std::uint64_t session) {
  PastEvent event;
  event.at = at(ms);
  event.kind = kind;
  event.channel = model::ChannelId{channel};
  event.session = session;
  event.subject = "News";
  event.summary = "it happened";
  event.evidence = R"({"status":404})";
  return event;
}

std::vector<std::int64_t> ids(const sqlite::Database& database, const store::EventQuery& query) {
  std::vector<std::int64_t> found;
  for (const auto& one : store::list_events(database, query).items)
    found.push_back(one.id.value);
  return found;
}

using Ids = std::vector<std::int64_t>;

} // namespace

TEST_CASE("events are kept, and found by what they are about") {
  auto database = *store::open_in_memory();
  CHECK(store::last_session(database) == 0);
  auto first = event(1000, "switched", 5, 1);
  first.account = model::AccountId{3};
  first.stream = model::StreamId{7};
  store::insert_event(database, first);
  store::insert_event(database, event(2000, "switched", 6, 2));
  auto third = event(3000, "refreshed", 5, 2);
  third.channel.reset();
  third.subject = "Ours";
  store::insert_event(database, third);

  first.id = {1};
  third.id = {3};
  const auto all = store::list_events(database, {});
  CHECK(all.total == 3);
  CHECK(all.items.front() == third);
  CHECK(all.items.back() == first);
  CHECK(store::last_session(database) == 2);

  store::EventQuery query;
  SUBCASE("kind") {
    query.kind = "switched";
    CHECK(ids(database, query) == Ids{2, 1});
  }
  SUBCASE("viewers") {
    store::insert_event(database, event(4000, "viewer-joined", 5, 2));
    query.viewers = true;
    CHECK(ids(database, query) == Ids{4});
    query.viewers = false;
    CHECK(ids(database, query) == Ids{3, 2, 1});
  }
  SUBCASE("channel") {
    query.channel = model::ChannelId{6};
    CHECK(ids(database, query) == Ids{2});
  }
  SUBCASE("account") {
    query.account = model::AccountId{3};
    CHECK(ids(database, query) == Ids{1});
  }
  SUBCASE("session") {
    query.session = 2;
    CHECK(ids(database, query) == Ids{3, 2});
  }
  SUBCASE("name") {
    query.subject = "ours";
    CHECK(ids(database, query) == Ids{3});
  }
  SUBCASE("after another one") {
    query.after = model::EventId{2};
    CHECK(ids(database, query) == Ids{3});
  }
  SUBCASE("before another one") {
    query.earlier = model::EventId{3};
    CHECK(ids(database, query) == Ids{2, 1});
  }
  SUBCASE("time") {
    query.since = at(2000);
    query.before = at(3000);
    CHECK(ids(database, query) == Ids{2});
  }
  SUBCASE("page") {
    query.page.limit = 1;
    query.page.offset = 1;
    CHECK(ids(database, query) == Ids{2});
    CHECK(store::list_events(database, query).total == 3);
  }
}

TEST_CASE("what is beyond the limits goes, step by step") {
  auto database = *store::open_in_memory();
  for (int i = 1; i <= 10; ++i)
    store::insert_event(database, event(i * 1000, "switched", 5, 1));
  CHECK(store::trim_events(database, {8, at(0)}, 1) == 1);
  CHECK(store::list_events(database, {}).total == 9);
  CHECK(store::trim_events(database, {8, at(5000)}, 100) == 3);
  CHECK(ids(database, {}) == Ids{10, 9, 8, 7, 6, 5});
  CHECK(store::trim_events(database, {8, at(5000)}, 100) == 0);
  CHECK(store::trim_events(database, {8, at(99'000)}, 100) == 6);
  store::insert_event(database, event(100'000, "switched", 5, 1));
  CHECK(ids(database, {}) == Ids{11}); // no number is given twice
}

TEST_CASE("penalties of streams that are there are kept") {
  auto database = *store::open_in_memory();
  model::Account account;
  account.name = "Ours";
  store::save_account(database, account);
  const auto group = store::insert_group(database, {{}, account.id, model::StreamKind::Live, "UK", true, {}});
  store::StreamWriter(database, account.id).insert({}, group, 0, {});
  const model::StreamId stream{database.last_insert_id()};

  store::save_penalty(database, {stream, 2, at(1000)});
  store::save_penalty(database, {{stream.value + 1}, 2, at(1000)});
  store::save_penalty(database, {stream, 3.5, at(2000)});
  CHECK(store::load_penalties(database) == std::vector{model::StreamPenalty{stream, 3.5, at(2000)}});
  store::erase_penalties(database, at(2000));
  CHECK(store::load_penalties(database).size() == 1);
  store::erase_penalties(database, at(2001));
  CHECK(store::load_penalties(database).empty());
  store::save_penalty(database, {stream, 1, at(3000)});
  store::erase_account(database, account.id);
  CHECK(store::load_penalties(database).empty());
}
