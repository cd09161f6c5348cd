// SPDX-License-Identifier: LGPL-2.1-or-later
// The time that bytes leave at, starts and stops.
#include "gst/judge.hpp"
#include "hls_stream.hpp"

#include <algorithm>
#include <thread>

using namespace relevo;
using namespace relevo::test;
using namespace relevo::tshlssrc::test;
using namespace std::chrono_literals;
using provider::TestProvider;

TEST_CASE("a burst leaves at the start, and the rest by the clock of the media") {
  TestProvider provider;
  const auto all = static_cast<double>(HlsStream(provider.url(complete(8))).play_to_end().size());
  HlsStream stream(provider.url(complete(8)), "burst=1000");
  stream.pipeline.play();
  REQUIRE(stream.pipeline.wait_for_bytes(1));
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  constexpr double kUneven = 1.5; // seconds differ in their bytes
  double most = 0;                // of what has left, in shares of what may have
  while (stream.pipeline.byte_count() < all && seconds() < 60) {
    const auto left = static_cast<double>(stream.pipeline.byte_count());
    most = std::max(most, left / (kUneven * all * (1 + 0.5 + seconds()) / 8));
    std::this_thread::sleep_for(10ms);
  }
  CHECK(most <= 1);
  CHECK(seconds() > 6.5);
  stream.pipeline.wait_for(GST_MESSAGE_EOS);
  stream.pipeline.stop();
  CHECK(violations_in(stream.pipeline.bytes()) == "");
}

TEST_CASE("every start begins anew") {
  TestProvider provider;
  HlsStream stream(provider.url(live("speed=4")));
  for (int i = 0; i < 3; ++i) {
    stream.pipeline.play();
    REQUIRE(stream.pipeline.wait_for_bytes(stream.pipeline.byte_count() + 500'000));
    stream.pipeline.set_state(GST_STATE_READY);
    CHECK(stream.statistic("playlists") > 0);
  }
}

TEST_CASE("it stops at once at every stage, and leaves nothing behind") {
  TestProvider provider;
  { HlsStream first(provider.url(live(""))); }
  const auto threads = count_threads();
  const auto descriptors = count_descriptors();
  for (const std::string query : {"fault=hold:60", "fault=stall", "fault=redirect:3", "fault=missing:1",
                                  "fault=stale", "aes=1&fault=hold:60@0.1", "vod=1"}) {
    CAPTURE(query);
    HlsStream stream(provider.url(live(query)), "");
    for (int i = 0; i < 3; ++i) {
      stream.pipeline.play();
      stream.pipeline.stop();
    }
    stream.pipeline.play();
    if (query != "fault=hold:60") stream.pipeline.wait_for_element("relevo-opened");
    stream.pipeline.stop();
  }
  CHECK(eventually([&] { return provider.connections().open == 0; }));
  CHECK(eventually([&] { return count_threads() <= threads; }));
  CHECK(eventually([&] { return count_descriptors() <= descriptors; }));
}
