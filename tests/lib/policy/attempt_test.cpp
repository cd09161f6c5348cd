// SPDX-License-Identifier: LGPL-2.1-or-later
// Every deadline of an attempt, one by one.
#include "policy/attempt.hpp"

#include "stage.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace relevo::policy;
using test::seconds;

namespace {

constexpr AttemptId kId{7};

struct Told {
  double at;
  std::variant<event::SlotGranted, event::Opened, event::Bytes, event::Rhythm, event::Programme,
               event::RandomAccess, event::MediaTime, event::Hint, event::Held>
      event;
};

struct Case {
  std::string name;
  bool needs_slot;
  std::vector<Told> told;
  double due;
  Failure failure;
  double limit;
};

Time at(double value) {
  return Time{} + seconds(value);
}

Attempt tell(const Case& row) {
  const Candidate candidate{CandidateId{1}, "one", row.needs_slot ? "login" : "", 0};
  Attempt attempt(kId, candidate, Deadlines{}, at(10));
  for (const Told& told : row.told) {
    REQUIRE_FALSE(attempt.judge(at(told.at)));
    std::visit([&](const auto& event) { attempt.on(event, at(told.at)); }, told.event);
  }
  return attempt;
}

event::MediaTime media(double position) {
  return {kId, seconds(position)};
}

event::Hint hint(Ailment ailment, bool present) {
  return {kId, ailment, present};
}

event::Held held(double duration) {
  return {kId, seconds(duration)};
}

/// Bytes once a second, so that silence is no matter, and media at this rate, from an entry at 11 s.
std::vector<Told> running(double rate, int until) {
  std::vector<Told> told = {{11, event::RandomAccess{kId}}};
  for (int second = 12; second <= until; ++second) {
    told.push_back({static_cast<double>(second), event::Bytes{kId}});
    told.push_back({static_cast<double>(second), media(rate * (second - 11))});
  }
  return told;
}

std::vector<Told> with(std::vector<Told> told, std::vector<Told> more) {
  told.insert(told.end(), more.begin(), more.end());
  return told;
}

const std::vector<Case> kCases = {
    {"slot", true, {}, 14, Failure::SlotTimeout, 4},
    {"connect", false, {}, 14, Failure::ConnectTimeout, 4},
    {"connect behind a slot", true, {{12, event::SlotGranted{kId}}}, 16, Failure::ConnectTimeout, 4},
    {"first byte", false, {{11, event::Opened{kId}}}, 16, Failure::FirstByteTimeout, 5},
    {"a late slot event changes nothing",
     true,
     {{11, event::Opened{kId}}, {12, event::SlotGranted{kId}}},
     16,
     Failure::FirstByteTimeout,
     5},
    {"entry, video",
     false,
     {{11, event::Bytes{kId}}, {12.5, event::Bytes{kId}}, {14, event::Bytes{kId}}, {15.5, event::Bytes{kId}}},
     17,
     Failure::EntryTimeout,
     6},
    {"entry, audio only",
     false,
     {{11, event::Bytes{kId}}, {11.5, event::Programme{kId, false}}, {12.5, event::Bytes{kId}}},
     14,
     Failure::EntryTimeout,
     3},
    {"silence before the entry", false, {{11, event::Bytes{kId}}}, 13, Failure::Stalled, 2},
    {"silence behind the entry", false, running(1, 20), 22, Failure::Stalled, 2},
    {"silence of a source in portions",
     false,
     {{11, event::Bytes{kId}}, {11, event::Rhythm{kId, seconds(5)}}, {12, event::RandomAccess{kId}}},
     17,
     Failure::Stalled,
     5},
    {"a rhythm is never finer than the silence",
     false,
     {{11, event::Bytes{kId}}, {11, event::Rhythm{kId, seconds(0.5)}}},
     13,
     Failure::Stalled,
     2},
    {"no media time at all", false, with(running(1, 11), {{12.5, event::Bytes{kId}}}), 14, Failure::Slow, 3},
    // At 20 s it is 2 s behind its best moment; without more media it is 3 s behind a second later.
    {"slow", false, running(0.75, 20), 21, Failure::Slow, 3},
    {"scrambled", false,
     with(running(1, 20), {{20.5, hint(Ailment::Scrambled, true)}, {21.5, event::Bytes{kId}}}), 22.5,
     Failure::Scrambled, 2},
    {"no video", false,
     with(running(1, 20),
          {{20.5, hint(Ailment::NoVideo, true)}, {21.5, event::Bytes{kId}}, {21.5, media(10.5)}}),
     22.5, Failure::NoVideo, 2},
    {"not a transport stream",
     false,
     {{11, event::Bytes{kId}}, {11, hint(Ailment::NotTransportStream, true)}, {12.5, event::Bytes{kId}}},
     13,
     Failure::NotTransportStream,
     2},
    {"an ailment said twice is as old as at first", false,
     with(running(1, 20), {{20.5, hint(Ailment::Scrambled, true)},
                           {21.5, event::Bytes{kId}},
                           {21.5, hint(Ailment::Scrambled, true)}}),
     22.5, Failure::Scrambled, 2},
    {"an ailment that ended", false,
     with(running(1, 20), {{20.5, hint(Ailment::Scrambled, true)},
                           {21.5, event::Bytes{kId}},
                           {22, hint(Ailment::Scrambled, false)}}),
     23, Failure::Slow, 3},
    // Where nobody takes what it has, none of it is its fault.
    {"held, its silence does not count", false, with(running(1, 20), {{21.5, held(1.5)}}), 23.5,
     Failure::Stalled, 2},
    {"held, its silence begins with the end of it at the latest", false,
     with(running(1, 20), {{21, held(5)}}), 23, Failure::Stalled, 2},
    {"held, its loss of media time does not count", false, with(running(0.75, 20), {{20, held(1.5)}}), 22,
     Failure::Stalled, 2},
    {"held, what ails it has not lasted", false,
     with(running(1, 20),
          {{20.5, hint(Ailment::Scrambled, true)}, {21.5, event::Bytes{kId}}, {22, held(0.5)}}),
     23, Failure::Scrambled, 2},
};

} // namespace

