// SPDX-License-Identifier: LGPL-2.1-or-later
// How tshlssrc says why it stopped.
#include "hls_stream.hpp"

using namespace relevo;
using namespace relevo::test;
using namespace relevo::tshlssrc::test;
using provider::TestProvider;

namespace {

/// The kind of the error that the stream ends with; its text has to contain `words`.
std::string failure_of(const std::string& url, const std::string& words, const std::string& properties = "") {
  HlsStream stream(url, kUnpaced + properties);
  stream.pipeline.play();
  const auto error = stream.pipeline.wait_for(GST_MESSAGE_ERROR, HlsStream::kPatience);
  const std::string text = text_in(error.get());
  CAPTURE(text);
  CHECK(text.find(words) != std::string::npos);
  return failure_in(error.get());
}

} // namespace

TEST_CASE("failures of playlists, segments and keys are told apart") {
  TestProvider provider;
  const auto at = [&](const std::string& query) { return provider.url(complete(4, query)); };
  CHECK(failure_of(provider.url("/live/nowhere.m3u8"), "The playlist") == "status 404");
  CHECK(failure_of(at("fault=status:503"), "The playlist") == "status 503");
  CHECK(failure_of(at("fault=missing:1"), "A segment") == "status 404");
  CHECK(failure_of(at("fault=close"), "A segment") == "truncated");
  CHECK(failure_of(at("fault=stall"), "A segment", "stall-timeout=200") == "stalled");
  CHECK(failure_of(at("aes=1&fault=nokey"), "The key") == "status 403");
  CHECK(failure_of(at("fault=hold:60"), "The playlist", "first-byte-timeout=200") == "first-byte-timeout");
  CHECK(failure_of(provider.refusing_url(), "The playlist") == "refused");
  CHECK(failure_of("http://nowhere.invalid/a.m3u8", "The playlist") == "dns");
}

TEST_CASE("it connects only to what its reach allows") {
  TestProvider provider;
  const auto url = provider.url(live(""));
  CHECK(failure_of(url, "127.0.0.1, a loopback address", " reach=\"private=never\"") == "other");
}

TEST_CASE("what is no HLS stream of transport streams is refused, with what it is") {
  TestProvider provider;
  CHECK(failure_of(provider.url(live("fault=html")), "web page") == "not-a-transport-stream");
  CHECK(failure_of(provider.url("/live/h264_720p50.ts?burst=2"), "no playlist") == "not-a-transport-stream");
  CHECK(failure_of(provider.url("/playlist.m3u"), "The playlist") == "not-a-transport-stream");
  CHECK(failure_of(provider.url(live("fault=fmp4")), "fragmented MP4") == "not-a-transport-stream");
  CHECK(failure_of(provider.url("/live/h264_720p50/master.m3u8?fault=audioapart"),
                   "execsrc can play it by a command") == "not-a-transport-stream");
}

TEST_CASE("a playlist that stands still is told, once what was fetched has left") {
  TestProvider provider;
  HlsStream stream(provider.url(live("fault=stale")));
  stream.pipeline.play();
  const auto error = stream.pipeline.wait_for(GST_MESSAGE_ERROR);
  CHECK(failure_in(error.get()) == "stalled");
  CHECK(text_in(error.get()).find("no new segment") != std::string::npos);
  CHECK(stream.statistic("segments") == 3); // where live streams are joined
}

TEST_CASE("a playlist that can no longer be had is told") {
  TestProvider provider;
  HlsStream stream(provider.url(live("fault=status:410@1")));
  stream.pipeline.play();
  CHECK(failure_in(stream.pipeline.wait_for(GST_MESSAGE_ERROR).get()) == "status 410");
  CHECK(stream.pipeline.byte_count() > 0);
}

TEST_CASE("a location that is no address is refused at the start") {
  for (const std::string location : {"", "nonsense", "file:///etc/passwd"}) {
    HlsStream stream(location);
    CHECK(gst_element_set_state(stream.pipeline.element(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE);
    CHECK(text_in(stream.pipeline.wait_for(GST_MESSAGE_ERROR).get()).find("location") != std::string::npos);
  }
}

TEST_CASE("a reach that cannot be read is refused at the start") {
  HlsStream stream("http://127.0.0.1:9/", " reach=\"nonsense\"");
  CHECK(gst_element_set_state(stream.pipeline.element(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE);
  CHECK(text_in(stream.pipeline.wait_for(GST_MESSAGE_ERROR).get()).find("reach: ") != std::string::npos);
}
