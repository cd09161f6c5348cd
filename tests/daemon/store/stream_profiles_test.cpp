// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/stream_profiles.hpp"

#include "store/accounts.hpp"
#include "store/channels.hpp"
#include "store/store.hpp"
#include "store/streams.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using model::StreamProfile;
using model::StreamProfileKind;

TEST_CASE("profiles that come with the program stand first, in their order") {
  auto database = *store::open_in_memory();
  StreamProfile own = {{}, "Analyser", StreamProfileKind::Command, "cat {streamUrl}", "Mine/1"};
  store::save_stream_profile(database, own);
  const auto profiles = store::load_stream_profiles(database);
  std::string names;
  for (const auto& one : profiles)
    names += one.name + (one.stock ? "* " : " ");
  CHECK(names == "Proxy* Redirect* FFmpeg* Streamlink* VLC* Analyser ");
  CHECK(profiles.back() == own);
  CHECK(store::find_stream_profile(database, own.id) == own);
  own.name = "Mine";
  own.kind = StreamProfileKind::Redirect;
  own.command.clear();
  store::save_stream_profile(database, own);
  CHECK(store::load_stream_profiles(database).back() == own);
}

TEST_CASE("who chose a profile that goes has chosen none") {
  auto database = *store::open_in_memory();
  StreamProfile own = {{}, "Mine", StreamProfileKind::Redirect, "", ""};
  store::save_stream_profile(database, own);
  model::Account account;
  account.name = "Ours";
  store::save_account(database, account);
  const auto group = store::insert_group(database, {{}, account.id, model::StreamKind::Live, "News", true});
  store::StreamWriter(database, account.id).insert({.name = "News"}, group, 0, {});
  const auto stream = store::load_fingerprints(database, account.id).at(0).id;
  model::Channel channel;
  channel.name = "News";
  channel.stream_profile = own.id;
  channel.slate = "/srv/wait.ts";
  store::save_channel(database, channel);
  REQUIRE(store::set_stream_profile(database, stream, own.id));
  CHECK_FALSE(store::set_stream_profile(database, {stream.value + 1}, own.id));
  CHECK(store::find_channel(database, channel.id)->stream_profile == own.id);
  CHECK(store::find_channel(database, channel.id)->slate == "/srv/wait.ts");
  CHECK(store::find_stream(database, stream)->stream_profile == own.id);
  CHECK(store::load_custom_streams(database).size() == 1);
  // A refresh leaves what the user chose.
  store::StreamWriter(database, account.id).update(stream, {.name = "News HD"}, group, 0, {});
  CHECK(store::find_stream(database, stream)->stream_profile == own.id);
  CHECK(store::erase_stream_profile(database, own.id));
  CHECK_FALSE(store::erase_stream_profile(database, own.id));
  CHECK_FALSE(store::find_channel(database, channel.id)->stream_profile);
  CHECK_FALSE(store::find_stream(database, stream)->stream_profile);
}
