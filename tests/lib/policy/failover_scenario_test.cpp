// SPDX-License-Identifier: LGPL-2.1-or-later
// Whole evenings: what a viewer may meet, as far as the machine decides it.
#include "policy/failover.hpp"

#include "stage.hpp"

#include <doctest/doctest.h>

using namespace relevo::policy;
using namespace relevo::policy::test;
using event::Start;

namespace {

Stage playing(std::string_view names, FailoverSettings settings = {}) {
  Stage stage(names, settings);
  stage.run(0, Start{});
  stage.run(0.25, plays(1));
  return stage;
}

FailoverSettings hot() {
  FailoverSettings settings;
  settings.standby = Standby::Hot;
  return settings;
}

} // namespace

TEST_CASE("N1, N2: a fine source plays for a day, the other is never opened") {
  for (const char* names : {"A", "A B"}) {
    Stage stage = playing(names);
    stage.row(86400, nothing(), "");
  }
}

TEST_CASE("N3: silence of half the threshold, again and again: no switch") {
  Stage stage = playing("A B");
  for (int i = 1; i < 20; ++i) {
    stage.row(10.0 * i, falls_silent(1), "");
    stage.row(10.0 * i + 1, plays(1), "");
  }
}

TEST_CASE("N4: silence of the threshold: switch, the gap is the threshold and B's time to its entry") {
  Stage stage = playing("A B");
  stage.row(10, falls_silent(1), "");
  stage.row(12.4, plays(2),
            "@12 give-up 1 A stalled 2/2; @12 close 1; @12 open 2 B failure; splice 2 B failure 2.4");
}

TEST_CASE("N5: the main source returns after a while, in one switch") {
  Stage stage = playing("A B");
  stage.run(10, falls_silent(1));
  stage.run(12.4, plays(2));
  stage.row(312.5, plays(3), "@312 open 3 A return");
  stage.row(373, nothing(), "@372.5 splice 3 A return 0; @372.5 close 2");
  stage.row(7200, nothing(), "");
}

TEST_CASE("N6: the main source is absent at the start") {
  Stage stage("A B");
  stage.row(0, Start{}, "open 1 A start");
  stage.row(4, nothing(), "@3 slate; give-up 1 A connect-timeout 4/4; close 1; open 2 B start");
  stage.row(4.5, plays(2), "splice 2 B start 4.5; no-slate");
}

TEST_CASE("N7: something to see at once") {
  FailoverSettings settings;
  settings.slate = {};
  Stage stage("A B", settings);
  stage.row(0, Start{}, "open 1 A start; slate");
  stage.row(0.5, plays(1), "splice 1 A start 0.5; no-slate");
}

TEST_CASE("N8: by hand, there and back") {
  Stage stage = playing("A B");
  stage.row(10, event::SwitchTo{named('B')}, "open 2 B user");
  stage.row(10.5, plays(2), "splice 2 B user 0; close 1");
  stage.row(20, event::SwitchTo{named('A')}, "open 3 A user");
  stage.row(20.5, plays(3), "splice 3 A user 0; close 2");
}

TEST_CASE(
    "N9: the end is a failure; the end of a standby is none for the viewer; a lone source is opened again") {
  Stage two = playing("A B", hot());
  two.row(1, plays(2), "");
  two.row(20, fails(2, Failure::Ended), "give-up 2 B ended; close 2");
  CHECK(two.machine().current() == named('A'));
  Stage one = playing("A");
  one.row(20, fails(1, Failure::Ended), "give-up 1 A ended; close 1; open 2 A failure");
  one.row(20.5, plays(2), "splice 2 A failure 0.5");
}

TEST_CASE("N10: stopped at every stage, nothing stays open") {
  struct Row {
    double at;
    const char* expected;
  };
  const Row rows[] = {
      {0.5, "close 1"},                     // connecting
      {3.5, "@3 slate; close 1; no-slate"}, // connecting, with slate
      {4.5, "@3 slate; @4 give-up 1 A connect-timeout 4/4; @4 close 1; @4 back-off 1; no-slate"},
      {5.5, "@3 slate; @4 give-up 1 A connect-timeout 4/4; @4 close 1; @4 back-off 1; @5 open 2 A "
            "start; close 2; no-slate"}};
  for (const Row& row : rows) {
    Stage stage("A");
    stage.run(0, Start{});
    stage.row(row.at, event::Stop{}, row.expected);
    stage.row(1000, nothing(), "");
  }
}

TEST_CASE("N11: an error switches without waiting for any threshold") {
  for (const Failure failure : {Failure::Refused, Failure::Dns, Failure::Status, Failure::Truncated}) {
    Stage stage = playing("A B");
    stage.run(20, fails(1, failure));
    stage.row(20.2, plays(2), "splice 2 B failure 0.2");
  }
}

TEST_CASE("N12: a source that flaps is left alone: few switches, ever rarer") {
  Stage stage("A B");
  stage.run(0, Start{});
  double now = 0;
  std::uint32_t last = 1;
  int switches = 0, attempts_at_a = 0;
  // A works for 5 s whenever it is opened, B always. An hour of it.
  stage.run(now, plays(last));
  double a_ends = 5;
  bool a_open = true;
  while (now < 3600) {
    now = a_open ? a_ends : now + 1;
    const auto done = a_open ? stage.run(now, fails(last, Failure::Ended)) : stage.run(now, nothing());
    a_open = false;
    for (const auto& [time, action] : done) {
      if (std::holds_alternative<action::Splice>(action)) ++switches;
      const auto* open = std::get_if<action::Open>(&action);
      if (!open) continue;
      last = static_cast<std::uint32_t>(open->attempt);
      for (const auto& [at, then] : stage.run(now, plays(last)))
        if (std::holds_alternative<action::Splice>(then)) ++switches;
      if (open->candidate != named('A')) continue;
      a_open = true;
      a_ends = now + 5;
      ++attempts_at_a;
    }
  }
  CHECK(switches == 1); // from A to B, and never back: A was not healthy for 60 s
  CHECK(attempts_at_a >= 3);
  CHECK(attempts_at_a <= 12);
  CHECK(stage.machine().current() == named('B'));
}

