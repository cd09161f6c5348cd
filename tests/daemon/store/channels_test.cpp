// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/accounts.hpp"
#include "store/channels.hpp"
#include "store/store.hpp"
#include "store/streams.hpp"

#include <doctest/doctest.h>
#include <map>

using namespace relevo;
using model::Channel;
using model::ChannelStream;

namespace {

/// A database with an account, a guide and three streams.
struct Fixture {
  sqlite::Database database = *store::open_in_memory();
  std::vector<model::StreamId> streams;

  Fixture() {
    model::Account account;
    account.name = "Ours";
    store::save_account(database, account);
    const auto group = store::insert_group(database, {{}, account.id, model::StreamKind::Live, "All", true});
    store::StreamWriter writer(database, account.id);
    for (int i = 0; i < 3; ++i)
      writer.insert({}, group, 0, {});
    for (const auto& stream : store::load_fingerprints(database, account.id))
      streams.push_back(stream.id);
    database.exec("INSERT INTO guide_source (id, name, location, enabled, user_agent, headers, proxy, "
                  "refresh, priority, "
                  "past_days, future_days) VALUES (7, 'g', '', 1, '', '[]', '', '', 0, 1, 1)");
  }
};

Channel everything() {
  Channel channel;
  channel.number = {5, 1};
  channel.name = "News";
  channel.group = "Information";
  channel.logo = "http://logo";
  channel.tvg_id = "news.example";
  channel.guide = {{7}, "news.guide", true, 93, "the same name"};
  channel.guide_shift_minutes = -60;
  channel.hidden = true;
  channel.automatic = true;
  channel.settled = {model::Field::Name, model::Field::Guide};
  channel.provided = {"UK: News", "UK", "http://old", "news.uk"};
  channel.custom = R"({"a":1})";
  return channel;
}

void check_same(const Channel& a, const Channel& b) {
  CHECK(a.id == b.id);
  CHECK(a.uuid == b.uuid);
  CHECK(a.number == b.number);
  CHECK(a.name == b.name);
  CHECK(a.group == b.group);
  CHECK(a.logo == b.logo);
  CHECK(a.tvg_id == b.tvg_id);
  CHECK(a.guide == b.guide);
  CHECK(a.guide_shift_minutes == b.guide_shift_minutes);
  CHECK(a.hidden == b.hidden);
  CHECK(a.automatic == b.automatic);
  CHECK(a.settled == b.settled);
  CHECK(a.provided == b.provided);
  CHECK(a.custom == b.custom);
}

} // namespace

TEST_CASE("a channel is kept with everything, under an address of its own") {
  Fixture fixture;
  Channel channel = everything();
  store::save_channel(fixture.database, channel);
  CHECK(channel.uuid.size() == 36);
  check_same(*store::find_channel(fixture.database, channel.id), channel);
  check_same(*store::find_channel(fixture.database, channel.uuid), channel);
  channel.number.reset();
  channel.guide.reset();
  channel.group = "";
  store::save_channel(fixture.database, channel);
  check_same(*store::find_channel(fixture.database, channel.id), channel);
  Channel other = everything();
  store::save_channel(fixture.database, other);
  CHECK(other.uuid != channel.uuid);
  CHECK(store::erase_channel(fixture.database, channel.id));
  CHECK_FALSE(store::find_channel(fixture.database, channel.id));
}

TEST_CASE("streams of a channel have an order") {
  Fixture fixture;
  Channel channel = everything();
  store::save_channel(fixture.database, channel);
  std::vector<ChannelStream> streams = {{fixture.streams[2], true, 100, ""},
                                        {fixture.streams[0], false, 80, "the same name"},
                                        {fixture.streams[1], true, 100, ""}};
  store::save_channel_streams(fixture.database, channel.id, streams);
  CHECK(store::load_channel_streams(fixture.database, channel.id) == streams);
  std::swap(streams[0], streams[2]);
  streams.pop_back();
  store::save_channel_streams(fixture.database, channel.id, streams);
  CHECK(store::load_channel_streams(fixture.database, channel.id) == streams);
}

TEST_CASE("a channel goes on with the streams that are left") {
  Fixture fixture;
  Channel channel = everything();
  store::save_channel(fixture.database, channel);
  store::save_channel_streams(fixture.database, channel.id, {{fixture.streams[0]}, {fixture.streams[1]}});
  sqlite::Statement(fixture.database, "DELETE FROM stream WHERE id = ?").run(fixture.streams[0].value);
  CHECK(store::load_channel_streams(fixture.database, channel.id) ==
        std::vector<ChannelStream>{{fixture.streams[1]}});
}

TEST_CASE("a guide that goes leaves the channel") {
  Fixture fixture;
  Channel channel = everything();
  store::save_channel(fixture.database, channel);
  fixture.database.exec("DELETE FROM guide_source");
  CHECK_FALSE(store::find_channel(fixture.database, channel.id)->guide);
}

