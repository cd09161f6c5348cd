// SPDX-License-Identifier: LGPL-2.1-or-later
#include "catalog/decide.hpp"
#include "sync_fixture.hpp"

using namespace relevo;
using catalog::arrange;
using catalog::merge;
using catalog::release;
using catalog::split;
using model::Field;
using Streams = std::vector<model::StreamId>;
using Channels = std::vector<model::ChannelId>;

namespace {

/// "News" of three accounts in one channel.
struct Fixture : SyncFixture {
  model::StreamId a, b, c;
  model::Channel news;

  Fixture() {
    add_account("A", 3);
    add_account("B", 2);
    add_account("C", 1);
    a = add("A", "News");
    b = add("B", "News");
    c = add("C", "News");
    sync();
    news = channel_of(a);
  }
};

} // namespace

TEST_CASE("what was split never meets again, not through others either") {
  Fixture fixture;
  const auto other = split(fixture.database, fixture.news.id, Streams{fixture.b});
  REQUIRE(other);
  CHECK(other->uuid != fixture.news.uuid);
  CHECK(other->name == "News");
  CHECK_FALSE(other->number);
  fixture.add("A", "News");
  fixture.add("C", "News");
  fixture.sync();
  CHECK(fixture.channel_of(fixture.b).id == other->id);
  CHECK(fixture.channel_of(fixture.b).number == model::ChannelNumber{2, 0});
  CHECK(fixture.channel_of(fixture.a).id == fixture.news.id);
  CHECK(fixture.channel_of(fixture.c).id == fixture.news.id);
  CHECK(store::load_channels(fixture.database).size() == 2);
  const auto before = fixture.lineup();
  CHECK(fixture.sync().unchanged == 2);
  CHECK(fixture.lineup() == before);
}

TEST_CASE("a part is split off, of streams that are there") {
  Fixture fixture;
  const auto id = fixture.news.id;
  CHECK_FALSE(split(fixture.database, id, Streams{}));
  CHECK_FALSE(split(fixture.database, id, Streams{{99}}));
  CHECK_FALSE(split(fixture.database, id, Streams{fixture.a, fixture.b, fixture.c}));
  CHECK_FALSE(split(fixture.database, {99}, Streams{fixture.a}));
  CHECK(store::load_channels(fixture.database).size() == 1);
}

TEST_CASE("what is split off is called as the user says, whatever the list says") {
  Fixture fixture;
  const auto other = split(fixture.database, fixture.news.id, Streams{fixture.b}, {"Mine", {{9, 0}}});
  REQUIRE(other);
  fixture.rename(fixture.b, "Sport");
  fixture.sync();
  const auto after = fixture.channel_of(fixture.b);
  CHECK(after.name == "Mine");
  CHECK(after.number == model::ChannelNumber{9, 0});
  CHECK(after.settled == std::vector{Field::Number, Field::Name});
}

TEST_CASE("what was confirmed stays together, whatever the list says") {
  Fixture fixture;
  fixture.rename(fixture.c, "Golf");
  fixture.sync();
  CHECK(fixture.channel_of(fixture.c).id != fixture.news.id);
  REQUIRE(catalog::confirm(fixture.database, Channels{fixture.news.id}));
  fixture.rename(fixture.b, "Sport");
  fixture.sync();
  CHECK(fixture.channel_of(fixture.b).id == fixture.news.id);
  CHECK_FALSE(catalog::confirm(fixture.database, Channels{}));
  CHECK_FALSE(catalog::confirm(fixture.database, Channels{fixture.news.id, {99}}));
}

TEST_CASE("what is kept apart never meets, whatever it is called") {
  Fixture fixture;
  const auto sport = fixture.add("A", "Sport");
  fixture.sync();
  const auto other = fixture.channel_of(sport).id;
  REQUIRE(catalog::keep_apart(fixture.database, Channels{fixture.news.id, other}));
  fixture.rename(sport, "News");
  fixture.sync();
  CHECK(fixture.channel_of(sport).id == other);
  CHECK(fixture.streams_of(fixture.news.id) == Streams{fixture.a, fixture.b, fixture.c});
  CHECK_FALSE(catalog::keep_apart(fixture.database, Channels{other}));
  CHECK_FALSE(catalog::keep_apart(fixture.database, Channels{other, {99}}));
}

TEST_CASE("so many are not kept apart at once") {
  Fixture fixture;
  Channels many;
  for (std::size_t i = 0; i <= catalog::kMostKeptApart; ++i) {
    model::Channel channel;
    channel.name = "News";
    store::save_channel(fixture.database, channel);
    store::save_channel_streams(fixture.database, channel.id, {{fixture.a}});
    many.push_back(channel.id);
  }
  REQUIRE(arrange(fixture.database, many.back(), Streams{fixture.b}));
  const auto refused = catalog::keep_apart(fixture.database, many);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "this takes 50 channels at most");
  many.erase(many.begin());
  CHECK(catalog::keep_apart(fixture.database, many));
}

TEST_CASE("channels of the same streams cannot be told apart") {
  Fixture fixture;
  model::Channel copy;
  copy.name = "News";
  store::save_channel(fixture.database, copy);
  CHECK_FALSE(catalog::keep_apart(fixture.database, Channels{copy.id, copy.id}));
  REQUIRE(arrange(fixture.database, copy.id, Streams{fixture.a, fixture.b, fixture.c}));
  CHECK_FALSE(catalog::keep_apart(fixture.database, Channels{fixture.news.id, copy.id}));
  REQUIRE(arrange(fixture.database, copy.id, Streams{fixture.a}));
  CHECK(catalog::keep_apart(fixture.database, Channels{fixture.news.id, copy.id}));
  const auto separations = store::load_separations(fixture.database);
  CHECK(std::ranges::count(separations, model::Separation{copy.id, fixture.b}) == 1);
  CHECK(std::ranges::count(separations, model::Separation{copy.id, fixture.a}) == 0);
}

