// SPDX-License-Identifier: LGPL-2.1-or-later
// Sources that fail while they are on.
#include "channel.hpp"

#include "gst/judge.hpp"

#include <doctest/doctest.h>
#include <sstream>

using namespace relevo;
using namespace relevo::failoversrc::test;
using namespace std::chrono_literals;

namespace {

struct Case {
  std::string fault, kind;
};

std::string kind_of(GstMessage* give_up) {
  return text_field(give_up, "failure");
}

/// The first source gets the fault while it is on, and the second one takes over.
void fail_over(Channel& channel, const Case& one) {
  channel.pipeline.play();
  channel.wait_for_switch("h264_720p50");
  channel.receive(500'000);
  channel.provider.set_faults("h264_720p50", {one.fault});
  CHECK(kind_of(channel.wait_for("give-up").get()) == one.kind);
  channel.wait_for_switch("ac3");
  channel.receive(500'000);
}

const std::vector<std::string> kTwo = {"h264_720p50?burst=1", "ac3?burst=1"};

} // namespace

TEST_CASE("N4, N9, N11, N13: whatever befalls a source, the next one takes over inside the same stream") {
  const Case cases[] = {
      {"close", "ended"}, {"reset", "truncated"}, {"stall", "stalled"}, {"novideo", "no-video"}};
  for (const Case& one : cases) {
    CAPTURE(one.fault);
    Channel channel(kTwo, "silence-timeout=500 ailment-timeout=500");
    fail_over(channel, one);
    channel.stop_and_check();
    CHECK(channel.count("switch") == 2);
  }
}

TEST_CASE("a source that is too slow is left before the viewer runs dry for long") {
  Channel channel(kTwo, "slow-behind=1000 slow-window=4000");
  fail_over(channel, {"slow:60", "slow"});
  channel.stop_and_check();
}

TEST_CASE("N14: a source that becomes scrambled is left") {
  Channel channel(kTwo, "ailment-timeout=500");
  fail_over(channel, {"scrambled", "scrambled"});
  channel.pipeline.stop();
  // What is scrambled is passed on as it is, until it is left; all else is right.
  const std::string bytes = channel.pipeline.bytes();
  std::istringstream violations(relevo::test::violations_in(bytes));
  for (std::string line; std::getline(violations, line);)
    CHECK(line.find(": scrambled: ") != std::string::npos);
  CHECK(relevo::test::decoding_errors_in(bytes) == "");
}

TEST_CASE("N3: silence of half the threshold is no reason to leave") {
  Channel channel({"h264_720p50?burst=1", "ac3?burst=1"}, "silence-timeout=3000");
  channel.pipeline.play();
  channel.wait_for_switch("h264_720p50");
  channel.receive(500'000);
  channel.provider.set_faults("h264_720p50", {"stall@0-1.5"});
  channel.receive(2'000'000);
  CHECK(channel.provider.channel_counters("ac3").opens == 0);
  channel.stop_and_check();
}

TEST_CASE("N9: a lone source that ends is opened again") {
  Channel channel({"h264_720p50?burst=1&fault=close@3"});
  channel.pipeline.play();
  channel.wait_for_switch("h264_720p50");
  channel.wait_for_switch("h264_720p50");
  channel.receive(500'000);
  channel.stop_and_check();
}

TEST_CASE("N12: a source that flaps costs the viewer one switch") {
  Channel channel(
      {"h264_720p50?burst=1&fault=close@3", "ac3?burst=1"},
      "penalty-half-life=300 settle-time=300 return-interval=300 return-after=5000 retry-first=300");
  channel.pipeline.play();
  channel.wait_for_switch("ac3");
  for (int i = 0; i < 2; ++i)
    channel.wait_for("give-up"); // again and again, beside the one that is on
  channel.receive(500'000);
  CHECK(channel.count("switch") == 2); // to the first at the start, and away from it
  channel.stop_and_check();
}

TEST_CASE("N18: every opening asks for its URL anew") {
  Channel channel({"h264_720p50?burst=1"}, "retry-first=100");
  std::atomic<int> asked = 0;
  const auto resolve = gx::SignalConnection::connect<gchar*(const gchar*, const gchar*)>(
      channel.element().get(), "resolve-uri", [&](const gchar*, const gchar* uri) -> gchar* {
        return g_strdup((std::string(uri) + "&token=" + std::to_string(++asked)).c_str());
      });
  channel.pipeline.play();
  channel.wait_for_switch("h264_720p50");
  channel.provider.set_faults("h264_720p50", {"close@0-0.5"});
  channel.wait_for_switch("h264_720p50");
  CHECK(asked >= 2);
  const auto request = channel.provider.last_request("/live/h264_720p50.ts");
  REQUIRE(request);
  CHECK(request->get("token") == std::to_string(asked));
  channel.receive(500'000);
  channel.stop_and_check();
}
