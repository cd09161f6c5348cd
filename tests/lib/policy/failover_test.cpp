// SPDX-License-Identifier: LGPL-2.1-or-later
// The transition table of the failover machine (docs/failover.md), row by row.
#include "policy/failover.hpp"

#include "stage.hpp"

#include <doctest/doctest.h>

using namespace relevo::policy;
using namespace relevo::policy::test;
using event::Next;
using event::Start;
using event::Stop;
using event::SwitchTo;
using State = Failover::State;

namespace {

FailoverSettings hot() {
  FailoverSettings settings;
  settings.standby = Standby::Hot;
  return settings;
}

event::Hint hint(std::uint32_t attempt, Ailment ailment, bool present) {
  return {AttemptId{attempt}, ailment, present};
}

/// The first of the list is on since 0.25 s.
Stage playing(std::string_view names, FailoverSettings settings = {}) {
  Stage stage(names, settings);
  stage.run(0, Start{});
  stage.run(0.25, plays(1));
  CHECK(stage.machine().state() == State::Playing);
  return stage;
}

} // namespace

TEST_CASE("Stopped: nothing happens but Start") {
  Stage stage("A B");
  CHECK(stage.machine().state() == State::Stopped);
  stage.row(0, Stop{}, "");
  stage.row(1, SwitchTo{named('A')}, "refuse A");
  stage.row(2, Next{}, "refuse next");
  stage.row(3, list("B"), "");
  stage.row(4, nothing(), "");
  stage.row(5, Start{}, "open 1 B start");
  stage.row(5, Start{}, "");
}

TEST_CASE("Searching: the next candidate, round by round, with back-off and slate") {
  Stage stage("A B");
  stage.row(0, Start{}, "open 1 A start");
  CHECK(stage.machine().state() == State::Searching);
  stage.row(1, fails(1, Failure::Refused), "give-up 1 A refused; close 1; open 2 B start");
  stage.row(2, fails(2, Failure::Status, 404), "give-up 2 B status 404; close 2; back-off 1; slate");
  CHECK(stage.machine().state() == State::Waiting);
  stage.row(3, nothing(), "open 3 A start");
  stage.row(3.1, fails(3, Failure::Dns), "give-up 3 A dns; close 3; open 4 B start");
  stage.row(3.2, fails(4, Failure::Dns), "give-up 4 B dns; close 4; back-off 2");
  stage.row(9.2, nothing(), "@5.2 open 5 A start; give-up 5 A connect-timeout 4/4; close 5; open 6 B start");
  stage.row(9.5, plays(6), "splice 6 B start 9.5; no-slate");
  CHECK(stage.machine().state() == State::Playing);
}

TEST_CASE("Searching: without an answer, the slate comes after its time") {
  Stage stage("A");
  stage.row(0, Start{}, "open 1 A start");
  stage.row(3.5, nothing(), "@3 slate");
  stage.row(3.8, plays(1), "splice 1 A start 3.8; no-slate");
}

TEST_CASE("Searching: what has to be started first has longer to its first byte, and no shorter") {
  for (const auto& [start, until] : {std::pair(15.0, 15.0), std::pair(1.0, 5.0)}) {
    FailoverSettings settings;
    settings.slate = seconds(60);
    Stage stage("A B", settings);
    auto started_first = list("A B");
    started_first.candidates[0].start = seconds(start);
    stage.run(0, started_first);
    stage.row(0, Start{}, "open 1 A start");
    stage.row(0, event::Opened{AttemptId{1}}, "");
    stage.row(until - 0.1, nothing(), "");
    CHECK(stage.machine().state() == State::Searching);
    const auto done = stage.run(until + 0.1, nothing());
    REQUIRE(done.size() >= 1);
    CHECK(describe(done[0].second).starts_with("give-up 1 A first-byte-timeout"));
  }
}

TEST_CASE("Waiting: without candidates the slate runs until there is one") {
  Stage stage("");
  stage.row(0, Start{}, "slate");
  CHECK(stage.machine().state() == State::Waiting);
  stage.row(100, list("A"), "open 1 A start");
}

