// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ace/player.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ace;
using namespace std::chrono_literals;

namespace {

std::string at(Instant time) {
  return concat(" @", std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}
std::string number(SessionId session) {
  return concat(' ', static_cast<std::uint32_t>(session));
}

std::string text_of(const action::Start& a) {
  return concat("start", number(a.session), " on ", a.engine);
}
std::string text_of(const action::Abandon& a) {
  return "abandon" + number(a.session);
}
std::string text_of(const action::Read& a) {
  return "read" + number(a.session);
}
std::string text_of(const action::Poll& a) {
  return concat("poll", number(a.session), at(a.at));
}
std::string text_of(const action::Listen& a) {
  return concat("listen", number(a.session), at(a.at));
}
std::string text_of(const action::Stop& a) {
  return concat("stop", number(a.session), at(a.at));
}
std::string text_of(const action::Release& a) {
  return concat("release", number(a.session), a.lost ? " lost" : "");
}
std::string text_of(const action::ArmTimer& a) {
  return "timer" + at(a.at);
}
std::string text_of(const action::GiveUp& a) {
  return concat("give up", number(a.session), " on ", a.engine, ' ', name_of(a.problem.trouble), " rest ",
                std::chrono::duration_cast<std::chrono::milliseconds>(a.rest).count());
}
std::string text_of(const action::Fail& a) {
  return concat("fail ", name_of(a.problem.trouble));
}
std::string text_of(const action::Done&) {
  return "done";
}

/// One row of a scenario: at this time comes this event; "A; B" are the actions that it must bring.
struct Row {
  Duration time;
  Event event;
  std::string_view actions;
};

void play(const std::vector<Row>& rows, PlayerSettings settings = {}) {
  Player player(settings);
  for (const auto& row : rows) {
    std::string actions;
    for (const auto& action : player.step(row.event, row.time)) {
      if (!actions.empty()) actions += "; ";
      actions += std::visit([](const auto& a) { return text_of(a); }, action);
    }
    CAPTURE(row.time.count());
    CHECK(actions == row.actions);
  }
}

constexpr SessionId kFirst{1}, kSecond{2}, kThird{3};
const Event kPlay = event::Play{};
const Event kLeave = event::Leave{};
const Event kTimer = event::Timer{};

Event started(SessionId session) {
  return event::Started{session, true, true};
}
Event start_failed(SessionId session, Trouble trouble = Trouble::Unreachable) {
  return event::StartFailed{session, {trouble, 0, ""}};
}
Event bytes(SessionId session) {
  return event::Bytes{session};
}
Event read_failed(SessionId session, Trouble trouble = Trouble::Ended) {
  return event::ReadFailed{session, {trouble, 0, ""}};
}
Event statistics(SessionId session, Phase phase, std::uint32_t progress, std::uint64_t downloaded = 0) {
  Statistics s;
  s.phase = phase;
  s.progress = progress;
  s.downloaded = downloaded;
  return event::StatisticsCame{session, s};
}
Event stopped(SessionId session, bool done = true) {
  return event::Stopped{session, done};
}

const Row kPlayed{0s, kPlay, "start 1 on 0; timer @15000"};
const Row kStarted{1s, started(kFirst), "read 1; poll 1 @1000; listen 1 @1000; timer @21000"};

} // namespace

TEST_CASE("a session is opened, read, asked for statistics and listened to, and stopped in the end") {
  play({
      kPlayed,
      {1s, started(kFirst), "read 1; poll 1 @1000; listen 1 @1000"},
      {2s, statistics(kFirst, Phase::Prebuffering, 10), "poll 1 @3000"},
      {3s, event::NoticeCame{kFirst, {"live_changed", {}}}, "listen 1 @3250"},
      {4s, bytes(kFirst), "timer @9000"},
      {5s, bytes(kFirst), ""},
      {6s, event::StatisticsFailed{kFirst}, "poll 1 @7000"},
      {9s, kTimer, "timer @10000"},
      {9s, kLeave, "stop 1 @9000"},
      {9500ms, stopped(kFirst), "release 1; done"},
      {10s, stopped(kFirst), ""},
  });
}

TEST_CASE("a session without statistics and notices is only read") {
  play({
      kPlayed,
      {1s, event::Started{kFirst, false, false}, "read 1"},
      {15s, kTimer, "timer @61000"},
      {61s, kTimer, "give up 1 on 0 stalled rest 1000; stop 1 @61000; timer @62000"},
  });
}

TEST_CASE("nothing was opened: there is nothing to stop") {
  play({{0s, kLeave, "done"}, {1s, kPlay, ""}, {2s, kLeave, ""}});
  play({
      kPlayed,
      {1s, kLeave, "abandon 1"},
      {2s, start_failed(kFirst), "release 1; done"},
  });
}

TEST_CASE("a start that is abandoned is stopped when its answer comes all the same") {
  play({
      kPlayed,
      {1s, kLeave, "abandon 1"},
      {9s, started(kFirst), "stop 1 @9000"},
      {9s, started(kFirst), ""},
      {10s, stopped(kFirst), "release 1; done"},
  });
}

TEST_CASE("a start that is late is abandoned for the next engine, and stopped when it comes") {
  play(
      {
          kPlayed,
          {15s, kTimer, "give up 1 on 0 no-answer rest 1000; abandon 1; start 2 on 1; timer @30000"},
          {16s, started(kSecond), "read 2; poll 2 @16000; listen 2 @16000"},
          {17s, started(kFirst), "stop 1 @17000"},
          {18s, stopped(kFirst), "release 1"},
          {19s, bytes(kSecond), "timer @24000"},
      },
      {.engines = 2});
}

TEST_CASE("engines that cannot be had are tried in turn, and then rest for longer and longer") {
  play(
      {
          kPlayed,
          {1s, start_failed(kFirst), "give up 1 on 0 unreachable rest 1000; release 1; start 2 on 1"},
          {1500ms, start_failed(kSecond, Trouble::Refused),
           "give up 2 on 1 refused rest 1000; release 2; timer @2000"},
          {2s, kTimer, "start 3 on 0; timer @17000"},
          {2s, start_failed(kThird), "give up 3 on 0 unreachable rest 2000; release 3; timer @2500"},
          {2500ms, kTimer, "start 4 on 1; timer @17500"},
      },
      {.engines = 2, .rounds = 0});
}

TEST_CASE("the rest of an engine has a limit") {
  Player player({.rounds = 0});
  static_cast<void>(player.step(kPlay, 0s));
  Instant now{};
  Duration rest{};
  for (std::uint32_t i = 1; i < 200; ++i) {
    for (const auto& action : player.step(start_failed(SessionId{i}), now))
      if (const auto* give_up = std::get_if<action::GiveUp>(&action)) rest = give_up->rest;
    now += rest;
    static_cast<void>(player.step(kTimer, now));
  }
  CHECK(rest == 30s);
}

TEST_CASE("the source fails when every engine has failed so many times in a row") {
  play({
      kPlayed,
      {0s, start_failed(kFirst), "give up 1 on 0 unreachable rest 1000; release 1; timer @1000"},
      {1s, kTimer, "start 2 on 0; timer @16000"},
      {2s, started(kSecond), "read 2; poll 2 @2000; listen 2 @2000"},
      {3s, read_failed(kSecond, Trouble::NotAStream),
       "give up 2 on 0 not-a-stream rest 2000; stop 2 @3000; fail not-a-stream"},
      {4s, kLeave, ""},
      {4s, stopped(kSecond), "release 2; done"},
  });
}

TEST_CASE("a session that breaks off is opened anew on its engine at once, if it had played well") {
  const std::vector<Row> rows{
      kPlayed,
      {0s, start_failed(kFirst), "give up 1 on 0 unreachable rest 1000; release 1; start 2 on 1"},
      {1s, started(kSecond), "read 2; poll 2 @1000; listen 2 @1000"},
      {2s, bytes(kSecond), "timer @7000"},
      {7s, bytes(kSecond), "timer @12000"},
      {12s, bytes(kSecond), "timer @17000"}, // ten seconds: settled
  };
  const auto with = [&rows](const Row& last) {
    auto all = rows;
    all.push_back(last);
    play(all, {.engines = 2});
  };
  for (const auto& [trouble, name] : {std::pair{Trouble::Ended, "ended"}, {Trouble::Truncated, "truncated"}})
    with({13s, read_failed(kSecond, trouble),
          concat("give up 2 on 1 ", name, " rest 0; stop 2 @13000; start 3 on 1")});
  with({17s, kTimer, "give up 2 on 1 stalled rest 1000; stop 2 @17000; start 3 on 0; timer @32000"});
}

TEST_CASE("a session that breaks off early has failed, and so has its engine") {
  play(
      {
          kPlayed,
          {1s, started(kFirst), "read 1; poll 1 @1000; listen 1 @1000"},
          {2s, bytes(kFirst), "timer @7000"},
          {3s, read_failed(kFirst), "give up 1 on 0 ended rest 1000; stop 1 @3000; start 2 on 1"},
      },
      {.engines = 2});
}

TEST_CASE("prebuffering that gets on is waited for, and one that does not is given up") {
  const std::vector<Row> begin{
      kPlayed,
      {1s, started(kFirst), "read 1; poll 1 @1000; listen 1 @1000"},
      {11s, statistics(kFirst, Phase::Prebuffering, 10), "poll 1 @12000"},
      {15s, kTimer, "timer @31000"},
  };
  auto rows = begin;
  rows.push_back({25s, statistics(kFirst, Phase::Prebuffering, 10), "poll 1 @26000"});
  rows.push_back({31s, kTimer, "give up 1 on 0 stalled rest 1000; stop 1 @31000; timer @32000"});
  play(rows);
  rows = begin;
  rows.push_back({30s, statistics(kFirst, Phase::Prebuffering, 10, 16384), "poll 1 @31000"});
  rows.push_back({31s, kTimer, "timer @50000"});
  rows.push_back({49s, statistics(kFirst, Phase::Prebuffering, 11, 16384), "poll 1 @50000"});
  rows.push_back({50s, kTimer, "timer @61000"}); // a minute without a byte is too long, whatever it says
  rows.push_back({61s, kTimer, "give up 1 on 0 stalled rest 1000; stop 1 @61000; timer @62000"});
  play(rows);
}

TEST_CASE("a stream that stalls is waited for only while the engine buffers") {
  const std::vector<Row> begin{
      kPlayed,
      {1s, started(kFirst), "read 1; poll 1 @1000; listen 1 @1000"},
      {2s, bytes(kFirst), "timer @7000"},
  };
  auto rows = begin;
  rows.push_back({6s, statistics(kFirst, Phase::Downloading, 0, 16384), "poll 1 @7000"});
  rows.push_back({7s, kTimer, "give up 1 on 0 stalled rest 1000; stop 1 @7000; timer @8000"});
  play(rows);
  rows = begin;
  rows.push_back({6s, statistics(kFirst, Phase::Buffering, 0, 16384), "poll 1 @7000"});
  rows.push_back({7s, kTimer, "timer @11000"});
  rows.push_back({8s, bytes(kFirst), ""});
  play(rows);
}

TEST_CASE("a session that the engine denies is believed while bytes come") {
  const std::vector<Event> denials{event::StatisticsFailed{kFirst, true}, event::NoticeFailed{kFirst, true}};
  for (const auto& denial : denials) {
    play({
        kPlayed,
        {1s, started(kFirst), "read 1; poll 1 @1000; listen 1 @1000"},
        {2s, bytes(kFirst), "timer @7000"},
        {2500ms, denial, "timer @3000"},
        {2900ms, bytes(kFirst), ""},
        {3s, kTimer, "timer @3900"},
        {3900ms, kTimer, "give up 1 on 0 lost rest 1000; stop 1 @3900; timer @4900"},
    });
  }
}

TEST_CASE("what the engine says of the end of a session explains it") {
  const Event notice = event::NoticeCame{kFirst, {"download_stopped", {{"reason", "x"}}}};
  play({
      kPlayed,
      {1s, started(kFirst), "read 1; poll 1 @1000; listen 1 @1000"},
      {2s, bytes(kFirst), "timer @7000"},
      {2500ms, notice, "timer @3000"},
      {2600ms, read_failed(kFirst), "give up 1 on 0 stopped rest 1000; stop 1 @2600"},
  });
}

TEST_CASE("an engine that tells nothing is asked less, and then not at all") {
  play({
      kPlayed,
      {1s, started(kFirst), "read 1; poll 1 @1000; listen 1 @1000"},
      {2s, event::NoticeFailed{kFirst}, "listen 1 @7000"},
      {7s, event::NoticeFailed{kFirst}, "listen 1 @12000"},
      {12s, event::NoticeCame{kFirst, {}}, "listen 1 @12250"},
      {13s, event::NoticeFailed{kFirst}, "listen 1 @18000"},
      {14s, event::NoticeFailed{kFirst}, "listen 1 @19000"},
      {15s, event::NoticeFailed{kFirst}, "timer @21000"},
  });
}

TEST_CASE("the stop command is repeated, and then given up") {
  play({
      kPlayed,
      {1s, started(kFirst), "read 1; poll 1 @1000; listen 1 @1000"},
      {2s, kLeave, "stop 1 @2000"},
      {3s, stopped(kFirst, false), "stop 1 @4000"},
      {5s, stopped(kFirst, false), "stop 1 @7000"},
      {8s, stopped(kFirst, false), "release 1 lost; done"},
  });
}

TEST_CASE("events of sessions that are gone change nothing") {
  play({
      kPlayed,
      {1s, started(kFirst), "read 1; poll 1 @1000; listen 1 @1000"},
      {2s, started(kFirst), ""},
      {2s, start_failed(kFirst), ""},
      {2s, stopped(kFirst), ""},
      {2s, bytes(kSecond), ""},
      {3s, kLeave, "stop 1 @3000"},
      {3s, bytes(kFirst), ""},
      {3s, read_failed(kFirst), ""},
      {3s, statistics(kFirst, Phase::Downloading, 0), ""},
      {3s, event::StatisticsFailed{kFirst, true}, ""},
      {3s, event::NoticeCame{kFirst, {}}, ""},
      {3s, event::NoticeFailed{kFirst, true}, ""},
      {3s, start_failed(kFirst), ""},
      {3s, kPlay, ""},
      {99s, kTimer, ""},
      {99s, stopped(kFirst), "release 1; done"},
  });
}

TEST_CASE("time does not step back") {
  play({
      {5s, kPlay, "start 1 on 0; timer @20000"},
      {1s, started(kFirst), "read 1; poll 1 @5000; listen 1 @5000"},
  });
}

TEST_CASE("what stalled is told with what the engine says of it") {
  Player player({});
  static_cast<void>(player.step(kPlay, 0s));
  static_cast<void>(player.step(started(kFirst), 1s));
  static_cast<void>(player.step(statistics(kFirst, Phase::Prebuffering, 3), 2s));
  for (const auto& action : player.step(kTimer, 22s))
    if (const auto* give_up = std::get_if<action::GiveUp>(&action))
      CHECK(give_up->problem.detail == "nothing came for 21 s: the engine is prebuffering with 0 peers");
}

TEST_CASE("a source that fails says what the engine said of it") {
  Player player({.rounds = 1});
  static_cast<void>(player.step(kPlay, 0s));
  static_cast<void>(player.step(started(kFirst), 1s));
  const Notice notice{"download_stopped", {{"reason", "the licence of this channel has ended"}}};
  static_cast<void>(player.step(event::NoticeCame{kFirst, notice}, 1500ms));
  std::string detail;
  for (const auto& action : player.step(read_failed(kFirst), 1600ms))
    if (const auto* fail = std::get_if<action::Fail>(&action)) detail = fail->problem.detail;
  CHECK(detail == "the engine stopped it: download_stopped (reason: the licence of this channel has ended)");
}

TEST_CASE("without a limit of silence only what the engine may buffer counts") {
  play(
      {
          kPlayed,
          {1s, started(kFirst), "read 1; poll 1 @1000; listen 1 @1000"},
          {2s, bytes(kFirst), ""},
          {15s, kTimer, "timer @62000"},
          {62s, kTimer, "give up 1 on 0 stalled rest 1000; stop 1 @62000; timer @63000"},
      },
      {.silence = 0s});
}
