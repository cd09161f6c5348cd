// SPDX-License-Identifier: LGPL-2.1-or-later
// Logins with few connections, and guests who wait for one; and those who need not.
#include "house.hpp"

#include <array>
#include <cstdlib>
#include <doctest/doctest.h>
#include <random>

using namespace relevo;
using namespace relevo::sessions;
using namespace relevo::sessions::test;
using namespace std::chrono_literals;

namespace {

Settings patient() {
  auto settings = quick();
  settings.when_full = WhenFull::Wait;
  settings.slate = std::string(std::getenv("RELEVO_TEST_MEDIA")) + "/mpeg2_576i.ts";
  return settings;
}

void check_polite(const House& house, std::size_t most = 1) {
  CHECK(house.joe().highest <= most);
  CHECK(house.joe().refused == 0);
}

} // namespace

TEST_CASE("who waits for a connection sees the slate, and then the channel") {
  House house(patient());
  house.add_channel("News", {"h264_720p50"});
  house.add_channel("Sport", {"ac3"});
  Visitor& ann = house.visit("ann", "News");
  REQUIRE(ann.plays());
  Visitor& bob = house.visit("bob", "Sport");
  REQUIRE(bob.plays(50'000));
  CHECK(house.state("Sport") == State::Queued);
  const auto obstacle = house.session("Sport").waits_for;
  REQUIRE(obstacle);
  CHECK(describe(*obstacle) == "ac3: the login has 1 of 1 connections in use: News (session 1)");
  CHECK(obstacle->what->holders == std::vector<std::string>{"News (session 1)"});
  CHECK(house.told(Happening::SlateShown).size() == 1);
  REQUIRE(house.told(Happening::ConnectionAwaited).size() == 1);
  CHECK(house.told(Happening::ConnectionAwaited)[0].text == describe(*obstacle));
  CHECK(house.told(Happening::ConnectionAwaited)[0].obstacle == obstacle);
  CHECK(house.told(Happening::CandidateTried).size() == 1); // nobody asks for what is not there
  Visitor& eve = house.visit("eve", "Sport");               // who comes later waits along
  REQUIRE(eve.plays(50'000));
  ann.socket.hang_up();
  REQUIRE(house.hears(Happening::Switched, 2));
  CHECK(house.session("Sport").current == "ac3");
  CHECK(house.state("Sport") == State::Live);
  CHECK_FALSE(house.session("Sport").waits_for);
  REQUIRE(bob.plays());
  REQUIRE(eve.plays());
  house.close();
  CHECK(bob.faults() == "");
  CHECK(eve.faults() == "");
  CHECK(house.told(Happening::CandidateFailed).empty());
  CHECK(house.told(Happening::SlotRefused).empty());
  check_polite(house);
}

TEST_CASE("nobody waits longer than he is to") {
  auto settings = patient();
  settings.wait_limit = 300ms;
  SUBCASE("before the slate") {
    settings.slate.clear();
    House house(settings);
    house.add_channel("News", {"h264_720p50"});
    house.add_channel("Sport", {"ac3"});
    REQUIRE(house.visit("ann", "News").plays());
    Visitor& bob = house.visit("bob", "Sport");
    CHECK(house.state("Sport") == State::Queued);
    REQUIRE(bob.is_refused());
    CHECK(bob.refused->status == 503);
    CHECK(bob.refused->reason ==
          "no connection became free: ac3: the login has 1 of 1 connections in use: News (session 1)");
    CHECK(bob.refused->retry_after > 0s);
    house.close();
  }
  SUBCASE("with it") {
    House house(settings);
    house.add_channel("News", {"h264_720p50"});
    house.add_channel("Sport", {"ac3"});
    REQUIRE(house.visit("ann", "News").plays());
    Visitor& bob = house.visit("bob", "Sport");
    REQUIRE(turn_until([&] { return bob.socket.ended(); }));
    REQUIRE(house.hears(Happening::SessionClosed));
    CHECK(house.told(Happening::SessionClosed)[0].cause == Cause::NoConnection);
    CHECK(house.told(Happening::SessionClosed)[0].reason.starts_with(
        "no connection became free: ac3: the login"));
    CHECK(bob.faults() == "");
    house.close();
    check_polite(house);
  }
}

TEST_CASE("a connection that a session gives up by going on with another login is seen") {
  House house(patient());
  house.provider.set_login({"eve", "secret", 1});
  house.add_channel("News", {"h264_720p50", "h265_1080p25"});
  house.add_channel("Sport", {"ac3"});
  Source& other = house.plans["News"].sources[1];
  other.candidate.uri = house.provider.url("/live/eve/secret/h265_1080p25.ts?burst=1");
  other.candidate.slot_key = "eve";
  other.claim.login = {2};
  Visitor& ann = house.visit("ann", "News");
  REQUIRE(ann.plays());
  Visitor& bob = house.visit("bob", "Sport");
  REQUIRE(bob.plays(50'000));
  REQUIRE(house.sessions->next(house.session("News").id));
  REQUIRE(turn_until([&] { return house.session("Sport").current == "ac3"; }));
  REQUIRE(bob.plays());
  REQUIRE(ann.plays());
  house.close();
  CHECK(ann.faults() == "");
  CHECK(bob.faults() == "");
  check_polite(house);
}

TEST_CASE("who zaps takes his connection along, whoever waits for one") {
  House house(patient());
  for (const char* clip : {"h264_720p50", "ac3", "h265_1080p25"})
    house.add_channel(clip, {clip});
  Visitor& before = house.visit("ann", "h264_720p50");
  REQUIRE(before.plays());
  Visitor& bob = house.visit("bob", "ac3");
  REQUIRE(bob.plays(50'000));
  Visitor& after = house.visit("ann", "h265_1080p25");
  REQUIRE(turn_until([&] { return house.session("h265_1080p25").current == "h265_1080p25"; }));
  REQUIRE(after.plays());
  CHECK(house.state("ac3") == State::Queued);
  after.socket.hang_up();
  REQUIRE(turn_until([&] { return house.session("ac3").current == "ac3"; }));
  REQUIRE(bob.plays());
  house.close();
  check_polite(house);
}

TEST_CASE("who hangs up waits no longer") {
  auto settings = patient();
  settings.slate.clear();
  House house(settings);
  house.add_channel("News", {"h264_720p50"});
  house.add_channel("Sport", {"ac3"});
  REQUIRE(house.visit("ann", "News").plays());
  Visitor& bob = house.visit("bob", "Sport");
  bob.socket.hang_up();
  REQUIRE(house.hears(Happening::SessionClosed));
  CHECK(house.told(Happening::SessionClosed)[0].channel_name == "Sport");
  CHECK(house.told(Happening::SessionClosed)[0].reason == "unwatched");
  house.close();
}

TEST_CASE("a channel may have a slate of its own") {
  auto settings = patient();
  const auto slate = std::exchange(settings.slate, std::string());
  House house(settings);
  house.add_channel("News", {"h264_720p50"});
  house.add_channel("Sport", {"ac3"});
  house.plans["Sport"].slate = slate;
  REQUIRE(house.visit("ann", "News").plays());
  REQUIRE(house.visit("bob", "Sport").plays(50'000));
  CHECK(house.state("Sport") == State::Queued);
  house.close();
}

TEST_CASE("however many zap and wait at random, the provider refuses nobody, and nobody is sent away") {
  auto settings = patient();
  settings.wait_limit = 1h;
  House house(settings);
  const std::vector<std::string> clips{"h264_720p50", "ac3", "h265_1080p25", "mpeg2_576i"};
  for (const auto& clip : clips)
    house.add_channel(clip, {clip}, 2);
  constexpr int kZaps = 60;
  std::mt19937 random(11);
  std::array<Visitor*, 5> now{};
  for (int i = 0; i < kZaps; ++i) {
    const auto who = random() % now.size();
    Visitor* before = now[who];
    now[who] = &house.visit(std::to_string(who), clips[random() % clips.size()]);
    if (before && random() % 4 != 0) before->socket.hang_up(); // else his player forgets the old one
    [[maybe_unused]] const bool never =
        turn_until([] { return false; }, std::chrono::milliseconds{random() % 60});
  }
  for (Visitor& visitor : house.visitors)
    if (std::ranges::find(now, &visitor) == now.end()) visitor.socket.hang_up();
  for (Visitor* one : now) {
    if (!one) continue;
    CHECK_FALSE(one->refused);
    REQUIRE(turn_until([&] { return one->joined; }));
  }
  for (Visitor* one : now)
    if (one) one->socket.hang_up();
  house.close();
  check_polite(house, 2);
  for (const Event& refused : house.told(Happening::ViewerRefused)) // an earlier connection of who zaps
    CHECK(refused.text == "the channel was closed: to make room");
  CHECK(house.told(Happening::CandidateFailed).empty());
}

TEST_CASE("the catalogue may change while a session waits") {
  House house(patient());
  house.add_channel("News", {"h264_720p50"});
  house.add_channel("Sport", {"ac3"});
  for (auto& [name, plan] : house.plans)
    plan.uuid = name;
  REQUIRE(house.visit("ann", "News").plays());
  Visitor& bob = house.visit("bob", "Sport");
  REQUIRE(bob.plays(50'000));
  house.provider.set_login({"eve", "secret", 1});
  Source& source = house.plans["Sport"].sources[0];
  source.candidate.uri = house.provider.url("/live/eve/secret/ac3.ts?burst=1");
  source.candidate.slot_key = "eve";
  source.claim.login = {2};
  house.sessions->renew();
  REQUIRE(turn_until([&] { return house.session("Sport").current == "ac3"; }));
  REQUIRE(bob.plays());
  house.close();
  check_polite(house);
}

TEST_CASE("viewers of a lower priority make room, where priorities count") {
  for (const bool preempt : {false, true}) {
    CAPTURE(preempt);
    auto settings = quick();
    settings.preempt = preempt;
    House house(settings);
    house.add_channel("News", {"h264_720p50"});
    house.add_channel("Sport", {"ac3"});
    Visitor& ann = house.visit("ann", "News", 1);
    REQUIRE(ann.plays());
    Visitor& same = house.visit("eve", "Sport", 1);
    REQUIRE(same.refused);
    Visitor& bob = house.visit("bob", "Sport", 2);
    if (!preempt) {
      CHECK(bob.refused);
      REQUIRE(ann.plays());
      continue;
    }
    REQUIRE(bob.plays());
    CHECK(turn_until([&] { return ann.socket.ended(); }));
    CHECK(house.told(Happening::SessionClosed).back().reason == "to make room");
    house.close();
    check_polite(house);
  }
}