TEST_CASE("Waiting: a new candidate is tried at once") {
  Stage stage("A");
  stage.row(0, Start{}, "open 1 A start");
  stage.row(1, fails(1, Failure::Refused), "give-up 1 A refused; close 1; back-off 1; slate");
  stage.row(1.5, list("A B"), "open 2 B start");
  stage.row(1.6, fails(2, Failure::Refused), "give-up 2 B refused; close 2");
  stage.row(2, nothing(), "open 3 A start");
}

TEST_CASE("Playing: a dead stream is closed and the next one opened at once") {
  for (const Failure failure : {Failure::Refused, Failure::Ended, Failure::Truncated, Failure::Other}) {
    Stage stage = playing("A B");
    const std::string name(name_of(failure));
    stage.row(20.5, fails(1, failure), "give-up 1 A " + name + "; close 1; open 2 B failure");
    CHECK(stage.machine().state() == State::Searching);
    stage.row(20.7, plays(2), "splice 2 B failure 0.2");
    CHECK(stage.machine().current() == named('B'));
  }
}

TEST_CASE("Playing: one that still plays stays on until the next one is ready") {
  Stage stage = playing("A B");
  stage.row(20, hint(1, Ailment::NoVideo, true), "");
  stage.row(22, nothing(), "give-up 1 A no-video 2/2; open 2 B failure");
  CHECK(stage.machine().state() == State::Leaving);
  stage.row(23, plays(2), "splice 2 B failure 0; close 1");
}

TEST_CASE("Playing: judged by all it has given, not by half of it") {
  // Whoever was held up for 10 s now tells, one after the other, what came meanwhile.
  Failover machine;
  const auto step = [&machine](const Event& event, double at) {
    std::string text;
    for (const Action& action : machine.step(event, Time{} + seconds(at)))
      if (!std::holds_alternative<action::ArmTimer>(action)) text += describe(action) + ";";
    return text;
  };
  const AttemptId first{1};
  step(list("A B"), 0);
  step(Start{}, 0);
  step(event::RandomAccess{first}, 1);
  step(event::MediaTime{first, seconds(1)}, 1);
  CHECK(step(Next{}, 11) == "open 2 B user;");
  CHECK(step(event::Bytes{first}, 11) == "");
  CHECK(step(event::MediaTime{first, seconds(11)}, 11) == "");
  CHECK(step(event::Timer{}, 11) == "");
  CHECK(step(event::Timer{}, 13) == "give-up 1 A stalled 2/2;close 1;");
}

TEST_CASE("Playing: a stream that nobody takes is not to blame") {
  Stage stage = playing("A B");
  stage.row(10, falls_silent(1), "");
  for (int second = 11; second < 30; ++second)
    stage.row(second, event::Held{AttemptId{1}, seconds(1)}, "");
  stage.row(31, nothing(), "give-up 1 A stalled 2/2; close 1; open 2 B failure");
}

TEST_CASE("Playing: a stream that is scrambled shows nothing and is closed") {
  Stage stage = playing("A B");
  stage.row(20, hint(1, Ailment::Scrambled, true), "");
  stage.row(22, nothing(), "give-up 1 A scrambled 2/2; close 1; open 2 B failure");
}

TEST_CASE("Playing: one that gave up its ailment in time goes on") {
  Stage stage = playing("A B");
  stage.row(20, hint(1, Ailment::NoVideo, true), "");
  stage.row(21.9, hint(1, Ailment::NoVideo, false), "");
  stage.row(60, nothing(), "");
}

TEST_CASE("Leaving: the one that goes may die before the next is ready") {
  Stage stage = playing("A B");
  stage.row(20, hint(1, Ailment::NoVideo, true), "");
  stage.row(22, nothing(), "give-up 1 A no-video 2/2; open 2 B failure");
  stage.row(22.1, fails(1, Failure::Ended), "give-up 1 A ended; close 1");
  CHECK(stage.machine().state() == State::Searching);
  stage.row(22.5, plays(2), "splice 2 B failure 0.5");
}

TEST_CASE("Leaving: with nothing else it stays on, and is itself opened anew") {
  Stage stage = playing("A B");
  stage.row(20, hint(1, Ailment::NoVideo, true), "");
  stage.row(22, nothing(), "give-up 1 A no-video 2/2; open 2 B failure");
  stage.row(22.5, fails(2, Failure::Refused), "give-up 2 B refused; close 2; open 3 A failure");
  stage.row(22.7, fails(3, Failure::Refused), "give-up 3 A refused; close 3; back-off 1");
  stage.row(23.7, nothing(), "open 4 B failure");
  CHECK(stage.machine().state() == State::Leaving);
  stage.row(24, plays(4), "splice 4 B failure 0; close 1");
}

