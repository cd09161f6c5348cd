// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tuner/roster.hpp"

#include "base/text.hpp"
#include "store/channels.hpp"
#include "store/profiles.hpp"
#include "store/store.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace relevo;
using namespace relevo::tuner;

namespace {

constexpr model::Time kNow{std::chrono::seconds(1'000'000)};

Provider provider(int connections, const std::vector<int>& logins, const std::string& group = {}) {
  Provider made;
  made.account.connections = connections;
  made.account.server_group = group;
  for (const int limit : logins) {
    auto& login = made.logins.emplace_back();
    login.username = concat("joe", made.logins.size());
    login.connections = limit;
  }
  return made;
}

struct Fixture {
  sqlite::Database database = *store::open_in_memory();

  model::ChannelId add(const std::string& name, const std::string& number, bool hidden = false) {
    model::Channel channel;
    channel.name = name;
    if (!number.empty()) channel.number = *lineup::parse_channel_number(number);
    channel.hidden = hidden;
    store::save_channel(database, channel);
    return channel.id;
  }

  model::ProfileId add_profile(const std::string& name, const std::vector<model::ChannelId>& channels) {
    model::ChannelProfile profile;
    profile.name = name;
    store::save_profile(database, profile);
    store::save_profile_channels(database, profile.id, channels);
    return profile.id;
  }
};

std::string names(const Stations& stations) {
  std::string text;
  for (const auto& station : stations)
    text += concat(text.empty() ? "" : " ", station.number, '=', station.name);
  return text;
}

} // namespace

TEST_CASE("there are as many tuners as connections") {
  struct {
    std::vector<Provider> providers;
    std::initializer_list<std::size_t> most;
    unsigned tuners;
  } const cases[] = {
      {{}, {}, 1},
      {{provider(0, {2})}, {}, 2},
      {{provider(0, {2, 3}), provider(0, {1})}, {}, 6},
      {{provider(4, {2, 3})}, {}, 4},
      {{provider(0, {0})}, {}, kMostTuners},
      {{provider(0, {})}, {}, kMostTuners},
      {{provider(3, {})}, {}, 3},
      {{provider(0, {20, 20})}, {}, kMostTuners},
      {{provider(0, {5})}, {0, 3}, 3},
      {{provider(0, {0})}, {7, 0}, 7},
      {{provider(0, {2}, "same"), provider(0, {2}, "same")}, {}, 2},
      {{provider(0, {2}, "one"), provider(0, {2}, "other")}, {}, 4},
  };
  for (const auto& c : cases) {
    CAPTURE(&c - cases);
    CHECK(count_tuners(c.providers, kNow, c.most) == c.tuners);
  }
}

TEST_CASE("what cannot be used does not count") {
  auto disabled = provider(0, {2});
  disabled.account.enabled = false;
  auto logins = provider(0, {1, 2, 4});
  logins.logins[1].enabled = false;
  logins.logins[2].expires = kNow;
  CHECK(count_tuners({disabled, logins}, kNow, {}) == 1);
  logins.logins[2].expires = kNow + std::chrono::seconds(1);
  CHECK(count_tuners({disabled, logins}, kNow, {}) == 5);
}

TEST_CASE("stations are channels with a number that no other has") {
  Fixture it;
  it.add("None", "");
  it.add("B", "5.1");
  it.add("Second", "5.1");
  it.add("A\n\"x\"", "2");
  it.add("Hidden", "1", true);
  CHECK(names(load_offer(it.database, "", 0).stations) == "2=A \"x\" 5.1=B");
  CHECK(load_offer(it.database, "nobody's", 0).all == 0);
}

TEST_CASE("what is beyond 480 channels is another device") {
  Fixture it;
  std::vector<model::ChannelId> ids;
  for (int i = 1; i <= 1000; ++i)
    ids.push_back(it.add("C", std::to_string(i)));
  it.add_profile("Kids", {ids[4], ids[1]});
  const auto roster = load_roster(it.database, "here", {"Nobody", "Kids"});
  CHECK(roster.stations.size() == kMostStations);
  CHECK(roster.missing == std::vector<std::string>{"Nobody"});
  std::string told;
  std::set<hdhr::DeviceId> device_ids;
  std::set<std::string> uuids;
  for (const auto& [device, place] : roster.devices) {
    told += concat(place, ' ', device.name, ' ',
                   load_offer(it.database, device.profile, device.part).stations.size(), '\n');
    device_ids.insert(device.id);
    uuids.insert(device.uuid);
    CHECK(find_device(it.database, "here", hdhr::write(device.id)) == device);
  }
  CHECK(told == "0 Relevo 480\n2 Relevo Kids 2\n3 Relevo (2) 480\n4 Relevo (3) 40\n");
  CHECK(device_ids.size() == 4);
  CHECK(uuids.size() == 4);
  CHECK(names(load_offer(it.database, "Kids", 0).stations) == "5=C 2=C");
}

TEST_CASE("a device is meant by its id or its profile") {
  Fixture it;
  const auto id = it.add_profile("Kids", {});
  const auto first = find_device(it.database, "here", "");
  REQUIRE(first);
  CHECK((first->name == "Relevo" && first->profile.empty()));
  CHECK(first != find_device(it.database, "elsewhere", ""));
  const auto kids = find_device(it.database, "here", "Kids");
  REQUIRE(kids);
  CHECK((kids->name == "Relevo Kids" && kids->profile == "Kids"));
  CHECK(hdhr::is_valid(kids->id));
  CHECK_FALSE(find_device(it.database, "here", "12345678"));
  auto profile = *store::find_profile(it.database, id);
  profile.name = "Children";
  store::save_profile(it.database, profile);
  auto lower = hdhr::write(kids->id);
  for (char& c : lower)
    c = to_lower(c);
  const auto renamed = find_device(it.database, "here", lower);
  REQUIRE(renamed);
  CHECK((renamed->id == kids->id && renamed->uuid == kids->uuid && renamed->name == "Relevo Children"));
}

TEST_CASE("a device says who it is in the forms that programs want") {
  const auto device = make_device("here", 0, "", 0);
  CHECK(device.auth.size() == 24);
  REQUIRE(device.uuid.size() == 36);
  CHECK(device.uuid[14] == '8');
  CHECK(std::string_view("89ab").find(device.uuid[19]) != std::string_view::npos);
  CHECK(device.uuid.find_first_not_of("0123456789abcdef-") == std::string::npos);
}
