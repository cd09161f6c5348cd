// SPDX-License-Identifier: LGPL-2.1-or-later
// Logins with few connections: who gets them, who makes room, who is refused and is told why.
#include "house.hpp"

#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <random>

using namespace relevo;
using namespace relevo::sessions;
using namespace relevo::sessions::test;
using namespace std::chrono_literals;

namespace {

/// Nobody ever made the provider refuse.
void check_polite(const House& house, std::size_t most = 1) {
  CHECK(house.joe().highest <= most);
  CHECK(house.joe().refused == 0);
}

} // namespace

TEST_CASE("who wants another channel of a full login is refused, and told who holds it") {
  House house(quick());
  house.add_channel("News", {"h264_720p50"});
  house.add_channel("Sport", {"ac3"});
  Visitor& ann = house.visit("ann", "News");
  REQUIRE(ann.plays());
  Visitor& bob = house.visit("bob", "Sport");
  REQUIRE(bob.refused);
  CHECK(bob.refused->status == 503);
  CHECK(bob.refused->reason == "ac3: the login has 1 of 1 connections in use: News (session 1)");
  CHECK(bob.refused->retry_after > 0s);
  REQUIRE(ann.plays());
  CHECK(house.told(Happening::ViewerRefused).size() == 1);
  house.close();
  CHECK(ann.faults() == "");
  check_polite(house);
}

TEST_CASE("who zaps takes his own connection along") {
  auto settings = quick();
  settings.linger = 1h;
  House house(settings);
  house.add_channel("News", {"h264_720p50"});
  house.add_channel("Sport", {"ac3"});
  Visitor& before = house.visit("ann", "News");
  REQUIRE(before.plays());
  Visitor& after = house.visit("ann", "Sport");
  REQUIRE(after.plays());
  CHECK(turn_until([&] { return before.socket.ended(); }));
  CHECK(house.told(Happening::SessionClosed).at(0).reason == "to make room");
  CHECK(house.ledger.entries().size() == 1);
  check_polite(house);
}

TEST_CASE("he does not take it from others who watch the same") {
  House house(quick());
  house.add_channel("News", {"h264_720p50"});
  house.add_channel("Sport", {"ac3"});
  REQUIRE(house.visit("ann", "News").plays());
  Visitor& bob = house.visit("bob", "News");
  REQUIRE(bob.plays());
  Visitor& zapper = house.visit("ann", "Sport");
  REQUIRE(zapper.refused);
  REQUIRE(bob.plays());
  house.close();
  check_polite(house);
}

TEST_CASE("a channel that nobody watches makes room for anybody") {
  auto settings = quick();
  settings.linger = 1h;
  House house(settings);
  house.add_channel("News", {"h264_720p50"});
  house.add_channel("Sport", {"ac3"});
  Visitor& ann = house.visit("ann", "News");
  REQUIRE(ann.plays());
  ann.socket.hang_up();
  REQUIRE(turn_until([&] { return house.state("News") == State::Draining; }));
  REQUIRE(house.visit("bob", "Sport").plays());
  check_polite(house);
}

TEST_CASE("where there is room for two, both play, and nobody goes") {
  House house(quick());
  house.add_channel("News", {"h264_720p50"}, 2);
  house.add_channel("Sport", {"ac3"}, 2);
  house.add_channel("Films", {"h265_1080p25"}, 2);
  Visitor& ann = house.visit("ann", "News");
  REQUIRE(ann.plays());
  Visitor& bob = house.visit("bob", "Sport");
  REQUIRE(bob.plays());
  Visitor& eve = house.visit("eve", "Films");
  REQUIRE(eve.refused);
  REQUIRE(ann.plays());
  Visitor& zapped = house.visit("ann", "Films");
  REQUIRE(zapped.plays());
  REQUIRE(bob.plays());
  house.close();
  CHECK(bob.faults() == "");
  check_polite(house, 2);
}

TEST_CASE("all connections together may be limited, too") {
  auto settings = quick();
  settings.most_connections = 1;
  House house(settings);
  house.add_channel("News", {"h264_720p50"}, 5);
  house.add_channel("Sport", {"ac3"}, 5);
  REQUIRE(house.visit("ann", "News").plays());
  Visitor& bob = house.visit("bob", "Sport");
  REQUIRE(bob.refused);
  CHECK(bob.refused->reason.find("there are 1 of 1 connections in use") != std::string::npos);
}