TEST_CASE("one slot: break before make") {
  Stage stage = playing("A1 B1");
  stage.row(20, hint(1, Ailment::NoVideo, true), "");
  stage.row(22, nothing(), "give-up 1 A no-video 2/2; close 1; open 2 B failure");
  stage.row(23, plays(2), "splice 2 B failure 1");
}

TEST_CASE("one slot: the user breaks it, nobody else does") {
  Stage stage = playing("A1 B1", hot());
  stage.row(20, SwitchTo{named('B')}, "close 1; open 2 B user");
  stage.row(21, fails(2, Failure::SlotRefused), "give-up 2 B slot-refused; close 2; open 3 A failure");
}

TEST_CASE("several slots on a key: make before break") {
  Stage stage("");
  stage.run(0, list("A1 B1", {{"1", 2}}));
  stage.run(0, Start{});
  stage.row(0.3, plays(1), "splice 1 A start 0.3");
  stage.row(20, SwitchTo{named('B')}, "open 2 B user");
  stage.row(20.5, plays(2), "splice 2 B user 0; close 1");
  stage.row(30, SwitchTo{named('A')}, "open 3 A user");
  stage.row(30.1, list("A1 B1"), "close 3; close 2; open 4 A user");
}

TEST_CASE("a slot is waited for, then the connection") {
  Stage stage("A1 B");
  stage.row(0, Start{}, "open 1 A start");
  stage.row(3, event::SlotGranted{AttemptId{1}}, "slate");
  stage.row(7, nothing(), "give-up 1 A connect-timeout 4/4; close 1; open 2 B start");
}

TEST_CASE("hot standby: the next one is open and ready, and takes over at once") {
  Stage stage("A B C", hot());
  stage.row(0, Start{}, "open 1 A start");
  stage.row(0.25, plays(1), "splice 1 A start 0.25; open 2 B standby");
  stage.row(0.6, plays(2), "");
  stage.row(30, fails(1, Failure::Ended),
            "give-up 1 A ended; close 1; splice 2 B failure 0; open 3 C standby");
}

TEST_CASE("hot standby: one that is still being opened is waited for") {
  Stage stage = playing("A B", hot());
  stage.row(1, fails(1, Failure::Ended), "give-up 1 A ended; close 1");
  stage.row(1.5, plays(2), "splice 2 B failure 0.5");
}

TEST_CASE("hot standby: one that fails is replaced, with back-off") {
  Stage stage = playing("A B", hot());
  stage.run(1, plays(2));
  stage.row(20, fails(2, Failure::Ended), "give-up 2 B ended; close 2");
  stage.row(21, nothing(), "open 3 B standby");
  stage.row(21.5, fails(3, Failure::Refused), "give-up 3 B refused; close 3");
  stage.row(23.5, nothing(), "open 4 B standby");
  stage.row(23.6, plays(4), "");
  stage.row(40, fails(4, Failure::Ended), "give-up 4 B ended; close 4");
  stage.row(41, nothing(), "open 5 B standby");
}

TEST_CASE("hot standby: one that failed in the search is left alone until the one that is on has settled") {
  Stage stage("A B", hot());
  stage.run(0, Start{});
  stage.run(1, fails(1, Failure::Refused));
  stage.row(2, plays(2), "splice 2 B start 2");
  stage.row(12.5, nothing(), "@12 open 3 A standby");
}

TEST_CASE("hot standby: it takes the best that leaves the one on its slot") {
  Stage stage("A1 B1 C", hot());
  stage.run(0, Start{});
  stage.row(0.3, plays(1), "splice 1 A start 0.3; open 2 C standby");
}

TEST_CASE("a better stream is returned to when its penalty has faded and it was healthy beside the other") {
  Stage stage = playing("A B");
  stage.row(20, fails(1, Failure::Ended), "give-up 1 A ended; close 1; open 2 B failure");
  stage.row(20.5, plays(2), "splice 2 B failure 0.5");
  stage.row(320.5, nothing(), "@320 open 3 A return");
  stage.row(321, plays(3), "");
  stage.row(350, hint(3, Ailment::Scrambled, true), "");
  stage.row(351, hint(3, Ailment::Scrambled, false), "");
  stage.row(411.5, nothing(), "@411 splice 3 A return 0; @411 close 2");
}

