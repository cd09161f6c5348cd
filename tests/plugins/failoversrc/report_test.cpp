// SPDX-License-Identifier: LGPL-2.1-or-later
// What failoversrc tells of its sources.
#include "channel.hpp"

#include <doctest/doctest.h>
#include <sched.h>
#include <thread>

using namespace relevo;
using namespace relevo::failoversrc::test;
using namespace std::chrono_literals;

namespace {

/// Runs `work` on one processor, in a thread that has to wait for every thread it starts.
template <class Work>
void run_behind_new_threads(Work work) {
  std::thread([&] {
    cpu_set_t processors;
    CPU_ZERO(&processors);
    CPU_SET(static_cast<unsigned>(sched_getcpu()), &processors);
    REQUIRE(sched_setaffinity(0, sizeof processors, &processors) == 0);
    const sched_param none{};
    REQUIRE(sched_setscheduler(0, SCHED_IDLE | SCHED_RESET_ON_FORK, &none) == 0);
    work();
  }).join();
}

} // namespace

TEST_CASE("what a source says of its failure is told, however early it says so") {
  Channel channel({"file:///nowhere/at-all.ts"});
  channel.pipeline.set_state(GST_STATE_PAUSED);
  run_behind_new_threads([&] { channel.pipeline.play(); });
  const auto given_up = channel.wait_for("give-up");
  CHECK(text_field(given_up.get(), "text") ==
        "Resource not found. (No such file \"/nowhere/at-all.ts\")"); // in filesrc's own words
}
