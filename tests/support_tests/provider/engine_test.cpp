// SPDX-License-Identifier: LGPL-2.1-or-later
// The pretended AceStream engine does what the real one was seen to do.
#include "ace/engine.hpp"
#include "ace/reply.hpp"
#include "provider/test_engine.hpp"
#include "raw_client.hpp"
#include "stream_check.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::provider;
using namespace relevo::provider::test;

namespace {

const std::string kClip = "h264_720p50";

/// The path of a URL that the engine gave.
std::string target_of(const std::string& url) {
  return url.substr(url.find('/', url.find("://") + 3));
}

std::string start_target(const std::string& pid, const std::string& clip = kClip) {
  return target_of(
      ace::start_url({"http://e:1"}, {ace::IdKind::ContentId, TestEngine::content_id(clip)}, pid));
}

ace::Opened open_session(const TestEngine& engine, const std::string& pid) {
  const Reply reply = fetch(engine.port(), start_target(pid), "Host: engine.test:7000\r\n");
  REQUIRE(reply.status == 200);
  const auto opened = ace::read_opened(reply.body);
  REQUIRE(opened);
  return *opened;
}

ace::Statistics statistics(const TestEngine& engine, const ace::Opened& session) {
  const auto read = ace::read_statistics(fetch(engine.port(), target_of(session.stat_url)).body);
  REQUIRE(read);
  return *read;
}

/// Where the stream of a session is.
std::string content_target(const TestEngine& engine, const ace::Opened& session) {
  const Reply reply = fetch(engine.port(), target_of(session.playback_url));
  REQUIRE(reply.status == 302);
  return target_of(reply.headers.at("location"));
}

Reply stop(const TestEngine& engine, const ace::Opened& session) {
  return fetch(engine.port(), target_of(ace::stop_url(session.command_url)));
}

} // namespace