TEST_CASE("a return that fails costs the viewer nothing") {
  Stage stage = playing("A B");
  stage.run(20, fails(1, Failure::Ended));
  stage.run(20.5, plays(2));
  stage.row(320.5, nothing(), "@320 open 3 A return");
  stage.row(321, plays(3), "");
  stage.row(370, fails(3, Failure::Ended), "give-up 3 A ended; close 3");
  stage.row(600, nothing(), "");
  CHECK(stage.machine().current() == named('B'));
}

TEST_CASE("no return where it would break the stream that is on") {
  Stage stage = playing("A1 B1");
  stage.run(20, fails(1, Failure::Ended));
  stage.run(20.5, plays(2));
  stage.row(3600, nothing(), "");
}

TEST_CASE("returns keep their distance") {
  Stage stage = playing("B");
  stage.row(5, list("A B"), "");
  stage.row(11, plays(2), "@10.25 open 2 A return");
  stage.row(71, nothing(), "splice 2 A return 0; close 1");
  stage.row(80, list("C A B"), "");
  stage.row(372, nothing(), "@371 open 3 C return");
}

TEST_CASE("a return probe that stands behind by now is dropped") {
  Stage stage = playing("A");
  stage.row(10.5, list("B A"), "open 2 B return");
  stage.row(11, list("A B"), "close 2");
}

TEST_CASE("switch-to: the one that is on stays on until the other is ready") {
  Stage stage = playing("A B C");
  stage.row(20, SwitchTo{named('C')}, "open 2 C user");
  stage.row(20.1, SwitchTo{named('B')}, "close 2; open 3 B user");
  stage.row(20.5, plays(3), "splice 3 B user 0; close 1");
  // A stands before it, but the user wanted this one.
  stage.row(3600, nothing(), "");
  stage.row(3601, SwitchTo{named('D')}, "refuse D");
}

TEST_CASE("switch-to: one that fails changes nothing") {
  Stage stage = playing("A B");
  stage.row(20, SwitchTo{named('B')}, "open 2 B user");
  stage.row(21, fails(2, Failure::Refused), "give-up 2 B refused; close 2");
  stage.row(60, nothing(), "");
  CHECK(stage.machine().current() == named('A'));
}

TEST_CASE("switch-to: back to the one that is on ends the attempt and all returns") {
  Stage stage = playing("B");
  stage.row(10.5, list("A B C"), "open 2 A return");
  stage.row(11, SwitchTo{named('B')}, "close 2");
  stage.row(12, SwitchTo{named('C')}, "open 3 C user");
  stage.row(13, SwitchTo{named('B')}, "close 3");
  stage.row(3600, nothing(), "");
}

TEST_CASE("switch-to: the standby is on at once") {
  Stage stage = playing("A B", hot());
  stage.row(1, plays(2), "");
  stage.row(20, SwitchTo{named('B')}, "splice 2 B user 0; close 1; open 3 A standby");
}

TEST_CASE("switch-to: while searching and waiting it is tried at once") {
  Stage stage("A B C");
  stage.row(0, Start{}, "open 1 A start");
  stage.row(1, SwitchTo{named('C')}, "close 1; open 2 C user");
  stage.row(2, fails(2, Failure::Refused), "give-up 2 C refused; close 2; open 3 A start");
  stage.row(2.1, fails(3, Failure::Refused), "give-up 3 A refused; close 3; open 4 B start");
  stage.row(2.2, fails(4, Failure::Refused), "give-up 4 B refused; close 4; back-off 1; slate");
  stage.row(2.3, SwitchTo{named('C')}, "open 5 C user");
}

TEST_CASE("next: in the order of the list, round and round") {
  Stage stage = playing("A B C");
  stage.row(10, Next{}, "open 2 B user");
  stage.row(10.1, Next{}, "close 2; open 3 C user");
  stage.row(10.2, plays(3), "splice 3 C user 0; close 1");
  stage.row(20, Next{}, "open 4 A user");
  Stage alone = playing("A");
  alone.row(10, Next{}, "refuse next");
}