TEST_CASE("an attempt is given up at its deadline, not before, and says what it measured") {
  for (const Case& row : kCases) {
    CAPTURE(row.name);
    Attempt attempt = tell(row);
    CHECK(attempt.deadline() == at(row.due));
    CHECK_FALSE(attempt.judge(at(row.due) - Duration{1}));
    const auto verdict = attempt.judge(at(row.due + 0.5));
    REQUIRE(verdict);
    CHECK(verdict->failure == row.failure);
    CHECK(verdict->limit == seconds(row.limit));
    CHECK(verdict->measured == seconds(row.limit + 0.5));
  }
}

TEST_CASE("an attempt is healthy from its entry, and again from the end of an ailment") {
  Attempt attempt(kId, {CandidateId{1}, "one", "", 0}, Deadlines{}, at(10));
  attempt.on(event::Bytes{kId}, at(11));
  CHECK_FALSE(attempt.ready());
  CHECK_FALSE(attempt.healthy_since());
  attempt.on(event::RandomAccess{kId}, at(12));
  CHECK(attempt.ready());
  CHECK(attempt.healthy_since() == at(12));
  attempt.on(hint(Ailment::NoVideo, true), at(13));
  CHECK(attempt.ready());
  CHECK_FALSE(attempt.healthy_since());
  attempt.on(hint(Ailment::NoVideo, false), at(14));
  CHECK(attempt.healthy_since() == at(14));
  attempt.on(event::RandomAccess{kId}, at(15));
  CHECK(attempt.healthy_since() == at(14));
}

TEST_CASE("an attempt that is tolerated is judged by silence alone") {
  Attempt attempt(kId, {CandidateId{1}, "one", "", 0}, Deadlines{}, at(10));
  attempt.on(event::RandomAccess{kId}, at(11));
  attempt.on(hint(Ailment::Scrambled, true), at(11));
  attempt.tolerate();
  for (int second = 12; second < 30; ++second) {
    CHECK_FALSE(attempt.judge(at(second)));
    attempt.on(event::Bytes{kId}, at(second));
  }
  CHECK(attempt.judge(at(31))->failure == Failure::Stalled);
}
