// SPDX-License-Identifier: LGPL-2.1-or-later
// What users wish of sessions.
#include "house.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::sessions;
using namespace relevo::sessions::test;

TEST_CASE("another source by hand, and on to the next") {
  House house(quick());
  house.add_channel("News", {"h264_720p50", "ac3"});
  Visitor& viewer = house.visit("ann", "News");
  REQUIRE(viewer.plays());
  const auto id = house.session("News").id;
  CHECK(house.sessions->switch_to(id, "ac3"));
  REQUIRE(house.hears(Happening::Switched, 2));
  CHECK(house.told(Happening::Switched)[1].reason == "user");
  CHECK(house.session("News").current == "ac3");
  REQUIRE(viewer.plays());
  CHECK(house.sessions->next(id));
  REQUIRE(house.hears(Happening::Switched, 3));
  REQUIRE(viewer.plays());
  CHECK(house.session("News").current == "h264_720p50");
  CHECK(house.told(Happening::CandidateFailed).empty());
  house.close();
  CHECK(viewer.faults() == "");
  CHECK(house.joe().highest == 1);
}

TEST_CASE("a viewer may be sent away, a session stopped") {
  House house(quick());
  house.add_channel("News", {"h264_720p50"});
  Visitor& ann = house.visit("ann", "News");
  Visitor& bob = house.visit("bob", "News");
  REQUIRE(ann.plays());
  REQUIRE(bob.plays());
  const auto first = house.session("News").viewers.at(0);
  CHECK(first.who == ann.who);
  CHECK(house.sessions->kick(first.stats.id));
  REQUIRE(house.hears(Happening::ViewerLeft));
  CHECK(house.told(Happening::ViewerLeft)[0].reason == "removed");
  CHECK(house.told(Happening::ViewerLeft)[0].who == ann.who);
  CHECK(turn_until([&] { return ann.socket.ended(); }));
  REQUIRE(bob.plays());
  CHECK(house.sessions->stop(house.session("News").id));
  REQUIRE(house.hears(Happening::SessionClosed));
  CHECK(house.told(Happening::ViewerLeft)[1].reason == "stopped");
  CHECK(turn_until([&] { return bob.socket.ended(); }));
  CHECK(house.ledger.entries().empty());
}

TEST_CASE("what plays goes on with what the catalogue says now") {
  House house(quick());
  house.add_channel("News", {"h264_720p50"});
  house.plans["News"].uuid = "News"; // by which it is found again
  Visitor& viewer = house.visit("ann", "News");
  REQUIRE(viewer.plays());
  auto& source = house.plans["News"].sources.at(0);
  source.stream = {77};
  source.candidate.id = source.candidate.label = "ac3";
  source.candidate.uri = house.provider.url("/live/joe/secret/ac3.ts?burst=1");
  house.sessions->renew();
  REQUIRE(house.hears(Happening::Switched, 2));
  CHECK(house.told(Happening::Switched)[1].reason == "removal");
  CHECK(house.told(Happening::Switched)[1].stream == model::StreamId{77});
  REQUIRE(viewer.plays());
  CHECK(house.session("News").current == "ac3");
  CHECK(house.ledger.entries().size() == 1);
  house.plans.clear();
  house.sessions->renew();
  REQUIRE(house.hears(Happening::SessionClosed));
  CHECK(house.told(Happening::SessionClosed)[0].reason == "removed");
  CHECK(turn_until([&] { return viewer.socket.ended(); }));
  CHECK(viewer.faults() == "");
  CHECK(house.ledger.entries().empty());
}

TEST_CASE("there is nothing to wish of what is not there") {
  House house(quick());
  CHECK_FALSE(house.sessions->switch_to(1, "a"));
  CHECK_FALSE(house.sessions->next(1));
  CHECK_FALSE(house.sessions->stop(1));
  CHECK_FALSE(house.sessions->kick(1));
}
