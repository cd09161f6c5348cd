// SPDX-License-Identifier: LGPL-2.1-or-later
#include "outputs/lineup.hpp"

#include "base/text.hpp"
#include "store/channels.hpp"
#include "store/guide.hpp"
#include "store/profiles.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>
#include <memory>
#include <set>

using namespace relevo;
using namespace relevo::outputs;

namespace {

struct Fixture {
  sqlite::Database database = *store::open_in_memory();

  model::ChannelId add(const std::string& name, const std::string& number = {}, const std::string& group = {},
                       bool hidden = false, const std::string& tvg_id = {}) {
    model::Channel channel;
    channel.name = name;
    if (!number.empty()) channel.number = *lineup::parse_channel_number(number);
    channel.group = group;
    channel.hidden = hidden;
    channel.tvg_id = tvg_id;
    store::save_channel(database, channel);
    return channel.id;
  }

  void add_profile(const std::string& name, const std::vector<model::ChannelId>& channels) {
    model::ChannelProfile profile;
    profile.name = name;
    store::save_profile(database, profile);
    store::save_profile_channels(database, profile.id, channels);
  }

  /// "One Two", or what there is not.
  std::string names(const Part& part) {
    const auto lineup = load_lineup(database, part);
    if (!lineup) return concat("no ", lineup.error());
    std::string out;
    for (const auto& one : *lineup)
      out += concat(out.empty() ? "" : " ", one.channel.name);
    return out;
  }
};

struct Identity {
  std::string_view uuid, tvg_id;
  std::uint32_t number = 0; // 0: none
};

std::vector<std::string> ids_of(const std::vector<Identity>& channels, IdSource source = IdSource::TvgId) {
  Lineup lineup;
  for (const auto& [uuid, tvg_id, number] : channels) {
    model::ListedChannel channel;
    channel.uuid = uuid;
    channel.tvg_id = tvg_id;
    if (number != 0) channel.number = {number, 0};
    lineup.add(channel);
  }
  give_ids(lineup, source);
  std::vector<std::string> ids;
  for (const auto& one : lineup)
    ids.emplace_back(one.id);
  return ids;
}

} // namespace

TEST_CASE("channels come by number, those without one last, hidden ones not at all") {
  Fixture fixture;
  CHECK(fixture.names({}) == "");
  fixture.add("none");
  fixture.add("ten", "10");
  fixture.add("five-ten", "5.10");
  fixture.add("hidden", "1", "", true);
  fixture.add("five-two", "5.2");
  fixture.add("five", "5");
  fixture.add("five-again", "5");
  CHECK(fixture.names({}) == "five five-again five-two five-ten ten none");
}

TEST_CASE("a profile has its own channels in its own order") {
  Fixture fixture;
  const auto one = fixture.add("one", "1"), two = fixture.add("two", "2", "News"),
             three = fixture.add("three", "3"), hidden = fixture.add("hidden", "4", "", true);
  fixture.add_profile("Kids", {three, hidden, one});
  fixture.add_profile("Empty", {});
  fixture.add_profile("News", {two, one});
  CHECK(fixture.names({"Kids", ""}) == "three one");
  CHECK(fixture.names({"Empty", ""}) == "");
  CHECK(fixture.names({"News", "News"}) == "two");
  CHECK(fixture.names({"kids", ""}) == "no profile");
}

TEST_CASE("who sees some profiles alone sees their channels") {
  Fixture fixture;
  const auto one = fixture.add("one", "1"), two = fixture.add("two", "2"), three = fixture.add("three", "3");
  fixture.add_profile("Kids", {three, one});
  fixture.add_profile("News", {two, one});
  fixture.add_profile("Other", {two});
  const auto seen = [&](const char* profile, const std::vector<model::ProfileId>& only) {
    return fixture.names({profile, "", only});
  };
  CHECK(seen("", {{1}}) == "three one");
  CHECK(seen("", {{1}, {2}}) == "one two three");
  CHECK(seen("", {{2}, {3}}) == "one two");
  CHECK(seen("News", {{1}, {2}}) == "two one");
  CHECK(seen("Other", {{1}, {2}}) == "no profile");
  CHECK(seen("", {}) == "");
  CHECK(seen("Kids", {}) == "no profile");
}

