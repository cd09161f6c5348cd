// SPDX-License-Identifier: LGPL-2.1-or-later
// tshttpsrc against the fault provider: what it brings, and how it says why it stopped.
#include "gst/pipeline.hpp"
#include "gstx/source_failure.hpp"
#include "provider/test_provider.hpp"
#include "ts/check.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::test;
using namespace std::chrono_literals;
using provider::TestProvider;

namespace {

std::string source(const std::string& url, const std::string& properties = "") {
  return "tshttpsrc name=src location=\"" + url + "\" " + properties + " ! fakesink name=out sync=false";
}

/// The kind of the error that the stream ends with.
std::string failure_of(const std::string& url, const std::string& properties = "") {
  Pipeline pipeline(source(url, properties));
  pipeline.play();
  const auto error = pipeline.wait_for(GST_MESSAGE_ERROR);
  CHECK_FALSE(text_in(error.get()).empty());
  return failure_in(error.get());
}

std::uint64_t violations(const std::string& bytes) {
  std::uint64_t count = 0;
  ts::Checker checker([&count](const ts::Violation&) { ++count; });
  checker.push(as_bytes(bytes));
  return count;
}

} // namespace

TEST_CASE("it brings the stream as it is, and says when it is connected") {
  TestProvider provider;
  Pipeline pipeline(source(provider.url("/live/h264_720p50.ts?burst=3")));
  pipeline.play();
  pipeline.wait_for_element("relevo-opened");
  REQUIRE(pipeline.wait_for_bytes(1'000'000));
  pipeline.stop();
  CHECK(violations(pipeline.bytes()) == 0);
  CHECK(eventually([&] { return provider.connections().open == 0; }));
}

TEST_CASE("failures are told apart") {
  TestProvider provider;
  const auto live = [&](const std::string& query) { return provider.url("/live/h264_720p50.ts?" + query); };
  CHECK(failure_of(provider.url("/live/nowhere.ts")) == "status 404");
  CHECK(failure_of(live("fault=status:403")) == "status 403");
  CHECK(failure_of(live("fault=status:503")) == "status 503");
  CHECK(failure_of(live("fault=html")) == "not-a-transport-stream");
  CHECK(failure_of(live("fault=redirect:loop")) == "other");
  CHECK(failure_of(provider.refusing_url()) == "refused");
  CHECK(failure_of("http://nowhere.invalid/") == "dns");
  CHECK(failure_of(live("fault=hold:60"), "first-byte-timeout=100") == "first-byte-timeout");
  CHECK(failure_of(live("fault=holdbody:60"), "silence-timeout=100") == "stalled");
  CHECK(failure_of(live("fault=stall@0.1"), "silence-timeout=300") == "stalled");
  CHECK(failure_of(live("fault=reset@0.1")) == "truncated");
  CHECK(failure_of(live("fault=truncate@0.1")) == "truncated");
}

TEST_CASE("it connects only to what its reach allows") {
  TestProvider provider;
  const auto url = provider.url("/live/h264_720p50.ts");
  CHECK(failure_of(url, "reach=\"private=never\"") == "other");
  CHECK(failure_of(url, "reach=\"private=own own=panel.example\"") == "other");
  CHECK(provider.connections().opens == 0);
  Pipeline pipeline(source(url, "reach=\"private=own own=127.0.0.1\""));
  pipeline.play();
  CHECK(pipeline.wait_for_bytes(100'000));
}

TEST_CASE("a stream that ends is an end, and one that ends before it began is no stream") {
  TestProvider provider;
  Pipeline pipeline(source(provider.url("/live/h264_720p50.ts?fault=close@0.2")));
  pipeline.play();
  pipeline.wait_for(GST_MESSAGE_EOS);
  CHECK(pipeline.byte_count() > 0);
  CHECK(failure_of(provider.url("/live/h264_720p50.ts?fault=close")) == "not-a-transport-stream");
}

TEST_CASE("an address that gives a playlist is told, so that another element can read it") {
  TestProvider provider;
  Pipeline pipeline(source(provider.url("/live/h264_720p50?type=hls")));
  pipeline.play();
  const auto error = pipeline.wait_for(GST_MESSAGE_ERROR);
  CHECK(text_in(error.get()).find("an HLS playlist") != std::string::npos);
  CHECK(gstx::read_failure(error.get()).form == gstx::Form::Playlist);
  Pipeline page(source(provider.url("/live/h264_720p50.ts?fault=html")));
  page.play();
  CHECK_FALSE(gstx::read_failure(page.wait_for(GST_MESSAGE_ERROR).get()).form);
}

TEST_CASE("a location that is no address of a stream is refused at the start") {
  for (const std::string location : {"", "nonsense", "file:///etc/passwd"}) {
    Pipeline pipeline(source(location));
    CHECK(gst_element_set_state(pipeline.element(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE);
    const auto error = pipeline.wait_for(GST_MESSAGE_ERROR);
    CHECK(text_in(error.get()).find("location") != std::string::npos);
  }
}

TEST_CASE("a reach that cannot be read is refused at the start") {
  Pipeline pipeline(source("http://127.0.0.1:9/", "reach=\"nonsense\""));
  CHECK(gst_element_set_state(pipeline.element(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE);
  CHECK(text_in(pipeline.wait_for(GST_MESSAGE_ERROR).get()).find("reach: ") != std::string::npos);
}

TEST_CASE("redirects are followed, and the next start begins at the original address") {
  TestProvider provider;
  Pipeline pipeline(source(provider.url("/live/h264_720p50.ts?burst=1&fault=redirect:3")));
  for (int i = 0; i < 2; ++i) {
    const auto before = provider.connections().opens;
    pipeline.play();
    REQUIRE(pipeline.wait_for_bytes(pipeline.byte_count() + 100'000));
    pipeline.stop();
    CHECK(provider.connections().opens > before);
  }
}

TEST_CASE("it stops at once at every stage, and leaves nothing behind") {
  TestProvider provider;
  { Pipeline first(source(provider.url("/live/h264_720p50.ts"))); }
  REQUIRE(eventually([&] { return provider.connections().open == 0; }));
  const auto threads = count_threads();
  const auto descriptors = count_descriptors();
  for (const std::string fault : {"hold:60", "holdbody:60", "stall@0", "redirect:3", "slow:0"}) {
    CAPTURE(fault);
    Pipeline pipeline(source(provider.url("/live/h264_720p50.ts?fault=" + fault)));
    for (int i = 0; i < 5; ++i) {
      pipeline.play();
      pipeline.stop();
    }
    pipeline.play();
    if (!fault.starts_with("hold:")) pipeline.wait_for_element("relevo-opened");
    pipeline.stop();
    pipeline.set_state(GST_STATE_READY);
  }
  CHECK(eventually([&] { return count_threads() <= threads; }));
  CHECK(eventually([&] { return count_descriptors() <= descriptors; }));
}
