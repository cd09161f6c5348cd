// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/channel_groups.hpp"
#include "store/channels.hpp"
#include "store/profiles.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using model::ChannelProfile;
using Ids = std::vector<model::ChannelId>;

TEST_CASE("the name of a group keeps its number") {
  auto database = *store::open_in_memory();
  model::Channel channel;
  const auto move_to = [&](const char* group) {
    channel.group = group;
    store::save_channel(database, channel);
  };
  CHECK(store::load_group_numbers(database).empty());
  move_to("News");
  const auto news = store::load_group_numbers(database).at("News");
  move_to("Sport");
  move_to("");
  CHECK(store::load_group_numbers(database).size() == 2);
  move_to("News");
  CHECK(store::load_group_numbers(database).at("News") == news);
}

TEST_CASE("a profile has some channels, in an order of its own") {
  auto database = *store::open_in_memory();
  std::vector<model::ChannelId> ids;
  for (const auto* name : {"a", "b", "c"}) {
    model::Channel channel;
    channel.name = name;
    store::save_channel(database, channel);
    ids.push_back(channel.id);
  }
  ChannelProfile kids = {{}, "Kids"}, all = {{}, "All"};
  store::save_profile(database, kids);
  store::save_profile(database, all);
  CHECK(store::load_profiles(database) == std::vector{all, kids});
  store::save_profile_channels(database, kids.id, {ids[2], ids[0]});
  store::save_profile_channels(database, all.id, ids);
  CHECK(store::load_profile_channels(database, kids.id) == Ids{ids[2], ids[0]});
  CHECK(store::have_channel(database, {kids.id, all.id}, ids[1]));
  CHECK_FALSE(store::have_channel(database, {kids.id}, ids[1]));
  CHECK_FALSE(store::have_channel(database, {}, ids[1]));
  const auto slice = store::list_channels(database, {.profile = kids.id});
  REQUIRE(slice.items.size() == 2);
  CHECK(slice.total == 2);
  CHECK(slice.items[0].name == "c");
  CHECK(store::list_channels(database, {.profile = kids.id, .page = {"name"}}).items[0].name == "a");
  store::save_profile_channels(database, kids.id, {ids[1]});
  CHECK(store::load_profile_channels(database, kids.id) == Ids{ids[1]});
  kids.name = "Children";
  store::save_profile(database, kids);
  CHECK(store::find_profile(database, kids.id) == kids);
  store::erase_channel(database, ids[1]);
  CHECK(store::load_profile_channels(database, kids.id).empty());
  CHECK(store::erase_profile(database, kids.id));
  CHECK_FALSE(store::erase_profile(database, kids.id));
  CHECK_FALSE(store::find_profile(database, kids.id));
  CHECK(store::load_profile_channels(database, all.id).size() == 2);
}
