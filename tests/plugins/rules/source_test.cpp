// SPDX-License-Identifier: LGPL-2.1-or-later
// What every source of the plugin does alike: how a stream begins, is flushed, ends, and begins anew.
#include "harness.hpp"
#include "provider/test_engine.hpp"
#include "provider/test_provider.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <vector>

using namespace relevo;
using namespace relevo::test;

namespace {

/// A provider, an engine, and for each source of the plugin a line that plays a stream without an end.
class Sources {
 public:
  [[nodiscard]] std::vector<std::string> lines() const {
    const std::string stream = provider_.url("/live/h264_720p50.ts?burst=1");
    const std::string clip = std::string(std::getenv("RELEVO_TEST_MEDIA")) + "/h264_720p50.ts";
    return {
        "tshttpsrc location=\"" + stream + "\"",
        "tshlssrc location=\"" + provider_.url("/live/h264_720p50.m3u8?target=1") + "\"",
        "execsrc command=\"sh -c 'while sleep 0.02; do head -c 18800 " + clip + "; done'\"",
        R"(failoversrc uris="<\")" + stream + R"(\">")",
        "m3uprofilesel location=\"" + provider_.url("/playlist.m3u") + "\" channel=h264_720p50",
        "acestreamsrc id=" + provider::TestEngine::content_id("h264_720p50") + " engines=<" + engine_.url() +
            ">",
    };
  }

 private:
  provider::TestProvider provider_;
  provider::TestEngine engine_;
};

/// What GStreamer wants of the begin of every stream: these three, in this order, before any buffer.
void check_begin(Harness& source) {
  for (const auto wanted : {GST_EVENT_STREAM_START, GST_EVENT_CAPS, GST_EVENT_SEGMENT}) {
    const auto event = source.next_event(wanted);
    if (wanted == GST_EVENT_CAPS) {
      GstCaps* caps = nullptr;
      gst_event_parse_caps(event.get(), &caps);
      CHECK(gst_structure_has_name(gst_caps_get_structure(caps, 0), "video/mpegts"));
    }
    if (wanted == GST_EVENT_SEGMENT) {
      const GstSegment* segment = nullptr;
      gst_event_parse_segment(event.get(), &segment);
      CHECK(segment->format == GST_FORMAT_TIME);
    }
  }
  const auto buffer = source.next_buffer();
  CHECK(GST_BUFFER_PTS_IS_VALID(buffer.get()));
  CHECK(gst_buffer_get_size(buffer.get()) > 0);
}

} // namespace

TEST_CASE("a source says what it brings before it brings it, and that it is live") {
  const Sources sources;
  for (const std::string& line : sources.lines()) {
    CAPTURE(line);
    Harness source(line);
    CHECK(gst_element_set_state(source.element(), GST_STATE_PAUSED) == GST_STATE_CHANGE_NO_PREROLL);
    source.play();
    check_begin(source);
    CHECK(gst_harness_query_latency(source.get()) != GST_CLOCK_TIME_NONE);
  }
}

TEST_CASE("a source tells a neighbour that wants something else") {
  const Sources sources;
  for (const std::string& line : sources.lines()) {
    CAPTURE(line);
    Harness source(line);
    gst_harness_set_sink_caps_str(source.get(), "audio/x-raw");
    source.play();
    const auto error = source.wait_for(GST_MESSAGE_ERROR);
    CHECK_FALSE(text_in(error.get()).empty());
    CHECK(gst_harness_buffers_received(source.get()) == 0);
  }
}

TEST_CASE("a source that was flushed goes on") {
  const Sources sources;
  for (const std::string& line : sources.lines()) {
    CAPTURE(line);
    Harness source(line);
    source.play();
    check_begin(source);
    source.send(gst_event_new_flush_start());
    source.drop_output();
    source.send(gst_event_new_flush_stop(TRUE));
    source.next_event(GST_EVENT_SEGMENT);
    source.next_buffer();
  }
}

TEST_CASE("a source ends where the application wants it") {
  const Sources sources;
  for (const std::string& line : sources.lines()) {
    CAPTURE(line);
    Harness source(line);
    source.play();
    source.next_buffer();
    source.send(gst_event_new_eos());
    source.next_event(GST_EVENT_EOS);
  }
}

TEST_CASE("a source plays after every way down and up") {
  const Sources sources;
  for (const std::string& line : sources.lines()) {
    CAPTURE(line);
    Harness source(line);
    for (const auto lowest : {GST_STATE_PAUSED, GST_STATE_READY, GST_STATE_NULL}) {
      CAPTURE(gst_element_state_get_name(lowest));
      source.play();
      source.next_buffer();
      source.set_state(lowest);
      source.drop_output();
    }
    source.play();
    check_begin(source);
  }
}
