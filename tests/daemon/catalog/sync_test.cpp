// SPDX-License-Identifier: LGPL-2.1-or-later
#include "catalog/reorder.hpp"
#include "sync_fixture.hpp"

using namespace relevo;
using catalog::SyncChange;
using model::ChannelStream;
using model::Field;

namespace {

struct Fixture : SyncFixture {
  Fixture() {
    add_account("A", 2);
    add_account("B", 1);
  }
};

void set(sqlite::Database& database, model::Channel channel, Field settled) {
  channel.settled.push_back(settled);
  store::save_channel(database, channel);
}

} // namespace

TEST_CASE("the same channel of two accounts is one, its streams by quality and then by account") {
  Fixture fixture;
  fixture.add("B", "BBC One FHD");
  fixture.add("A", "BBC One");
  fixture.add("A", "BBC One HD");
  fixture.add("B", "BBC One HD");
  fixture.add("A", "Sky News", "sky.news");
  const auto report = fixture.sync();
  CHECK(report.created == 2);
  CHECK(report.streams == 5);
  CHECK(fixture.lineup() == "1 BBC One: BBC One FHD BBC One HD BBC One HD BBC One | 2 Sky News: Sky News");
  const auto sky = store::load_channels(fixture.database).back();
  CHECK(sky.automatic);
  CHECK(sky.group == "UK");
  CHECK(sky.tvg_id == "sky.news");
  const auto bbc = store::load_channels(fixture.database).front();
  const auto streams = store::load_channel_streams(fixture.database, bbc.id);
  CHECK(fixture.streams_of(bbc.id) == std::vector<model::StreamId>{{1}, {3}, {4}, {2}});
  for (const auto& one : streams)
    CHECK(one == ChannelStream{one.stream, false, 97, "the same name"});
}

TEST_CASE("a second sync changes nothing") {
  Fixture fixture;
  for (int i = 0; i < 20; ++i)
    for (const auto* account : {"A", "B"})
      fixture.add(account, concat("Channel ", i));
  CHECK(fixture.sync().created == 20);
  const auto before = fixture.lineup();
  const auto report = fixture.sync();
  CHECK(report.created + report.updated + report.removed + report.kept == 0);
  CHECK(report.unchanged == 20);
  CHECK(report.changes.empty());
  CHECK(fixture.lineup() == before);
}

TEST_CASE("a dry run tells what would be done") {
  Fixture fixture;
  fixture.add("A", "News");
  const auto report = fixture.sync(true);
  CHECK(report.created == 1);
  REQUIRE(report.changes.size() == 1);
  CHECK(report.changes[0].action == SyncChange::Action::Created);
  CHECK_FALSE(report.changes[0].channel);
  CHECK(report.changes[0].name == "News");
  CHECK(report.changes[0].number == model::ChannelNumber{1, 0});
  CHECK(report.changes[0].streams.size() == 1);
  CHECK(fixture.lineup().empty());
}

TEST_CASE("rules choose, rename and group; without one nothing is made") {
  SyncFixture fixture;
  model::SyncRule rule;
  rule.include = "^UK: ";
  rule.exclude = "(?i)radio";
  rule.search = "^UK: (?<name>.*)$";
  rule.replacement = "$<name>!";
  rule.group = "Britain";
  fixture.add_account("A", 0, rule);
  fixture.add_group("A", "Other", std::nullopt);
  fixture.add("A", "UK: News");
  fixture.add("A", "UK: Radio 1");
  fixture.add("A", "DE: Sport");
  fixture.add("A", "UK: Film", "", "", "Other");
  fixture.sync();
  CHECK(fixture.lineup() == "1 News!: UK: News");
  CHECK(store::load_channels(fixture.database)[0].group == "Britain");
}

TEST_CASE("a rule that is no good changes nothing, and says where") {
  Fixture fixture;
  fixture.add("A", "News");
  fixture.sync();
  fixture.add("A", "Sport");
  model::SyncRule rule;
  rule.exclude = "(";
  fixture.add_group("B", "Broken", rule);
  const auto report = catalog::sync_channels(fixture.database, {}, {});
  REQUIRE_FALSE(report);
  CHECK(report.error().message.find("group \"Broken\": exclude: ") == 0);
  CHECK(fixture.lineup() == "1 News: News");
  CHECK_FALSE(catalog::check(rule));
  CHECK_FALSE(catalog::check({.first = 9, .last = 8}));
  CHECK_FALSE(catalog::check({.first = 0}));
  CHECK_FALSE(catalog::check({.search = "["}));
  CHECK(catalog::check({.include = "a", .search = "b"}));
}

