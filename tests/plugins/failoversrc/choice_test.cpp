// SPDX-License-Identifier: LGPL-2.1-or-later
// The user, the list and better sources: changes while nothing has failed.
#include "channel.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::failoversrc::test;
using namespace std::chrono_literals;

TEST_CASE("N8: by hand, there, back and on to the next") {
  Channel channel({"h264_720p50?burst=1", "ac3?burst=1"});
  channel.pipeline.play();
  channel.wait_for_switch("h264_720p50");
  channel.receive(500'000);
  channel.command("switch-to", "ac3?burst=1");
  CHECK(text_field(channel.wait_for_switch("ac3").get(), "reason") == "user");
  channel.receive(500'000);
  channel.command("switch-to", "h264_720p50?burst=1");
  channel.wait_for_switch("h264_720p50");
  channel.receive(500'000);
  g_signal_emit_by_name(channel.element().get(), "next");
  channel.wait_for_switch("ac3");
  channel.receive(500'000);
  CHECK(channel.count("give-up") == 0);
  channel.command("switch-to", "http://not/in/the/list");
  channel.wait_for("refuse");
  channel.stop_and_check();
}

TEST_CASE("N5: a better source that is well again is returned to, once") {
  Channel channel({"h264_720p50?burst=1", "ac3?burst=1"},
                  "penalty-half-life=300 settle-time=300 return-after=500 return-interval=60000");
  channel.pipeline.play();
  channel.wait_for_switch("h264_720p50");
  channel.receive(500'000);
  channel.provider.set_faults("h264_720p50", {"close@0-0.2"});
  channel.wait_for_switch("ac3");
  const auto back = channel.wait_for_switch("h264_720p50");
  CHECK(text_field(back.get(), "reason") == "return");
  CHECK(time_field(back.get(), "gap") == 0ms);
  channel.receive(500'000);
  CHECK(channel.count("switch") == 3);
  channel.stop_and_check();
}

TEST_CASE("the list may change while it plays") {
  Channel channel({"h264_720p50?burst=1"});
  channel.pipeline.play();
  channel.wait_for_switch("h264_720p50");
  channel.receive(500'000);
  const Fields stays{{"uri", channel.url("h264_720p50?burst=1")}}, more{{"uri", channel.url("ac3?burst=1")}};
  channel.set_candidates({more, stays});
  CHECK(channel.current().find("h264_720p50") != std::string::npos);
  channel.set_candidates({more});
  CHECK(text_field(channel.wait_for_switch("ac3").get(), "reason") == "removal");
  channel.receive(500'000);
  channel.stop_and_check();
}

TEST_CASE("a login with one connection: it is given back before the next one is opened") {
  Channel channel({});
  channel.provider.set_login({"joe", "secret", 1});
  const auto fields = [&](const std::string& name) {
    return Fields{{"uri", channel.provider.url("/live/joe/secret/" + name + ".ts?burst=1")},
                  {"slot-key", "joe"}};
  };
  channel.set_candidates({fields("h264_720p50"), fields("ac3")});
  channel.pipeline.play();
  channel.wait_for_switch("h264_720p50");
  channel.receive(500'000);
  g_signal_emit_by_name(channel.element().get(), "next");
  channel.wait_for_switch("ac3");
  channel.receive(500'000);
  channel.provider.set_faults("ac3", {"close"});
  channel.wait_for_switch("h264_720p50");
  channel.receive(500'000);
  channel.stop_and_check();
  CHECK(channel.provider.login_counters("joe").highest == 1);
}