TEST_CASE("all channels, their streams and what was taken out of them are loaded at once") {
  Fixture fixture;
  const auto& [a, b, c] = std::tie(fixture.streams[0], fixture.streams[1], fixture.streams[2]);
  Channel first = everything(), second = everything();
  store::ChannelWriter writer(fixture.database);
  writer.save(first);
  writer.save(second);
  writer.save_streams(second.id, {{c}, {a, false, 80, "the same name"}});
  writer.save_streams(first.id, {{b}});
  const auto channels = store::load_channels(fixture.database);
  REQUIRE(channels.size() == 2);
  check_same(channels[0], first);
  check_same(channels[1], second);
  CHECK(store::load_memberships(fixture.database) ==
        std::vector<model::Membership>{
            {first.id, {b}}, {second.id, {c}}, {second.id, {a, false, 80, "the same name"}}});
  store::add_separations(fixture.database,
                         std::vector<model::Separation>{{first.id, a}, {first.id, a}, {second.id, b}});
  store::erase_separation(fixture.database, {second.id, b});
  CHECK(store::load_separations(fixture.database) == std::vector<model::Separation>{{first.id, a}});
}

TEST_CASE("channels are listed as they are asked for") {
  Fixture fixture;
  const auto add = [&fixture](const std::string& name, std::optional<model::ChannelNumber> number,
                              const std::string& group, bool hidden, bool automatic) {
    Channel channel;
    channel.name = name;
    channel.number = number;
    channel.group = group;
    channel.hidden = hidden;
    channel.automatic = automatic;
    if (!automatic) channel.guide = {{7}, "x"};
    store::save_channel(fixture.database, channel);
  };
  const auto names = [&fixture](const store::ChannelQuery& query) {
    std::string out;
    for (const auto& one : store::list_channels(fixture.database, query).items)
      out += one.name + " ";
    return out;
  };
  add("none", std::nullopt, "B", false, true);
  add("ten", {{10, 0}}, "A", true, true);
  add("Two-2", {{2, 2}}, "B", false, false);
  add("two-10", {{2, 10}}, "", false, true);
  CHECK(names({}) == "Two-2 two-10 ten none ");
  CHECK(names({.page = {"name"}}) == "none ten two-10 Two-2 ");
  CHECK(names({.page = {"id", true}}) == "two-10 Two-2 ten none ");
  CHECK(names({.page = {"profile"}}) == "Two-2 two-10 ten none "); // of none
  CHECK(names({.group = "B"}) == "Two-2 none ");
  CHECK(names({.text = "TWO"}) == "Two-2 two-10 ");
  CHECK(names({.hidden = true}) == "ten ");
  CHECK(names({.automatic = false}) == "Two-2 ");
  CHECK(names({.guided = false}) == "two-10 ten none ");
  CHECK(names({.guided = true}) == "Two-2 ");
  const auto page = store::list_channels(fixture.database, {.page = {"", false, 1, 1}});
  CHECK(page.items.size() == 1);
  CHECK(page.total == 4);
}

TEST_CASE("neighbours are the next by number on either side") {
  auto database = *store::open_in_memory();
  std::map<std::string, std::string> names;
  const auto add = [&](const char* name, std::optional<model::ChannelNumber> number, bool hidden = false) {
    model::Channel channel;
    channel.name = name;
    channel.number = number;
    channel.hidden = hidden;
    store::save_channel(database, channel);
    names[channel.uuid] = name;
  };
  add("5.2", {{5, 2}});
  add("4", {{4, 0}});
  add("9", {{9, 0}});
  add("none", {});
  add("hidden", {{5, 1}}, true);
  add("5", {{5, 0}});
  const auto around = [&](model::ChannelNumber number, unsigned each_side) {
    std::string out;
    for (const auto& uuid : store::load_neighbours(database, number, each_side))
      out += names.at(uuid) + " ";
    return out;
  };
  CHECK(around({5, 0}, 1) == "5.2 4 ");
  CHECK(around({5, 0}, 3) == "5.2 4 9 ");
  CHECK(around({9, 0}, 2) == "5.2 5 ");
  CHECK(around({1, 0}, 1) == "4 ");
  CHECK(around({5, 0}, 0) == "");
}

TEST_CASE("the numbers of all channels that fit, in the order of the list") {
  Fixture fixture;
  std::vector<model::ChannelId> ids;
  for (const auto& [number, name] :
       {std::pair(3u, "News"), std::pair(1u, "New York"), std::pair(2u, "Sport")}) {
    Channel channel;
    channel.number = {number, 0};
    channel.name = name;
    store::save_channel(fixture.database, channel);
    ids.push_back(channel.id);
  }
  CHECK(store::list_channel_ids(fixture.database, {.text = "new"}) == std::vector{ids[1], ids[0]});
  CHECK(store::list_channel_ids(fixture.database, {.page = {.limit = 1, .offset = 1}}) ==
        std::vector{ids[2]});
  CHECK(store::list_channel_ids(fixture.database, {.without = {ids[0], ids[2]}}) == std::vector{ids[1]});
}
