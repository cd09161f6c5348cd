// SPDX-License-Identifier: LGPL-2.1-or-later
// What tshlssrc plays, and what comes out of it.
#include "gst/judge.hpp"
#include "hls_stream.hpp"

using namespace relevo;
using namespace relevo::test;
using namespace relevo::tshlssrc::test;
using provider::TestProvider;

namespace {

/// Four segments for each load of the playlist, and loads may be late.
const std::string kFast = "speed=4&window=20";

} // namespace

TEST_CASE("a complete playlist is played from its start to its end, whatever way its segments come") {
  TestProvider provider;
  HlsStream stream(provider.url(complete(4)));
  const std::string plain = stream.play_to_end();
  CHECK(plain.size() > 500'000);
  CHECK(violations_in(plain) == "");
  CHECK(stream.discontinuities == 1);
  CHECK(stream.statistic("segments") == 4);
  for (const std::string query : {"aes=1", "byteranges=1", "byteranges=1&aes=1", "fault=redirect:2"}) {
    CAPTURE(query);
    CHECK(HlsStream(provider.url(complete(4, query))).play_to_end() == plain);
  }
}

TEST_CASE("a live playlist goes on, and the bytes of its segments join") {
  TestProvider provider;
  HlsStream stream(provider.url(live(kFast)));
  stream.pipeline.play();
  stream.pipeline.wait_for_element("relevo-opened");
  REQUIRE(eventually([&] { return stream.statistic("segments") >= 12; }));
  stream.pipeline.stop();
  CHECK(violations_in(stream.pipeline.bytes()) == "");
  CHECK(stream.discontinuities == 1);
  CHECK(stream.statistic("playlists") > 1);
}

TEST_CASE("of a master playlist the best variant inside the limits is played") {
  TestProvider provider;
  const std::string master =
      provider.url("/live/h264_720p50/master.m3u8?vod=1&window=1&variants=h264_1080p25");
  const auto bandwidth = [&](const std::string& limit) {
    HlsStream stream(master, kUnpaced + limit);
    stream.pipeline.play();
    guint64 value = 0;
    gst_structure_get_uint64(gst_message_get_structure(stream.wait_for("variant").get()), "bandwidth",
                             &value);
    CHECK(stream.pipeline.wait_for_bytes(100'000));
    return value;
  };
  const auto best = bandwidth("");
  const auto least = bandwidth("max-bandwidth=1");
  CHECK(least > 0);
  CHECK(least < best);
  CHECK(bandwidth("max-bandwidth=" + std::to_string(best - 1)) == least);
}

TEST_CASE("every request has the headers, the cookies and the user agent") {
  TestProvider provider;
  const auto properties =
      std::string(kUnpaced) +
      "user-agent=Box/1 cookies=mac=1 extra-headers=\"headers,Referer=(string)page,X-Box=(string)7\"";
  HlsStream(provider.url(complete(1, "aes=1")), properties).play_to_end();
  for (const char* path : {"/live/h264_720p50.m3u8", "/live/h264_720p50/key", "/live/h264_720p50/0.ts"}) {
    CAPTURE(path);
    const auto request = provider.last_request(path);
    REQUIRE(request);
    CHECK(request->header("user-agent") == "Box/1");
    CHECK(request->header("cookie") == "mac=1");
    CHECK(request->header("referer") == "page");
    CHECK(request->header("x-box") == "7");
  }
}

TEST_CASE("a missing segment is left out, and what follows is marked") {
  TestProvider provider;
  HlsStream stream(provider.url(complete(6, "fault=missing:4")));
  stream.play_to_end();
  CHECK(stream.discontinuities == 2);
  CHECK(stream.statistic("segments") == 5);
  CHECK(stream.statistic("holes") == 1);
  CHECK(stream.statistic("failures") == 2); // it was tried twice

  HlsStream gap(provider.url(complete(6, "fault=gap:4")));
  gap.play_to_end();
  CHECK(gap.discontinuities == 2);
  CHECK(gap.statistic("holes") == 1);
  CHECK(gap.statistic("failures") == 0); // nobody asked for it
}

TEST_CASE("a discontinuity of the playlist is marked") {
  TestProvider provider;
  HlsStream stream(provider.url(live(kFast + "&fault=jump:1000@6")));
  stream.pipeline.play();
  CHECK(eventually([&] { return stream.discontinuities == 2; }));
}

TEST_CASE("numbers that begin anew are joined again") {
  TestProvider provider;
  HlsStream stream(provider.url(live(kFast + "&fault=renumber@6")));
  stream.pipeline.play();
  stream.wait_for("sequence-reset");
  CHECK(eventually([&] { return stream.discontinuities == 2; }));
  CHECK(stream.statistic("resets") == 1);
}
