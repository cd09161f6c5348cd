// SPDX-License-Identifier: LGPL-2.1-or-later
// The ways out of acestreamsrc: at every stage at once, and without a session left at the engine.
#include "channel.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::test;
using provider::Clock;
using provider::Seconds;
using provider::TestEngine;

TEST_CASE("a start that is abandoned is stopped when the engine answers") {
  TestEngine engine;
  engine.set_faults(kClip, {"slowstart:1"});
  {
    Pipeline pipeline(channel({engine.url()}));
    pipeline.play();
    REQUIRE(eventually([&] { return engine.counters().opened == 1; }));
    const auto begin = Clock::now();
    pipeline.stop();
    CHECK(Seconds{Clock::now() - begin}.count() < 0.5);
    CHECK(engine.counters().open == 1); // nobody could stop it yet
  }
  CHECK(eventually([&] { return all_given_back(engine); }));
  CHECK(engine.counters().opened == 1);
}

TEST_CASE("a start that is late is stopped while the next engine plays") {
  TestEngine slow, good;
  slow.set_faults(kClip, {"slowstart:1"});
  Pipeline pipeline(channel({slow.url(), good.url()}, "start-timeout=200"));
  pipeline.play();
  REQUIRE(pipeline.wait_for_bytes(100'000));
  CHECK(slow.counters().open == 1);
  CHECK(eventually([&] { return all_given_back(slow) && slow.counters().opened == 1; }));
  CHECK(pipeline.wait_for_bytes(pipeline.byte_count() + 100'000));
}

TEST_CASE("the session is stopped although the engine hangs for a while") {
  TestEngine engine;
  Pipeline pipeline(channel({engine.url()}));
  pipeline.play();
  REQUIRE(pipeline.wait_for_bytes(100'000));
  engine.set_faults("", {"hang@0-1"});
  const auto begin = Clock::now();
  pipeline.stop();
  CHECK(Seconds{Clock::now() - begin}.count() < 0.5);
  CHECK(eventually([&] { return all_given_back(engine); }));
}

TEST_CASE("it can be started and stopped again and again") {
  TestEngine engine;
  Pipeline pipeline(channel({engine.url()}));
  for (std::uint64_t i = 1; i <= 10; ++i) {
    pipeline.play();
    REQUIRE(pipeline.wait_for_bytes(pipeline.byte_count() + 50'000));
    CHECK(engine.counters().opened == i);
    pipeline.set_state(i % 2 == 0 ? GST_STATE_READY : GST_STATE_NULL);
  }
  pipeline.stop();
  CHECK(eventually([&] { return all_given_back(engine); }));
}

TEST_CASE("it leaves at once at every stage, and nothing stays behind") {
  TestEngine engine;
  { Pipeline first(channel({engine.url()})); }
  const auto threads = count_threads();
  const auto descriptors = count_descriptors();
  for (const std::string fault : {"hang", "slowstart:0.2", "prebuffer:60", "nopeers", "holdbody:60", "stall",
                                   "redirect:3", "slow:0", "reply:html"}) {
    CAPTURE(fault);
    engine.set_faults("", {fault});
    Pipeline pipeline(channel({engine.url()}));
    for (int i = 0; i < 5; ++i) {
      pipeline.play();
      pipeline.stop();
    }
    pipeline.play();
    wait_for_decision(pipeline, "start");
    pipeline.stop();
    engine.set_faults("", {fault == "hang" ? "slow:0" : std::string_view(fault)});
    pipeline.play();
    if (fault != "hang" && fault != "reply:html") wait_for_decision(pipeline, "read");
    pipeline.stop();
    engine.set_faults("", {});
    CHECK(eventually([&] { return all_given_back(engine); }));
  }
  CHECK(eventually([&] { return count_threads() <= threads; }));
  CHECK(eventually([&] { return count_descriptors() <= descriptors; }));
}

TEST_CASE("a source that failed is left like any other") {
  TestEngine engine;
  engine.set_faults(kClip, {"html"});
  Pipeline pipeline(channel({engine.url()}));
  for (int i = 0; i < 3; ++i) {
    pipeline.play();
    pipeline.wait_for(GST_MESSAGE_ERROR);
    pipeline.stop();
  }
  CHECK(eventually([&] { return all_given_back(engine); }));
  CHECK(engine.counters().opened == 3);
}
