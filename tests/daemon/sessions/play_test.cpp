// SPDX-License-Identifier: LGPL-2.1-or-later
// A channel from its first viewer to behind its last one: sources that die, viewers who share, what is told.
#include "house.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace relevo;
using namespace relevo::sessions;
using namespace relevo::sessions::test;
using namespace std::chrono_literals;

TEST_CASE("a viewer's connection goes on when source after source dies") {
  House house(quick());
  house.add_channel("News", {"h264_720p50", "ac3", "h265_1080p25"});
  Visitor& viewer = house.visit("ann", "News");
  REQUIRE(viewer.plays());
  CHECK(viewer.joined);
  house.provider.set_faults("h264_720p50", {"close"});
  REQUIRE(house.hears(Happening::Switched, 2));
  REQUIRE(viewer.plays());
  house.provider.set_faults("ac3", {"reset"});
  REQUIRE(house.hears(Happening::Switched, 3));
  REQUIRE(viewer.plays());
  const auto view = house.session("News");
  CHECK(view.state == State::Live);
  CHECK(view.current == "h265_1080p25");
  CHECK(view.switches == 3);
  REQUIRE(view.candidates.size() == 3);
  CHECK(view.candidates[0].label == "h264_720p50");
  CHECK(view.candidates[0].stats.failures == 1);
  CHECK(view.candidates[2].login == model::LoginId{1});
  REQUIRE(view.viewers.size() == 1);
  CHECK(view.viewers[0].who == viewer.who);
  CHECK(view.viewers[0].stats.bytes >= 900'000);
  CHECK_FALSE(viewer.refused);
  house.close();
  CHECK(viewer.faults() == "");
  CHECK(house.joe().highest == 1);
  CHECK(house.joe().refused == 0);

  const auto failed = house.told(Happening::CandidateFailed);
  REQUIRE(failed.size() == 2);
  CHECK(failed[0].candidate == "h264_720p50");
  CHECK(failed[0].stream == model::StreamId{100});
  CHECK(failed[0].failure == "ended");
  CHECK(failed[0].penalty > 0);
  const auto switched = house.told(Happening::Switched);
  REQUIRE(switched.size() == 3);
  CHECK(switched[0].reason == "start");
  CHECK(switched[1].from == "h264_720p50");
  CHECK(switched[1].candidate == "ac3");
  CHECK(switched[1].reason == "failure");
  const auto left = house.told(Happening::ViewerLeft);
  REQUIRE(left.size() == 1);
  CHECK(left[0].who == viewer.who);
  CHECK(left[0].reason == "hung-up");
  CHECK(left[0].bytes >= 900'000);
  const auto closed = house.told(Happening::SessionClosed);
  REQUIRE(closed.size() == 1);
  CHECK(closed[0].reason == "unwatched");
  CHECK(closed[0].bytes == left[0].bytes);
  CHECK(closed[0].channel_name == "News");
}

TEST_CASE("who watches the same shares one connection to the provider") {
  House house(quick());
  house.add_channel("News", {"h264_720p50"});
  Visitor& ann = house.visit("ann", "News");
  Visitor& bob = house.visit("bob", "News");
  CHECK(house.session("News").waiting.size() == 2);
  REQUIRE(ann.plays());
  REQUIRE(bob.plays());
  Visitor& late = house.visit("eve", "News");
  REQUIRE(late.plays());
  CHECK(house.provider.channel_counters("h264_720p50").opens == 1);
  CHECK(house.ledger.entries().size() == 1);
  house.close();
  CHECK(house.told(Happening::ViewerJoined).size() == 3);
  CHECK(house.told(Happening::SessionOpened).size() == 1);
  for (Visitor* each : {&ann, &bob, &late})
    CHECK(each->faults() == "");
}

TEST_CASE("a player who opens several connections at once is one viewer") {
  House house(quick());
  house.add_channel("News", {"h264_720p50"});
  std::vector<Visitor*> connections;
  for (int i = 0; i < 3; ++i)
    connections.push_back(&house.visit("ann", "News"));
  CHECK(house.session("News").waiting.size() == 1);
  REQUIRE(connections[0]->plays());
  connections.push_back(&house.visit("ann", "News"));
  for (Visitor* each : connections)
    REQUIRE(each->plays(100'000));
  const auto viewers = house.session("News").viewers;
  REQUIRE(viewers.size() == 1);
  CHECK(viewers[0].connections == 4);
  CHECK(viewers[0].kind == ViewerKind::Ts);
  CHECK(viewers[0].stats.bytes >= 600'000);
  connections[0]->socket.hang_up();
  REQUIRE(turn_until([&] { return house.session("News").viewers.at(0).connections == 3; }));
  CHECK(house.session("News").viewers[0].stats.bytes >= 600'000);
  REQUIRE(house.visit("bob", "News").plays());
  REQUIRE(house.sessions->kick(viewers[0].stats.id));
  REQUIRE(house.hears(Happening::ViewerLeft));
  for (Visitor* each : connections)
    CHECK(turn_until([&] { return each->socket.ended(); }));
  CHECK(house.session("News").viewers.size() == 1);
  house.close();
  CHECK(house.told(Happening::ViewerJoined).size() == 2);
  const auto left = house.told(Happening::ViewerLeft);
  REQUIRE(left.size() == 2);
  CHECK(left[0].who.address == "ann");
  CHECK(left[0].viewer == viewers[0].stats.id);
  CHECK(left[0].bytes >= 600'000);
  CHECK(house.told(Happening::SessionClosed).at(0).bytes == left[0].bytes + left[1].bytes);
}

TEST_CASE("a channel lingers for who comes back in time") {
  auto settings = quick();
  settings.linger = 1h;
  House house(settings);
  house.add_channel("News", {"h264_720p50"});
  Visitor& first = house.visit("ann", "News");
  REQUIRE(first.plays());
  first.socket.hang_up();
  REQUIRE(turn_until([&] { return house.state("News") == State::Draining; }));
  CHECK(house.ledger.entries().size() == 1);
  Visitor& second = house.visit("bob", "News");
  CHECK(second.joined); // it is there at once
  CHECK(house.state("News") == State::Live);
  REQUIRE(second.plays());
  CHECK(house.provider.channel_counters("h264_720p50").opens == 1);
}

TEST_CASE("who comes while it closes finds it open again") {
  House house(quick());
  house.add_channel("News", {"h264_720p50"});
  REQUIRE(house.visit("ann", "News").plays());
  REQUIRE(house.sessions->stop(house.session("News").id));
  CHECK(house.state("News") == State::Closing);
  Visitor& second = house.visit("bob", "News");
  REQUIRE(second.plays());
  house.close();
  CHECK(house.joe().highest == 1);
  CHECK(house.joe().refused == 0);
}

TEST_CASE("a guest who hangs up before there is a picture is no viewer, and keeps nothing open") {
  House house(quick());
  house.add_channel("News", {"h264_720p50"});
  house.provider.set_faults("h264_720p50", {"hold:60"});
  Visitor& guest = house.visit("ann", "News");
  CHECK(house.state("News") == State::Opening);
  guest.socket.hang_up();
  REQUIRE(house.hears(Happening::SessionClosed));
  CHECK_FALSE(guest.joined);
  CHECK_FALSE(guest.refused);
  CHECK(house.ledger.entries().empty());
  CHECK(house.told(Happening::ViewerJoined).empty());
  CHECK(house.told(Happening::ViewerLeft).size() == 1);
}

TEST_CASE("where no source works, guests are told why") {
  auto settings = quick();
  settings.opening = 500ms;
  House house(settings);
  house.add_channel("News", {"h264_720p50", "ac3"});
  for (const char* clip : {"h264_720p50", "ac3"})
    house.provider.set_faults(clip, {"status:404"});
  Visitor& guest = house.visit("ann", "News");
  REQUIRE(guest.is_refused());
  CHECK(guest.refused->status == 503);
  CHECK(guest.refused->reason.find("404") != std::string::npos);
  CHECK(guest.refused->retry_after == settings.retry_after);
  CHECK(guest.refused->socket.get() >= 0);
  CHECK(guest.socket.size() == 0);
  house.close();
}

TEST_CASE("what cannot be played at all is refused at once") {
  House house(quick());
  Visitor& lost = house.visit("ann", "Nothing");
  REQUIRE(lost.refused);
  CHECK(lost.refused->status == 404);
  house.plans["Empty"] = {{9}, "", "Empty", {}, {}, {{"News (List)", "the login has expired"}}};
  Visitor& other = house.visit("ann", "Empty");
  REQUIRE(other.refused);
  CHECK(other.refused->status == 503);
  CHECK(other.refused->reason ==
        "no stream of the channel can be played: News (List): the login has expired");
  CHECK(house.events.empty());
}

TEST_CASE("who asks while the catalogue cannot be read is told so") {
  House house(quick());
  house.add_channel("News", {"ac3"});
  house.broken = true;
  Visitor& ann = house.visit("ann", "News");
  REQUIRE(ann.refused);
  CHECK(ann.refused->status == 500);
  CHECK(ann.refused->reason == "the catalogue cannot be read: the disk has gone");
  CHECK(ann.refused->socket.get() >= 0);
  house.broken = false;
  Visitor& bob = house.visit("bob", "News");
  REQUIRE(turn_until([&] { return bob.joined; }));
}

TEST_CASE("a stream that failed is not the first one of the next session") {
  House house(quick());
  house.add_channel("News", {"h264_720p50", "ac3"});
  house.provider.set_faults("h264_720p50", {"status:404"});
  REQUIRE(house.visit("ann", "News").plays());
  house.close();
  house.provider.clear_faults("h264_720p50");
  house.events.clear();
  REQUIRE(house.visit("ann", "News").plays());
  REQUIRE(house.told(Happening::Switched).size() == 1);
  CHECK(house.told(Happening::Switched)[0].candidate == "ac3");
  CHECK(house.told(Happening::CandidateTried)[0].candidate == "ac3");
}

TEST_CASE("what plays is measured, each source on its own") {
  House house(quick());
  house.add_channel("News", {"h264_720p50", "mpeg2_576i"});
  REQUIRE(house.visit("ann", "News").plays());
  const auto measured = [&house] {
    return house.measured.empty() ? model::Measured{} : house.measured.back();
  };
  REQUIRE(turn_until([&] { return measured().video && measured().video->frames_per_second > 0; }));
  CHECK(measured().stream == model::StreamId{100});
  CHECK(measured().video->codec == "H.264");
  CHECK(measured().video->height == 720);
  CHECK(measured().video->frames_per_second == 50);
  CHECK(measured().bits_per_second > 0);
  CHECK_FALSE(measured().audio.empty());
  house.provider.set_faults("h264_720p50", {"close"});
  REQUIRE(turn_until([&] { return measured().stream == model::StreamId{101}; }));
  for (const auto& one : house.measured) {
    REQUIRE(one.video);
    CHECK(one.video->height == (one.stream == model::StreamId{100} ? 720 : 576));
  }
}

TEST_CASE("who is penalised is seen so before he is tried again") {
  House house(quick());
  house.add_channel("News", {"h264_720p50", "ac3"});
  house.provider.set_faults("h264_720p50", {"status:404"});
  REQUIRE(house.visit("ann", "News").plays());
  house.close();
  REQUIRE(house.visit("ann", "News").plays());
  const auto candidates = house.session("News").candidates;
  CHECK(candidates[0].stats.attempts == 0);
  CHECK(candidates[0].stats.penalty > 0);
  CHECK(candidates[1].stats.penalty == 0);
}

TEST_CASE("the end of all sessions leaves nothing behind") {
  House house(quick());
  house.add_channel("News", {"h264_720p50"}, 2);
  house.add_channel("Sport", {"ac3"}, 2);
  Visitor& ann = house.visit("ann", "News");
  REQUIRE(ann.plays());
  Visitor& bob = house.visit("bob", "Sport"); // who may wait for his picture
  house.sessions.reset();
  CHECK(house.ledger.entries().empty());
  CHECK(turn_until([&] { return ann.socket.ended() && bob.socket.ended() && house.joe().open == 0; }));
}

TEST_CASE("an event is a line with what says something") {
  Event event;
  event.what = Happening::CandidateFailed;
  event.session = 3;
  event.channel_name = "News HD";
  event.candidate = "News (Ours)";
  event.failure = "stalled";
  event.measured = 2'050ms;
  event.limit = 2s;
  CHECK(describe(event) == "News HD, session 3: candidate-failed candidate=\"News (Ours)\" failure=stalled "
                           "measured_ms=2050 limit_ms=2000");
  CHECK(describe(Event{}) == ", session 0: session-opened");
}

TEST_CASE("what happens has a name of its own") {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Happening::ViewerLeft); ++i)
    names.insert(name_of(static_cast<Happening>(i)));
  CHECK(names.size() == static_cast<std::size_t>(Happening::ViewerLeft) + 1);
}