TEST_CASE("N12: where all flap, the viewer gets what there is, and nobody is hammered") {
  Stage stage("A B");
  stage.row(0, Start{}, "open 1 A start");
  stage.row(0, plays(1), "splice 1 A start 0");
  stage.row(5, fails(1, Failure::Ended), "give-up 1 A ended; close 1; open 2 B failure");
  stage.row(5, plays(2), "splice 2 B failure 0");
  stage.row(10, fails(2, Failure::Ended), "give-up 2 B ended; close 2; back-off 1; slate");
  stage.row(11, plays(3), "open 3 A failure; splice 3 A failure 1; no-slate");
  stage.row(16, fails(3, Failure::Ended), "give-up 3 A ended; close 3; open 4 B failure");
  stage.row(16, plays(4), "splice 4 B failure 0");
  stage.row(21, fails(4, Failure::Ended), "give-up 4 B ended; close 4; back-off 1; slate");
}

TEST_CASE("N13: video stalls, sound goes on: switch without a gap") {
  Stage stage = playing("A B");
  stage.row(20, event::Hint{AttemptId{1}, Ailment::NoVideo, true}, "");
  stage.row(22.5, plays(2),
            "@22 give-up 1 A no-video 2/2; @22 open 2 B failure; splice 2 B failure 0; close 1");
}

TEST_CASE("N14: up, and yet nothing to see") {
  const event::Bytes bytes{AttemptId{1}};
  SUBCASE("an HTML page") {
    Stage stage("A B");
    stage.run(0, Start{});
    stage.run(0.2, bytes);
    stage.row(0.3, fails(1, Failure::NotTransportStream),
              "give-up 1 A not-a-transport-stream; close 1; open 2 B start");
  }
  SUBCASE("scrambled") {
    Stage stage("A B");
    stage.run(0, Start{});
    stage.run(0.2, bytes);
    stage.run(0.5, event::Hint{AttemptId{1}, Ailment::Scrambled, true});
    stage.run(1.8, bytes);
    stage.row(2.5, nothing(), "give-up 1 A scrambled 2/2; close 1; open 2 B start");
  }
  SUBCASE("no clock and no stamps") {
    Stage stage("A B");
    stage.run(0, Start{});
    stage.run(0.5, event::RandomAccess{AttemptId{1}});
    for (const double at : {1.5, 2.5, 3.4})
      stage.row(at, bytes, "");
    stage.row(3.5, nothing(), "give-up 1 A slow 3/3; open 2 B failure");
  }
}

TEST_CASE("N15: two of three are dead") {
  Stage stage("A B C");
  stage.row(0, Start{}, "open 1 A start");
  stage.row(0.1, fails(1, Failure::Refused), "give-up 1 A refused; close 1; open 2 B start");
  stage.row(0.2, fails(2, Failure::Dns), "give-up 2 B dns; close 2; open 3 C start");
  stage.row(0.5, plays(3), "splice 3 C start 0.5");
  // When C dies, A and B are tried once more, C itself last.
  stage.row(60, fails(3, Failure::Ended), "give-up 3 C ended; close 3; open 4 C failure");
  stage.row(60.1, fails(4, Failure::Refused), "give-up 4 C refused; close 4; open 5 A failure");
  stage.row(60.2, fails(5, Failure::Refused), "give-up 5 A refused; close 5; open 6 B failure");
  stage.row(60.3, fails(6, Failure::Refused), "give-up 6 B refused; close 6; back-off 1; slate");
}

TEST_CASE("N16: in the middle of a GOP: bytes alone are no stream, the entry is waited for") {
  Stage stage = playing("A B");
  stage.run(20, fails(1, Failure::Ended));
  for (const double at : {20.5, 21.5, 22.5})
    stage.row(at, event::Bytes{AttemptId{2}}, "");
  stage.row(22.9, plays(2), "splice 2 B failure 2.9");
}

TEST_CASE("N18: every attempt is an opening of its own") {
  Stage stage = playing("A");
  stage.row(20, fails(1, Failure::Status, 403), "give-up 1 A status 403; close 1; open 2 A failure");
  stage.row(20.1, fails(2, Failure::Status, 403), "give-up 2 A status 403; close 2; back-off 1; slate");
  stage.row(21.1, nothing(), "open 3 A failure");
}

TEST_CASE("N19: hot, the gap after silence is the threshold alone") {
  Stage stage = playing("A B", hot());
  stage.run(1, plays(2));
  stage.row(20, falls_silent(1), "");
  stage.row(22, nothing(), "give-up 1 A stalled 2/2; close 1; splice 2 B failure 2; open 3 A standby");
}

TEST_CASE("a slow source is left while it still plays") {
  Stage stage("A B");
  stage.run(0, Start{});
  stage.run(1, event::RandomAccess{AttemptId{1}});
  std::string log;
  for (int tick = 1; tick <= 20 && log.empty(); ++tick) {
    const double now = 1 + tick * 0.5;
    for (const Event& event :
         {Event{event::Bytes{AttemptId{1}}}, Event{event::MediaTime{AttemptId{1}, seconds(tick * 0.2)}}})
      for (const auto& [time, action] : stage.run(now, event))
        log += describe(action) + ";";
  }
  CHECK(log == "give-up 1 A slow 3/3;open 2 B failure;");
  CHECK(stage.machine().state() == Failover::State::Leaving);
}
