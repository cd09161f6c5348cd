// SPDX-License-Identifier: LGPL-2.1-or-later
// failoversrc against the fault provider: one stream, whatever its sources do.
#include "channel.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::failoversrc::test;
using namespace std::chrono_literals;

TEST_CASE("the first source plays, and nothing is opened beside it") {
  Channel channel({"h264_720p50?burst=2", "ac3?burst=2"});
  channel.pipeline.play();
  channel.wait_for_switch("h264_720p50");
  REQUIRE(channel.pipeline.wait_for_bytes(1'500'000));
  CHECK(channel.provider.channel_counters("ac3").opens == 0);
  channel.stop_and_check();
}

TEST_CASE("a source that cannot be had is passed over without waiting") {
  Channel channel({"nowhere", "h264_720p50?fault=status:503", "ac3?burst=2"});
  channel.pipeline.play();
  const auto chosen = channel.wait_for_switch("ac3");
  CHECK(time_field(chosen.get(), "gap") < 1s);
  REQUIRE(channel.pipeline.wait_for_bytes(500'000));
  channel.stop_and_check();
}

TEST_CASE("when a source dies the next one takes over inside the same stream") {
  for (const std::string fault : {"close", "reset", "stall"}) {
    CAPTURE(fault);
    Channel channel({"h264_720p50?burst=1", "ac3?burst=1"}, "silence-timeout=500");
    channel.pipeline.play();
    channel.wait_for_switch("h264_720p50");
    REQUIRE(channel.pipeline.wait_for_bytes(500'000));
    channel.provider.set_faults("h264_720p50", {fault});
    const auto taken = channel.wait_for_switch("ac3");
    CHECK(time_field(taken.get(), "gap") < 1s);
    const auto before = channel.pipeline.byte_count();
    REQUIRE(channel.pipeline.wait_for_bytes(before + 500'000));
    channel.stop_and_check();
  }
}

TEST_CASE("it stops at once in every state of its sources, plays again, and leaves nothing behind") {
  Channel channel({"h264_720p50?burst=1", "ac3?fault=hold:60"});
  const auto threads = relevo::test::count_threads();
  for (int i = 0; i < 3; ++i) {
    channel.pipeline.play();
    channel.wait_for_switch("h264_720p50");
    channel.pipeline.set_state(GST_STATE_PAUSED);
    CHECK(relevo::test::eventually([&] { return channel.provider.connections().open == 0; }));
    channel.pipeline.play();
    channel.pipeline.stop();
  }
  CHECK(relevo::test::eventually([&] { return channel.provider.connections().open == 0; }));
  CHECK(relevo::test::eventually([&] { return relevo::test::count_threads() <= threads; }));
}
