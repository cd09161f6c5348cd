// SPDX-License-Identifier: LGPL-2.1-or-later
#include "catalog/decide.hpp"
#include "catalog/twins.hpp"
#include "sync_fixture.hpp"

using namespace relevo;
using Channels = std::vector<model::ChannelId>;

namespace {

/// Two accounts whose groups tell no country.
struct Fixture : SyncFixture {
  explicit Fixture(bool merge = true) {
    add_account("A", 3, model::SyncRule{.merge = merge});
    add_account("B", 2, model::SyncRule{.merge = merge});
    for (const auto account : {"A", "B"})
      add_group(account, "All", model::SyncRule{.merge = merge});
  }

  model::ChannelId make(const std::string& account, std::string_view name) {
    const auto stream = add(account, name, "", "", "All");
    sync();
    return channel_of(stream).id;
  }

  /// "1+3 97, 2+3 97", by the numbers inside.
  std::string twins() {
    std::string out;
    for (const auto& pair : catalog::find_twins(database))
      out += concat(out.empty() ? "" : ", ", pair.first.value, '+', pair.second.value, ' ', pair.score);
    return out;
  }
};

} // namespace

TEST_CASE("what nobody could know is found, until somebody decides") {
  Fixture fixture;
  const auto british = fixture.make("A", "UK: Sport"), german = fixture.make("A", "DE: Sport");
  const auto either = fixture.make("B", "Sport");
  const auto pair = [&](model::ChannelId other) { return concat(other.value, '+', either.value, " 97"); };
  CHECK(fixture.twins() == concat(pair(british), ", ", pair(german)));
  CHECK(catalog::find_twins(fixture.database)[0].reasons ==
        std::vector<std::string>{"the same name", "only one tells the country: gb"});
  REQUIRE(catalog::keep_apart(fixture.database, Channels{british, either}));
  CHECK(fixture.twins() == pair(german));
  fixture.sync();
  CHECK(fixture.twins() == pair(german));
  REQUIRE(catalog::merge(fixture.database, Channels{german, either}));
  CHECK(fixture.twins().empty());
}

TEST_CASE("what the user has split is no pair") {
  Fixture fixture;
  const auto channel = fixture.make("A", "Sport");
  const auto stream = fixture.add("B", "Sport", "", "", "All");
  fixture.sync();
  REQUIRE(catalog::split(fixture.database, channel, std::vector{stream}));
  CHECK(store::load_channels(fixture.database).size() == 2);
  CHECK(fixture.twins().empty());
}

TEST_CASE("channels that have the same streams are no pair: nobody could keep them apart") {
  Fixture fixture;
  const auto sport = fixture.make("A", "Sport");
  const auto other = fixture.add("B", "Sport", "", "", "All");
  fixture.sync();
  model::Channel copy;
  copy.name = "Sport";
  store::save_channel(fixture.database, copy);
  REQUIRE(fixture.streams_of(sport).size() == 2);
  store::save_channel_streams(fixture.database, copy.id, {{other}});
  CHECK(catalog::find_twins(fixture.database).size() == 1);
  store::save_channel_streams(fixture.database, copy.id, {{other}, {fixture.streams_of(sport).front()}});
  CHECK(fixture.twins().empty());
}

TEST_CASE("hidden channels, and two without a stream, are nobody's business") {
  Fixture fixture;
  model::Channel bare, other;
  bare.name = other.name = "Sport";
  store::save_channel(fixture.database, bare);
  store::save_channel(fixture.database, other);
  CHECK(fixture.twins().empty());
  const auto made = fixture.make("A", "Sport");
  CHECK(catalog::find_twins(fixture.database).size() == 2);
  auto channel = *store::find_channel(fixture.database, made);
  channel.hidden = true;
  store::save_channel(fixture.database, channel);
  CHECK(fixture.twins().empty());
}

TEST_CASE("what a rule keeps apart is no pair, unless one is made by hand") {
  Fixture fixture(false);
  fixture.make("A", "Sport");
  fixture.make("B", "Sport");
  CHECK(store::load_channels(fixture.database).size() == 2);
  CHECK(fixture.twins().empty());
  model::Channel mine;
  mine.name = "Sport";
  store::save_channel(fixture.database, mine);
  CHECK(catalog::find_twins(fixture.database).size() == 2);
}