TEST_CASE("another login of the channel is used while the first one is full") {
  House house(quick());
  house.provider.set_login({"eve", "secret", 1});
  house.add_channel("News", {"h264_720p50"});
  house.add_channel("Sport", {"ac3", "h265_1080p25"});
  Source& other = house.plans["Sport"].sources[1];
  other.candidate.uri = house.provider.url("/live/eve/secret/h265_1080p25.ts?burst=1");
  other.candidate.slot_key = "eve";
  other.claim.login = {2};
  Visitor& ann = house.visit("ann", "News");
  REQUIRE(ann.plays());
  Visitor& bob = house.visit("bob", "Sport");
  REQUIRE(bob.plays());
  REQUIRE(ann.plays());
  const auto refused = house.told(Happening::SlotRefused);
  REQUIRE(refused.size() == 1);
  CHECK(refused[0].candidate == "ac3");
  CHECK(refused[0].text == "the login has 1 of 1 connections in use: News (session 1)");
  CHECK(house.session("Sport").current == "h265_1080p25");
  house.close();
  check_polite(house);
}

TEST_CASE("however fast somebody zaps, the provider sees one connection, and the last channel plays") {
  House house(quick());
  const std::vector<std::string> clips{"h264_720p50", "ac3", "h265_1080p25"};
  for (const auto& clip : clips)
    house.add_channel(clip, {clip});
  Visitor* last = nullptr;
  for (int i = 0; i < 30; ++i) {
    if (last) last->socket.hang_up();
    last = &house.visit("ann", clips[static_cast<std::size_t>(i) % clips.size()]);
    // Sometimes he waits for a picture, sometimes he does not.
    if (i % 4 == 0) REQUIRE(last->plays(50'000));
    for (int turn = i % 7; turn > 0; --turn)
      g_main_context_iteration(nullptr, FALSE);
  }
  REQUIRE(last->plays());
  CHECK_FALSE(last->refused);
  house.close();
  CHECK(last->faults() == "");
  check_polite(house);
}

TEST_CASE("many who zap at random over two logins never make the provider refuse, and leave nothing behind") {
  House house(quick());
  const std::vector<std::string> clips{"h264_720p50", "ac3", "h265_1080p25", "mpeg2_576i"};
  for (const auto& clip : clips)
    house.add_channel(clip, {clip});
  house.provider.set_login({"eve", "secret", 2});
  for (auto& [name, plan] : house.plans) {
    Source other = plan.sources[0];
    other.candidate.id += " by eve";
    other.candidate.uri = house.provider.url("/live/eve/secret/" + name + ".ts?burst=1");
    other.candidate.slot_key = "eve";
    other.claim.login = {2};
    other.claim.limits.login = 2;
    plan.sources.push_back(std::move(other));
  }
  constexpr int kZaps = 100;
  std::mt19937 random(7);
  std::array<Visitor*, 6> now{};
  for (int i = 0; i < kZaps; ++i) {
    const auto who = random() % now.size();
    Visitor* before = now[who];
    now[who] = &house.visit(std::to_string(who), clips[random() % clips.size()]);
    if (before && random() % 4 != 0) before->socket.hang_up(); // else his player forgets the old one
    [[maybe_unused]] const bool never =
        turn_until([] { return false; }, std::chrono::milliseconds{random() % 60});
  }
  REQUIRE(turn_until([&] {
    const auto settled = [](const Visitor* one) { return !one || one->joined || one->refused; };
    return std::ranges::all_of(now, settled);
  }));
  CHECK(house.ledger.entries().size() == 3); // somebody wants each of them
  house.close();
  check_polite(house);
  const auto eve = house.provider.login_counters("eve");
  CHECK(eve.highest <= 2);
  CHECK(eve.refused == 0);
  CHECK(house.told(Happening::CandidateFailed).empty());
  CHECK(house.told(Happening::ViewerJoined).size() > 10);
}