TEST_CASE("the list changes: what plays and stays is not touched") {
  Stage stage = playing("A B");
  stage.row(10, list("A C D"), "");
  stage.row(11, list("A"), "");
}

TEST_CASE("the list changes: the one that is on goes when another is ready") {
  Stage stage = playing("A B");
  stage.row(10, list("B C"), "open 2 B removal");
  CHECK(stage.machine().state() == State::Leaving);
  stage.row(11, fails(2, Failure::Refused), "give-up 2 B refused; close 2; open 3 C removal");
  stage.row(11.5, plays(3), "splice 3 C removal 0; close 1");
}

TEST_CASE("the list changes: one that comes back in time stays on") {
  Stage stage = playing("A B");
  stage.row(10, list("B"), "open 2 B removal");
  stage.row(10.1, list("A B"), "close 2");
  CHECK(stage.machine().state() == State::Playing);
}

TEST_CASE("the list changes: one that is being opened goes at once") {
  Stage stage("A B");
  stage.row(0, Start{}, "open 1 A start");
  stage.row(1, list("B"), "close 1; open 2 B start");
  stage.row(1.5, SwitchTo{named('B')}, "");
  stage.row(2, list("C"), "close 2; open 3 C start");
}

TEST_CASE("the list changes: an empty one ends the stream, and the slate comes") {
  Stage stage = playing("A");
  stage.row(10, list(""), "close 1; slate");
  stage.row(20, list("A"), "open 2 A removal");
  stage.row(20.5, plays(2), "splice 2 A removal 10.5; no-slate");
}

TEST_CASE("the list changes: penalties stay, and new candidates bring theirs") {
  Stage stage("A B");
  stage.run(0, Start{});
  stage.row(1, fails(1, Failure::Refused), "give-up 1 A refused; close 1; open 2 B start");
  event::CandidatesChanged change = list("C A");
  change.candidates[0].penalty = 3;
  stage.row(2, change, "close 2; open 3 C start");
  stage.run(2.1, Stop{});
  stage.row(3, Start{}, "open 4 A start");
}

TEST_CASE("Stop closes everything; late events of the dead are ignored") {
  Stage stage = playing("A B", hot());
  stage.row(1, Stop{}, "close 2; close 1");
  CHECK(stage.machine().state() == State::Stopped);
  stage.row(20, Start{}, "open 3 A start");
  stage.row(20.1, plays(1), "");
  stage.row(20.2, fails(2, Failure::Ended), "");
  stage.row(20.3, fails(3, Failure::Ended), "give-up 3 A ended; close 3; open 4 B start");
  stage.row(20.4, fails(3, Failure::Ended), "");
  stage.row(24, nothing(), "@23 slate");
  stage.row(24.1, Stop{}, "close 4; no-slate");
}

TEST_CASE("the timer is armed for the earliest deadline, and not moved with every byte") {
  Failover machine;
  const auto timers = [&machine](const Event& event, double now) {
    std::vector<double> at;
    for (const Action& action : machine.step(event, Time{} + seconds(now)))
      if (const auto* timer = std::get_if<action::ArmTimer>(&action))
        at.push_back(std::chrono::duration<double>(timer->at - Time{}).count());
    return at;
  };
  using Timers = std::vector<double>;
  CHECK(timers(list("A B"), 0) == Timers{});
  CHECK(timers(Start{}, 0) == Timers{3}); // the slate
  CHECK(timers(event::RandomAccess{AttemptId{1}}, 0.5) == Timers{2.5});
  CHECK(timers(event::Bytes{AttemptId{1}}, 1) == Timers{});
  CHECK(timers(event::Bytes{AttemptId{1}}, 2) == Timers{});
  CHECK(timers(event::Timer{}, 2.5) == Timers{3.5}); // no media time since 0.5
  CHECK(timers(event::MediaTime{AttemptId{1}, seconds(2)}, 2.6) == Timers{});
  CHECK(timers(event::Timer{}, 3.5) == Timers{4});
}

TEST_CASE("time never steps back") {
  Failover machine;
  static_cast<void>(machine.step(list("A B"), Time{} + seconds(100)));
  static_cast<void>(machine.step(Start{}, Time{} + seconds(100)));
  const auto actions = machine.step(event::Timer{}, Time{} + seconds(1));
  CHECK(actions.empty());
}
