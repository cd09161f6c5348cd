// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/channels.hpp"
#include "store/guide.hpp"
#include "store/profiles.hpp"
#include "store/programme_search.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>
#include <map>
#include <string>

using namespace relevo;
using model::Time;
using std::chrono::seconds;
using Titles = std::vector<std::string>;

namespace {

constexpr int kMinute = 60;

Time at(int minute) {
  return Time(seconds(minute * kMinute));
}

/// Channels "one" and "two", whose guide's channels have those names.
struct Fixture {
  sqlite::Database database = *store::open_in_memory();
  model::GuideSource source;
  std::map<std::string, model::Channel> channels;

  Fixture() {
    source.name = "Guide";
    store::save_guide_source(database, source);
    for (const auto* name : {"one", "two"})
      save(name, [this, name](model::Channel& channel) {
        channel.number = {static_cast<std::uint32_t>(channels.size())};
        channel.name = name;
        channel.logo = "http://logo";
        channel.guide = {source.id, name};
      });
  }

  template <class Change>
  void save(const std::string& name, const Change& change) {
    auto& channel = channels[name];
    change(channel);
    store::save_channel(database, channel);
  }

  struct Row {
    std::string channel;
    std::string title;
    int start; // minutes
    int stop;
  };
  void publish(const std::vector<Row>& rows) {
    store::EditionWriter writer(database, source.id);
    for (const auto& [channel, title, start, stop] : rows)
      writer.add_programme(channel, {at(start), at(stop), title, "part"});
    writer.finish();
    writer.publish();
  }

  [[nodiscard]] store::Slice<store::FoundProgramme> find(store::ProgrammeSearch search) const {
    if (search.until == Time{}) search.until = at(1000);
    return store::search_programmes(database, search);
  }
  [[nodiscard]] Titles titles(const store::ProgrammeSearch& search) const {
    Titles titles;
    for (const auto& found : find(search).items)
      titles.push_back(found.title);
    return titles;
  }
};

} // namespace

TEST_CASE("programmes are found by a part of their title, with their channel, by their start") {
  Fixture fixture;
  fixture.publish({{"one", "Late News", 20, 30}, {"one", "Film", 0, 20}, {"two", "NEWS", 10, 20}});
  const auto found = fixture.find({.text = "news"});
  REQUIRE(found.total == 2);
  const auto& two = fixture.channels["two"];
  CHECK(found.items[0] ==
        store::FoundProgramme{two.id, two.number, "two", "http://logo", at(10), at(20), "NEWS", "part"});
  CHECK(found.items[1].title == "Late News");
  CHECK(fixture.titles({.text = "part"}).empty());
}

TEST_CASE("signs of LIKE mean themselves") {
  Fixture fixture;
  fixture.publish({{"one", "100 % you", 0, 10}, {"one", "100 times you", 10, 20}});
  CHECK(fixture.titles({.text = "0 %"}) == Titles{"100 % you"});
  CHECK(fixture.titles({.text = "0_"}).empty());
}

TEST_CASE("what is on at some time of the window is found") {
  Fixture fixture;
  fixture.publish({{"one", "News 1", 0, 10}, {"one", "News 2", 10, 20}, {"one", "News 3", 20, 30}});
  CHECK(fixture.titles({.text = "news", .from = at(15), .until = at(20)}) == Titles{"News 2"});
  CHECK(fixture.titles({.text = "news", .from = at(10), .until = at(21)}) == Titles{"News 2", "News 3"});
}

TEST_CASE("the channel's shift moves what is found") {
  Fixture fixture;
  fixture.publish({{"one", "News 1", 0, 10}, {"two", "News 2", 5, 10}});
  fixture.save("one", [](model::Channel& channel) { channel.guide_shift_minutes = 60; });
  const auto found = fixture.find({.text = "news"});
  REQUIRE(found.total == 2);
  CHECK(found.items[0].title == "News 2");
  CHECK(found.items[1].start == at(60));
  CHECK(found.items[1].stop == at(70));
  CHECK(fixture.titles({.text = "news", .from = at(0), .until = at(60)}) == Titles{"News 2"});
  CHECK(fixture.titles({.text = "news", .from = at(69), .until = at(70)}) == Titles{"News 1"});
  CHECK(fixture.titles({.text = "news", .from = at(70), .until = at(99)}).empty());
}

TEST_CASE("hidden channels, other profiles and old editions are left out") {
  Fixture fixture;
  fixture.publish({{"one", "Old news", 0, 10}});
  fixture.publish({{"one", "News 1", 0, 10}, {"two", "News 2", 0, 10}, {"three", "News 3", 0, 10}});
  CHECK(fixture.titles({.text = "news"}) == Titles{"News 1", "News 2"});
  model::ChannelProfile profile{{}, "Kids"};
  store::save_profile(fixture.database, profile);
  store::save_profile_channels(fixture.database, profile.id, {fixture.channels["two"].id});
  CHECK(fixture.titles({.text = "news", .profile = profile.id}) == Titles{"News 2"});
  fixture.save("two", [](model::Channel& channel) { channel.hidden = true; });
  CHECK(fixture.titles({.text = "news"}) == Titles{"News 1"});
  CHECK(fixture.titles({.text = "news", .profile = profile.id}).empty());
}

TEST_CASE("pages follow each other, and what starts at once is sorted by the channels' numbers") {
  Fixture fixture;
  fixture.publish({{"one", "News d", 10, 20},
                   {"two", "News b", 0, 10},
                   {"one", "News a", 0, 10},
                   {"two", "News e", 10, 20},
                   {"three", "News c", 0, 10}});
  fixture.save("", [&fixture](model::Channel& channel) {
    channel.name = "without a number";
    channel.guide = {fixture.source.id, "three"};
  });
  Titles titles;
  for (std::int64_t offset = 0; offset <= 6; offset += 2) {
    const store::ProgrammeSearch search{.text = "news", .page = {.limit = 2, .offset = offset}};
    CHECK(fixture.find(search).total == 5);
    for (const auto& title : fixture.titles(search))
      titles.push_back(title);
  }
  CHECK(titles == Titles{"News a", "News b", "News c", "News d", "News e"});
  CHECK(fixture.find({.text = "news", .page = {.limit = 0}}).total == 5);
}
