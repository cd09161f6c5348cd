// SPDX-License-Identifier: LGPL-2.1-or-later
// States of the element: it stops at every stage of its sources, and leaves nothing behind.
#include "channel.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::failoversrc::test;
using relevo::test::eventually;

TEST_CASE("N10: it stops at once, plays again, and leaves nothing behind") {
  Channel channel({"h264_720p50?burst=1", "ac3?fault=hold:60"});
  const auto threads = relevo::test::count_threads();
  const auto descriptors = relevo::test::count_descriptors();
  for (int i = 0; i < 3; ++i) {
    channel.pipeline.play();
    channel.wait_for_switch("h264_720p50");
    channel.pipeline.set_state(GST_STATE_PAUSED);
    CHECK(eventually([&] { return channel.provider.connections().open == 0; }));
    channel.pipeline.play();
    channel.pipeline.stop();
  }
  CHECK(eventually([&] { return channel.provider.connections().open == 0; }));
  CHECK(eventually([&] { return relevo::test::count_threads() <= threads; }));
  CHECK(eventually([&] { return relevo::test::count_descriptors() <= descriptors + 2; }));
}

TEST_CASE("N10: it stops at every stage of a source") {
  struct Case {
    std::vector<std::string> list;
    std::string decision; // after which it is stopped
  };
  const Case cases[] = {
      {{"h264_720p50?fault=hold:60"}, "open"},
      {{"h264_720p50?fault=holdbody:60"}, "open"},
      {{"h264_720p50?fault=status:404"}, "back-off"},
      {{"h264_720p50?fault=stall"}, "open"},
      {{}, "slate-on"},
      {{"h264_720p50?burst=1&fault=close@1.5"}, "give-up"},
  };
  const std::string media = g_getenv("RELEVO_TEST_MEDIA");
  for (const Case& one : cases) {
    CAPTURE(one.decision);
    Channel channel(one.list, "slate-after=0 slate=" + media + "/black.ts");
    for (int i = 0; i < 2; ++i) {
      channel.pipeline.play();
      channel.wait_for(one.decision);
      channel.pipeline.stop();
      CHECK(eventually([&] { return channel.provider.connections().open == 0; }));
    }
  }
}