TEST_CASE("a group that has no channel is not there") {
  Fixture fixture;
  fixture.add("one", "1", "News");
  fixture.add("two", "2", "Sport");
  fixture.add("three", "3", "Secret", true);
  CHECK(fixture.names({"", "Sport"}) == "two");
  CHECK(fixture.names({"", "Secret"}) == "");
  CHECK(fixture.names({"", "Kids"}) == "no group");
}

TEST_CASE("each channel has an id of its own") {
  using Ids = std::vector<std::string>;
  CHECK(ids_of({{"u1", "bbc1.uk"}, {"u2", ""}, {"u3", "bbc2.uk"}}) == Ids{"bbc1.uk", "u2.relevo", "bbc2.uk"});
  CHECK(ids_of({{"u1", "bbc1.uk"}, {"u2", "bbc1.uk"}, {"u3", "BBC1.uk"}}) ==
        Ids{"bbc1.uk", "u2.relevo", "u3.relevo"});
  CHECK(ids_of({{"u1", "U2.Relevo"}, {"u2", "x"}, {"u3", "u3.relevo"}}) ==
        Ids{"u1.relevo", "x", "u3.relevo"});
  CHECK(ids_of({{"u1", " a\"b\n "}, {"u2", "a'b"}, {"u3", " \t"}, {"u4", "\xe4"}}) ==
        Ids{"a'b", "u2.relevo", "u3.relevo", "ä"});
}

TEST_CASE("the id may be the number, where that is its own") {
  using Ids = std::vector<std::string>;
  CHECK(ids_of({{"u1", "2"}, {"u2", "b", 2}, {"u3", "c", 2}, {"u4", "d", 4}, {"u5", ""}}, IdSource::Number) ==
        Ids{"u1.relevo", "2", "c", "4", "u5.relevo"});
  Fixture fixture;
  fixture.add("one", "5.1", "", false, "x");
  CHECK(load_lineup(fixture.database, {}, IdSource::Number)->front().id == "5.1");
  CHECK(load_lineup(fixture.database, {})->front().id == "x");
}

TEST_CASE("a lineup has everything that players are told, and its state says when that changes") {
  Fixture fixture;
  const auto id = fixture.add("one", "5.1", "News", false, "x");
  auto channel = *store::find_channel(fixture.database, id);
  std::set<std::string> states;
  const auto change = [&](auto&& how) {
    how();
    store::save_channel(fixture.database, channel);
    auto lineup = load_lineup(fixture.database, {});
    REQUIRE(lineup);
    const auto moved = std::make_unique<Lineup>(*std::move(lineup));
    const auto& seen = moved->front().channel;
    CHECK(seen.id == channel.id);
    CHECK(seen.uuid == channel.uuid);
    CHECK(seen.number == channel.number);
    CHECK(seen.name == channel.name);
    CHECK(seen.group == channel.group);
    CHECK(seen.logo == channel.logo);
    CHECK(seen.guide_shift_minutes == channel.guide_shift_minutes);
    CHECK(seen.guide_source.has_value() == channel.guide.has_value());
    if (channel.guide) CHECK(seen.guide_channel == channel.guide->channel);
    return states.insert(state_of(*moved)).second;
  };
  model::GuideSource source;
  source.name = "g";
  store::save_guide_source(fixture.database, source);
  CHECK(change([] {}));
  CHECK_FALSE(change([] {}));
  CHECK(change([&] { channel.name = "two"; }));
  CHECK(change([&] { channel.number = {5, 2}; }));
  CHECK(change([&] { channel.group = "Sport"; }));
  CHECK(change([&] { channel.group = ""; }));
  CHECK(change([&] { channel.logo = "http://logo"; }));
  CHECK(change([&] { channel.tvg_id = "y"; }));
  CHECK(change([&] { channel.guide = {source.id, "c"}; }));
  CHECK(change([&] { channel.guide_shift_minutes = 60; }));
}

TEST_CASE("the id of a channel does not depend on what is asked for") {
  Fixture fixture;
  fixture.add("first", "9", "", true, "same");
  const auto second = fixture.add("second", "1", "News", false, "same");
  fixture.add_profile("Kids", {second});
  const auto uuid = store::find_channel(fixture.database, second)->uuid;
  for (const Part& part : {Part{}, Part{"Kids", ""}, Part{"", "News"}}) {
    const auto lineup = load_lineup(fixture.database, part);
    REQUIRE(lineup);
    REQUIRE(lineup->size() == 1);
    CHECK(lineup->front().id == concat(uuid, ".relevo"));
  }
}