TEST_CASE("numbers follow the rule, leave out what is taken, and stay") {
  SyncFixture fixture;
  fixture.add_account("A", 0, {.numbering = model::Numbering::Provider, .first = 100, .last = 102});
  model::Channel by_hand;
  by_hand.name = "Mine";
  by_hand.number = {100, 0};
  store::save_channel(fixture.database, by_hand);
  fixture.add("A", "News", "", "7");
  fixture.add("A", "Sport", "", "7");
  const auto film = fixture.add("A", "Film");
  fixture.add("A", "Music");
  CHECK(fixture.sync().exhausted == 1);
  CHECK(fixture.lineup() == "7 News: News | 100 Mine: | 101 Sport: Sport | 102 Film: Film | - Music: Music");
  fixture.erase(film);
  CHECK(fixture.sync().exhausted == 0);
  CHECK(fixture.lineup() == "7 News: News | 100 Mine: | 101 Sport: Sport | 102 Music: Music");
}

TEST_CASE("a channel that was put elsewhere stays there, as do those that made room") {
  Fixture fixture;
  fixture.add("A", "News");
  const auto film = fixture.add("A", "Film"), sport = fixture.add("A", "Sport");
  fixture.sync();
  REQUIRE(fixture.lineup() == "1 News: News | 2 Film: Film | 3 Sport: Sport");
  const auto channels = store::load_channels(fixture.database);
  REQUIRE(catalog::move_channel(fixture.database, channels[2].id, catalog::Side::Before, channels[0].id));
  fixture.add("A", "Kids");
  CHECK(fixture.sync().updated == 0);
  CHECK(fixture.lineup() == "1 Sport: Sport | 2 News: News | 3 Film: Film | 4 Kids: Kids");
  fixture.erase(film);
  fixture.erase(sport);
  CHECK(fixture.sync().removed == 1);
  CHECK(fixture.lineup() == "1 Sport: | 2 News: News | 4 Kids: Kids");
}

TEST_CASE("a channel is known again by its streams") {
  Fixture fixture;
  const auto a = fixture.add("A", "News HD"), b = fixture.add("B", "News HD");
  fixture.sync();
  const auto before = fixture.channel_of(a);
  fixture.rename(a, "World News HD");
  fixture.rename(b, "World News HD");
  fixture.add("A", "News HD");
  const auto report = fixture.sync();
  CHECK(report.updated == 1);
  CHECK(report.created == 1);
  const auto after = fixture.channel_of(a);
  CHECK(after.id == before.id);
  CHECK(after.uuid == before.uuid);
  CHECK(after.number == before.number);
  CHECK(after.name == "World News HD");
  CHECK(fixture.channel_of(b).id == before.id);
}

TEST_CASE("a stream that is renamed goes where its name belongs") {
  Fixture fixture;
  const auto a = fixture.add("A", "News"), b = fixture.add("B", "News"), sport = fixture.add("A", "Sport");
  fixture.sync();
  const auto news = fixture.channel_of(a);
  fixture.rename(b, "Sport");
  fixture.sync();
  CHECK(fixture.channel_of(b).id == fixture.channel_of(sport).id);
  CHECK(fixture.channel_of(a).id == news.id);
}

TEST_CASE("a channel goes when its streams are gone, but not what the user has put his hand to") {
  Fixture fixture;
  std::vector<model::StreamId> streams;
  for (const auto* name : {"News", "Sport", "Film", "Music"})
    streams.push_back(fixture.add("A", name));
  fixture.sync();
  set(fixture.database, fixture.channel_of(streams[1]), Field::Name);
  fixture.add_group("A", "Elsewhere", std::nullopt);
  const auto extra = fixture.add("A", "Extra", "", "", "Elsewhere");
  store::save_channel_streams(fixture.database, fixture.channel_of(streams[2]).id,
                              {{streams[2], false, 100, ""}, {extra}});
  for (int i = 0; i < 3; ++i)
    fixture.erase(streams[static_cast<std::size_t>(i)]);
  const auto report = fixture.sync();
  CHECK(report.removed == 1);
  CHECK(report.kept == 2);
  CHECK(report.unchanged == 1);
  CHECK(fixture.lineup() == "2 Sport: | 3 Film: Extra | 4 Music: Music");
}

