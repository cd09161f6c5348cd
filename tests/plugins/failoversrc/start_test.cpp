// SPDX-License-Identifier: LGPL-2.1-or-later
// How a channel starts.
#include "channel.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::failoversrc::test;
using namespace std::chrono_literals;

TEST_CASE("N1, N2: the first source plays, and nothing is opened beside it") {
  for (const std::vector<std::string>& list :
       {std::vector<std::string>{"h264_720p50"}, {"h264_720p50", "ac3?burst=2"}}) {
    Channel channel(list);
    channel.pipeline.play();
    channel.wait_for_switch("h264_720p50");
    channel.receive(1'000'000);
    CHECK(channel.provider.channel_counters("ac3").opens == 0);
    channel.stop_and_check();
    CHECK(channel.count("switch") == 1);
    CHECK(channel.count("give-up") == 0);
  }
}

TEST_CASE("N6, N11, N15: sources that cannot be had are passed over without waiting") {
  Channel channel({"nowhere", "h264_720p50?fault=status:503", "h265_1080p25?fault=refuse", "ac3?burst=2"});
  channel.pipeline.play();
  const auto chosen = channel.wait_for_switch("ac3");
  CHECK(time_field(chosen.get(), "gap") < 4s); // what the first deadline alone would take
  CHECK(channel.count("give-up") == 3);
  channel.receive(500'000);
  channel.stop_and_check();
}

TEST_CASE("N6: a source that does not answer is left at its deadline") {
  Channel channel({"h264_720p50?fault=hold:60", "eac3?fault=holdbody:60", "ac3?burst=2"},
                  "connect-timeout=400 first-byte-timeout=400");
  channel.pipeline.play();
  channel.wait_for_switch("ac3");
  CHECK(channel.count("give-up") == 2);
  channel.receive(500'000);
  channel.stop_and_check();
}

TEST_CASE("N14: what answers and is no television is passed over") {
  Channel channel({"h264_720p50?fault=html", "eac3?burst=1&fault=scrambled", "ac3?burst=2"},
                  "ailment-timeout=500");
  channel.pipeline.play();
  channel.wait_for_switch("ac3");
  CHECK(channel.count("give-up") == 2);
  channel.receive(500'000);
  channel.stop_and_check();
}

TEST_CASE("N7: a slate fills the wait for the first source, and the outage in which none works") {
  const std::string media = g_getenv("RELEVO_TEST_MEDIA");
  Channel channel({"h264_720p50?fault=holdbody:1"},
                  "slate-after=0 retry-first=200 slate=" + media + "/black.ts");
  channel.pipeline.play();
  channel.wait_for("slate-on");
  channel.wait_for_switch("h264_720p50");
  channel.wait_for("slate-off");
  channel.receive(500'000);
  channel.provider.go_down();
  channel.wait_for("slate-on");
  channel.receive(50'000);
  channel.provider.come_back();
  channel.wait_for_switch("h264_720p50");
  channel.wait_for("slate-off");
  channel.receive(500'000);
  channel.stop_and_check();
}