TEST_CASE("what was merged stays merged, and undoes a split") {
  Fixture fixture;
  const auto sport = fixture.add("A", "Sport");
  const auto other = split(fixture.database, fixture.news.id, Streams{fixture.b});
  fixture.sync();
  REQUIRE(other);
  REQUIRE(merge(fixture.database, Channels{fixture.news.id, other->id, fixture.channel_of(sport).id}));
  for (int round = 0; round < 2; ++round) {
    CHECK(store::load_channels(fixture.database).size() == 1);
    for (const auto stream : {fixture.a, fixture.b, fixture.c, sport})
      CHECK(fixture.channel_of(stream).id == fixture.news.id);
    fixture.rename(sport, "Sport 2");
    fixture.sync();
  }
  CHECK_FALSE(merge(fixture.database, Channels{fixture.news.id}));
  CHECK_FALSE(merge(fixture.database, Channels{fixture.news.id, fixture.news.id}));
  CHECK_FALSE(merge(fixture.database, Channels{fixture.news.id, {99}}));
}

TEST_CASE("streams of accounts that do not merge are together where the user put them") {
  SyncFixture fixture;
  fixture.add_account("A", 2, {.merge = false});
  fixture.add_account("B", 1, {.merge = false});
  const auto a = fixture.add("A", "News"), b = fixture.add("B", "News");
  fixture.sync();
  REQUIRE(store::load_channels(fixture.database).size() == 2);
  REQUIRE(merge(fixture.database, Channels{fixture.channel_of(a).id, fixture.channel_of(b).id}));
  fixture.sync();
  CHECK(fixture.lineup() == "1 News: News News");
}

TEST_CASE("an order that the user chose stays, and what is new comes last") {
  Fixture fixture;
  REQUIRE(arrange(fixture.database, fixture.news.id, Streams{fixture.c, fixture.a, fixture.b}));
  const auto best = fixture.add("A", "News 4K");
  fixture.sync();
  CHECK(fixture.streams_of(fixture.news.id) == Streams{fixture.c, fixture.a, fixture.b, best});
  auto channel = fixture.channel_of(fixture.a);
  release(channel, Field::Order);
  store::save_channel(fixture.database, channel);
  fixture.sync();
  CHECK(fixture.streams_of(fixture.news.id) == Streams{best, fixture.a, fixture.b, fixture.c});
}

TEST_CASE("a stream that the user took out never comes back by itself, and he may put it back") {
  Fixture fixture;
  REQUIRE(arrange(fixture.database, fixture.news.id, Streams{fixture.a, fixture.c}));
  fixture.sync();
  CHECK(fixture.lineup() == "1 News: News News");
  CHECK(fixture.streams_of(fixture.news.id) == Streams{fixture.a, fixture.c});
  REQUIRE(arrange(fixture.database, fixture.news.id, Streams{fixture.b, fixture.a}));
  fixture.sync();
  CHECK(fixture.streams_of(fixture.news.id) == Streams{fixture.b, fixture.a});
  CHECK(store::load_channel_streams(fixture.database, fixture.news.id)[0].manual);
  CHECK_FALSE(arrange(fixture.database, fixture.news.id, Streams{fixture.a, fixture.a}));
  CHECK_FALSE(arrange(fixture.database, fixture.news.id, Streams{{99}}));
}

TEST_CASE("what was taken out of a channel stays out of what it is merged with or split into") {
  Fixture fixture;
  const auto sport = fixture.add("A", "Sport"), copy = fixture.add("B", "Sport");
  fixture.sync();
  REQUIRE(arrange(fixture.database, fixture.channel_of(sport).id, Streams{sport}));
  REQUIRE(merge(fixture.database, Channels{fixture.news.id, fixture.channel_of(sport).id}));
  const auto other = split(fixture.database, fixture.news.id, Streams{fixture.a});
  REQUIRE(other);
  fixture.sync();
  CHECK(store::load_channels(fixture.database).size() == 2);
  const auto separations = store::load_separations(fixture.database);
  for (const auto channel : {fixture.news.id, other->id})
    CHECK(std::ranges::count(separations, model::Separation{channel, copy}) == 1);
}

TEST_CASE("a field is settled as it is, and released to what the list says") {
  Fixture fixture;
  auto channel = fixture.news;
  channel.name = "Mine";
  for (int i = 0; i < 2; ++i)
    catalog::settle(channel, Field::Name);
  CHECK(channel.settled == std::vector{Field::Name});
  store::save_channel(fixture.database, channel);
  for (const auto stream : {fixture.a, fixture.b, fixture.c})
    fixture.rename(stream, "News 24");
  fixture.sync();
  channel = fixture.channel_of(fixture.a);
  CHECK(channel.name == "Mine");
  release(channel, Field::Name);
  CHECK(channel.name == "News 24");
  CHECK(channel.settled.empty());
}

TEST_CASE("a channel that is made by hand keeps what it has") {
  model::Channel channel;
  channel.name = "Mine";
  catalog::settle(channel, Field::Name);
  release(channel, Field::Name);
  CHECK(channel.name == "Mine");
  CHECK(channel.settled.empty());
}