TEST_CASE("a stream that is not wanted any more is gone; one that is missing or disabled stays") {
  Fixture fixture;
  const auto a = fixture.add("A", "News");
  fixture.add("B", "News");
  fixture.add("B", "Sport");
  fixture.sync();
  const auto before = fixture.lineup();
  store::StreamWriter(fixture.database, fixture.accounts.at("A").id).set_missing(a, model::Time{});
  fixture.accounts.at("B").enabled = false;
  store::save_account(fixture.database, fixture.accounts.at("B"));
  fixture.add("B", "Nothing is made of it");
  CHECK(fixture.sync().unchanged == 2);
  CHECK(fixture.lineup() == before);
  store::set_group_sync(fixture.database, fixture.groups.at("B/UK"), std::nullopt);
  fixture.sync();
  CHECK(fixture.lineup() == "1 News: News");
  CHECK(fixture.channel_of(a).number == model::ChannelNumber{1, 0});
}

TEST_CASE("what comes back under another id finds the channel of what is missing") {
  Fixture fixture;
  const auto old = fixture.add("A", "News");
  fixture.sync();
  const auto before = fixture.channel_of(old);
  store::StreamWriter(fixture.database, fixture.accounts.at("A").id).set_missing(old, model::Time{});
  const auto now = fixture.add("A", "News");
  CHECK(fixture.sync().created == 0);
  fixture.erase(old);
  fixture.sync();
  CHECK(fixture.channel_of(now).uuid == before.uuid);
}

TEST_CASE("settled fields stay, and what the list says is kept beside them") {
  Fixture fixture;
  const auto stream = fixture.add("A", "News", "news.uk");
  fixture.sync();
  auto channel = fixture.channel_of(stream);
  channel.name = "My news";
  set(fixture.database, channel, Field::Name);
  fixture.rename(stream, "News 24");
  fixture.database.exec("UPDATE stream SET tvg_id = 'news24.uk'");
  CHECK(fixture.sync().updated == 1);
  channel = fixture.channel_of(stream);
  CHECK(channel.name == "My news");
  CHECK(channel.tvg_id == "news24.uk");
  CHECK(channel.provided == model::Provided{"News 24", "UK", "", "news24.uk"});
}

TEST_CASE("an account whose rule does not merge keeps to itself") {
  SyncFixture fixture;
  fixture.add_account("A", 3);
  fixture.add_account("B", 2);
  fixture.add_account("C", 1, {.merge = false});
  for (const auto* account : {"A", "B", "C", "C"})
    fixture.add(account, "News");
  fixture.sync();
  CHECK(fixture.lineup() == "1 News: News News | 2 News: News News");
}

TEST_CASE("channels made by hand are left alone, and their streams are theirs") {
  Fixture fixture;
  const auto stream = fixture.add("A", "News");
  fixture.add("B", "News");
  model::Channel by_hand;
  by_hand.name = "Mine";
  store::save_channel(fixture.database, by_hand);
  store::save_channel_streams(fixture.database, by_hand.id, {{stream}});
  fixture.sync();
  CHECK(fixture.lineup() == "1 News: News | - Mine: News");
  CHECK(fixture.channel_of(stream).id == by_hand.id);
}

TEST_CASE("the guide of channels brings names together that are otherwise only alike") {
  Fixture fixture;
  const auto a = fixture.add("A", "Nat Geo"), b = fixture.add("B", "National Geographic");
  fixture.sync();
  REQUIRE(store::load_channels(fixture.database).size() == 2);
  fixture.database.exec(
      "INSERT INTO guide_source (id, name, location, enabled, user_agent, headers, proxy, refresh, "
      "priority, past_days, future_days) VALUES (7, 'g', '', 1, '', '[]', '', '', 0, 1, 1)");
  for (auto channel : store::load_channels(fixture.database)) {
    channel.guide = {{7}, "natgeo.uk"};
    store::save_channel(fixture.database, channel);
  }
  fixture.sync();
  CHECK(fixture.channel_of(a).id == fixture.channel_of(b).id);
}

TEST_CASE("who cancels finds everything as it was") {
  Fixture fixture;
  fixture.add("A", "News");
  gx::CancelToken token;
  token.cancel();
  CHECK_FALSE(catalog::sync_channels(fixture.database, {}, token));
  CHECK(fixture.lineup().empty());
}
