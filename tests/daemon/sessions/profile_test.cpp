// SPDX-License-Identifier: LGPL-2.1-or-later
// Streams that are not read by the daemon: by a command, or by the player itself.
#include "house.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::sessions;
using namespace relevo::sessions::test;
using namespace std::chrono_literals;

TEST_CASE("a command plays, and one that dies is a source that failed, with what it said last") {
  House house(quick());
  house.add_channel("News", {"h264_720p50", "ac3", "h265_1080p25"});
  auto& sources = house.plans["News"].sources;
  sources[0].candidate.command = R"(sh -c "echo 'no such page' >&2; exit 7" {streamUrl})";
  sources[1].candidate.command = "curl -sSN {streamUrl}";
  Visitor& viewer = house.visit("ann", "News");
  REQUIRE(viewer.plays());
  CHECK(house.session("News").current == "ac3");
  auto failed = house.told(Happening::CandidateFailed);
  REQUIRE(failed.size() == 1);
  CHECK(failed[0].candidate == "h264_720p50");
  CHECK(failed[0].text.find("no such page") != std::string::npos);
  CHECK(failed[0].text.find('7') != std::string::npos);
  house.provider.set_faults("ac3", {"close"}); // curl ends
  REQUIRE(house.hears(Happening::Switched, 2));
  REQUIRE(viewer.plays());
  CHECK(house.session("News").current == "h265_1080p25");
  house.close();
  CHECK(viewer.faults() == "");
  CHECK(house.joe().highest == 1);
  CHECK(house.joe().refused == 0);
  CHECK(turn_until([&] { return house.joe().open == 0; }));
}

TEST_CASE("a command is told of the channel, and cannot be told to do something else") {
  House house(quick());
  house.add_channel("News", {"h264_720p50"});
  auto& candidate = house.plans["News"].sources[0].candidate;
  candidate.command = R"(sh -c "echo \"$0\" >&2; exit 1" {channelId} {streamUrl})";
  candidate.channel_id = "$(id) ; a channel";
  house.visit("ann", "News");
  REQUIRE(house.hears(Happening::CandidateFailed));
  CHECK(house.told(Happening::CandidateFailed)[0].text.find("$(id) ; a channel") != std::string::npos);
  house.close();
}

TEST_CASE("another way to read the stream that plays keeps its viewers") {
  House house(quick());
  house.add_channel("News", {"h264_720p50"});
  auto& plan = house.plans["News"];
  plan.uuid = "News"; // by which it is found again
  Visitor& viewer = house.visit("ann", "News");
  REQUIRE(viewer.plays());
  plan.sources[0].candidate.id += ":6";
  plan.sources[0].candidate.command = "curl -sSN {streamUrl}";
  house.sessions->renew();
  REQUIRE(house.hears(Happening::Switched, 2));
  REQUIRE(viewer.plays());
  CHECK(house.session("News").current == "h264_720p50:6");
  CHECK(house.told(Happening::CandidateFailed).empty());
  house.close();
  CHECK(viewer.faults() == "");
  CHECK(house.joe().highest == 1);
  CHECK(house.joe().refused == 0);
}

TEST_CASE("who is to be sent to the provider is sent there, and is nobody's viewer") {
  House house(quick());
  house.add_channel("News", {"h264_720p50", "ac3"});
  auto& sources = house.plans["News"].sources;
  sources[0].redirect = true;
  Visitor& viewer = house.visit("ann", "News");
  REQUIRE(viewer.refused);
  CHECK(viewer.refused->status == 302);
  CHECK(viewer.refused->location == sources[0].candidate.uri);
  CHECK(viewer.refused->socket.get() >= 0);
  const auto told = house.told(Happening::ViewerRedirected);
  REQUIRE(told.size() == 1);
  CHECK(told[0].candidate == "h264_720p50");
  CHECK(told[0].stream == sources[0].stream);
  CHECK(told[0].who == viewer.who);
  CHECK(house.events.size() == 1);
  CHECK(house.sessions->view().empty());
  CHECK(house.ledger.entries().empty());
}

TEST_CASE("nobody is sent away where the best source is read here") {
  House house(quick());
  house.add_channel("News", {"h264_720p50", "ac3"});
  house.plans["News"].sources[1].redirect = true;
  Visitor& viewer = house.visit("ann", "News");
  REQUIRE(viewer.plays());
  house.close();
  CHECK(house.told(Happening::ViewerRedirected).empty());
}