TEST_CASE("a session is opened, read through a redirect, and stopped") {
  TestEngine engine;
  const auto session = open_session(engine, "p");
  CHECK(session.infohash == TestEngine::infohash(kClip));
  CHECK(session.playback_url.starts_with("http://engine.test:7000/ace/r/" + session.infohash + "/"));
  CHECK_FALSE(session.event_url.empty());
  RawClient client{engine.port()};
  client.get(content_target(engine, session));
  const Reply stream = client.read(Seconds{10}, 500'000);
  CHECK(stream.headers.at("content-type") == "video/mp2t");
  CHECK(check_stream(stream.body).continuity_errors == 0);
  CHECK(engine.counters().open == 1);
  CHECK(engine.counters().readers == 1);
  CHECK(stop(engine, session).body == R"({"response":"ok","error":null})");
  CHECK(client.read(Seconds{10}).end == End::Eof);
  CHECK(eventually([&] { return engine.counters().readers == 0; }));
  CHECK(engine.counters().open == 0);
  CHECK(engine.counters().stopped == 1);
  for (const auto& url : {session.stat_url, session.event_url, ace::stop_url(session.command_url)})
    CHECK(fetch(engine.port(), target_of(url)).body ==
          R"({"response":null,"error":"unknown playback session id"})");
  CHECK(engine.counters().unknown_stops == 1);
}

TEST_CASE("of one content there is one session: the later cuts the earlier") {
  TestEngine engine;
  const auto first = open_session(engine, "p1");
  RawClient client{engine.port()};
  client.get(content_target(engine, first));
  CHECK(client.read(Seconds{10}, 10'000).status == 200);
  const auto second = open_session(engine, "p2");
  CHECK(second.playback_url != first.playback_url);
  CHECK(client.read(Seconds{10}).end == End::Eof);
  CHECK(engine.counters().superseded == 1);
  CHECK(engine.counters().open == 1);
  CHECK(fetch(engine.port(), target_of(first.playback_url)).status == 500);
  // Without a player's name it is the same session again.
  const auto again = ace::read_opened(
      fetch(engine.port(), "/ace/getstream?format=json&infohash=" + TestEngine::infohash(kClip)).body);
  REQUIRE(again);
  CHECK(target_of(again->playback_url) == target_of(second.playback_url));
  CHECK(again->event_url.empty());
}

TEST_CASE("a second reader of a session gets what no parser can read") {
  TestEngine engine;
  const auto session = open_session(engine, "p");
  const auto target = content_target(engine, session);
  RawClient client{engine.port()};
  client.get(target);
  CHECK(client.read(Seconds{10}, 10'000).status == 200);
  const Reply second = fetch(engine.port(), target);
  CHECK(second.end == End::Eof);
  CHECK(second.body.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(client.read(Seconds{0.3}).end == End::Deadline); // the first one goes on
  CHECK(engine.counters().second_readers == 1);
}

TEST_CASE("sessions that nobody reads expire; asking for statistics does not keep them") {
  AceSessions sessions{Seconds{60}};
  const auto at = [](int seconds) { return Clock::time_point{} + std::chrono::seconds{seconds}; };
  const auto session = sessions.open("a", "p", at(0));
  CHECK(sessions.begin_read(session.id));
  CHECK_FALSE(sessions.begin_read(session.id));
  CHECK(sessions.counters(at(500)).open == 1);
  sessions.end_read(session.id, at(500));
  CHECK(sessions.find("a", session.id, at(559)));
  CHECK(sessions.state("a", session.id, at(559)) == AceSessions::State::Open);
  CHECK(sessions.state("b", session.id, at(559)) == AceSessions::State::Unknown);
  CHECK(sessions.state("a", session.id, at(560)) == AceSessions::State::Unknown);
  CHECK(sessions.counters(at(560)).expired == 1);
  const auto other = sessions.open("a", "p", at(600));
  sessions.touch(other.id, at(650));
  CHECK(sessions.counters(at(700)).open == 1);
  sessions.lose_all();
  CHECK(sessions.counters(at(700)).open == 0);
  CHECK(sessions.counters(at(700)).lost == 1);
}

TEST_CASE("statistics follow prebuffering") {
  TestEngine engine;
  engine.set_faults(kClip, {"prebuffer:1"});
  const auto session = open_session(engine, "p");
  const auto target = content_target(engine, session);
  RawClient client{engine.port()};
  client.get(target);
  const auto before = statistics(engine, session);
  CHECK(before.phase == ace::Phase::Prebuffering);
  CHECK(before.peers == 14);
  CHECK_FALSE(before.live);
  CHECK(client.read(Seconds{10}, 10'000).status == 200);
  const auto after = statistics(engine, session);
  CHECK(after.phase == ace::Phase::Downloading);
  CHECK(after.download_rate > 0);
  CHECK(after.downloaded % 16384 == 0);
  REQUIRE(after.live);
  CHECK(after.live->delay() == std::chrono::seconds{14});
  engine.set_faults(kClip, {"nopeers"});
  CHECK(statistics(engine, session).peers == 0);
}

TEST_CASE("a session hears of what happens to it, and of its end") {
  TestEngine engine;
  const auto session = open_session(engine, "p");
  const auto next = [&] { return fetch(engine.port(), target_of(session.event_url)).body; };
  CHECK(describe(*ace::read_notice(next())) == "live_changed (is_live: 1)");
  RawClient client{engine.port()};
  client.get(target_of(session.event_url));
  CHECK(client.read(Seconds{0.2}).status == 0); // it waits
  engine.notify(kClip, "download_stopped", R"({"reason":"x"})");
  CHECK(ends_playback(*ace::read_notice(client.read().body)));
  RawClient last{engine.port()};
  last.get(target_of(session.event_url));
  (void)stop(engine, session);
  CHECK(is_unknown_session(ace::read_notice(last.read().body).error()));
}

TEST_CASE("every fault of a start is seen by the client") {
  TestEngine engine;
  const auto reply = [&](std::string_view fault) {
    engine.set_faults(kClip, {fault});
    return fetch(engine.port(), start_target("p"));
  };
  const auto error = [&](std::string_view fault) { return ace::read_opened(reply(fault).body).error().text; };
  CHECK(error("reply:html") == "no JSON: Bad Gateway");
  CHECK(error("reply:cut").starts_with("no JSON: {"));
  CHECK(error("reply:empty") == "an empty answer");
  CHECK(error("reply:list") == "neither response nor result");
  CHECK(error("reply:cannot load transport file") == "cannot load transport file");
  CHECK(reply("reply:503").status == 503);
  CHECK(engine.counters().opened == 0);
  CHECK(ace::read_opened(reply("wronghost").body)
            ->playback_url.starts_with("http://engine.invalid:6878/ace/r/"));
  // The session is there before anybody knows of it.
  engine.set_faults(kClip, {"slowstart:60"});
  RawClient client{engine.port()};
  client.get(start_target("p"));
  CHECK(eventually([&] { return engine.counters().opened == 2; }));
  client.reset();
  CHECK(engine.counters().open == 1);
}

TEST_CASE("an engine that hangs tells its version and nothing else") {
  TestEngine engine;
  engine.set_faults("", {"hang"});
  CHECK(fetch(engine.port(), "/webui/api/service?method=get_version").body.find("3.2.3") !=
        std::string::npos);
  for (const std::string& target : {start_target("p"), std::string("/server/api?method=get_status")}) {
    RawClient client{engine.port()};
    client.get(target);
    CHECK(client.read(Seconds{0.2}).status == 0);
  }
  engine.set_faults("", {});
  CHECK(fetch(engine.port(), "/server/api?method=get_status").body.find("playlist_loaded") !=
        std::string::npos);
}

TEST_CASE("a playlist can be shared, and its window grows") {
  TestEngine engine;
  const auto target = "/ace/manifest.m3u8?format=json&pid=p&content_id=" + TestEngine::content_id(kClip);
  const auto session = ace::read_opened(fetch(engine.port(), target).body);
  REQUIRE(session);
  for (int i = 0; i < 3; ++i) {
    const Reply list = fetch(engine.port(), target_of(session->playback_url), "Host: e:1\r\n");
    CHECK(list.body.starts_with("#EXTM3U"));
    const auto segment = "http://e:1/ace/c/" + session->infohash + "/0.ts\n";
    CHECK(list.body.find(segment) != std::string::npos);
  }
  CHECK(fetch(engine.port(), "/ace/c/" + session->infohash + "/0.ts").status == 200);
  CHECK(fetch(engine.port(), "/ace/c/" + session->infohash + "/99.ts").status == 404);
  (void)open_session(engine, "q");
  CHECK(fetch(engine.port(), target_of(session->playback_url)).status == 403);
}

TEST_CASE("ids are looked up in both directions, on new engines") {
  TestEngine engine;
  const auto id = TestEngine::content_id(kClip);
  const auto files = target_of(ace::resolve_url({"http://e:1"}, id));
  CHECK(ace::read_infohash(fetch(engine.port(), files).body) == TestEngine::infohash(kClip));
  CHECK(fetch(engine.port(), "/server/api?method=get_content_id&infohash=" + TestEngine::infohash(kClip))
            .body.find(id) != std::string::npos);
  CHECK(fetch(engine.port(), "/search?query=720").body.find(TestEngine::infohash(kClip)) !=
        std::string::npos);
  CHECK(fetch(engine.port(), "/playlist.m3u").body.find("acestream://" + id) != std::string::npos);
  CHECK(fetch(engine.port(), "/nothing").status == 404);
  TestEngine old{{.old = true}};
  CHECK(ace::read_infohash(fetch(old.port(), files).body).error().text == "unknown method");
  const auto session = open_session(old, "p");
  CHECK(fetch(old.port(), target_of(session.playback_url), "", Seconds{10}, 10'000).status == 200);
  CHECK(old.requests("/ace/getstream") == 1);
}

TEST_CASE("an engine that goes down loses its sessions") {
  TestEngine engine;
  const auto session = open_session(engine, "p");
  engine.go_down();
  CHECK_THROWS_AS(RawClient{engine.port()}, std::system_error);
  engine.come_back();
  CHECK(engine.counters().open == 0);
  CHECK(engine.counters().lost == 1);
  CHECK(is_unknown_session(
      ace::read_statistics(fetch(engine.port(), target_of(session.stat_url)).body).error()));
}
