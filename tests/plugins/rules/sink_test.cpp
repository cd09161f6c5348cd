// SPDX-License-Identifier: LGPL-2.1-or-later
// What every sink of the plugin does alike.
#include "harness.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <vector>

using namespace relevo;
using namespace relevo::test;

namespace {

constexpr const char* kTransportStream = "video/mpegts, systemstream=true, packetsize=188";

std::vector<std::string> lines() {
  return {"hlsrestream", "tsfanoutsink"};
}

const std::string& clip() {
  static const std::string bytes = [] {
    std::ifstream in(std::string(std::getenv("RELEVO_TEST_MEDIA")) + "/h264_720p50.ts", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
  return bytes;
}

/// What comes of pushing the whole clip in blocks.
GstFlowReturn push_clip(Harness& sink) {
  REQUIRE_FALSE(clip().empty());
  constexpr std::size_t kBlock = 348 * 188;
  GstFlowReturn flow = GST_FLOW_OK;
  for (std::size_t at = 0; flow == GST_FLOW_OK && at < clip().size(); at += kBlock) {
    const std::string block = clip().substr(at, kBlock);
    GstBuffer* buffer = gst_buffer_new_allocate(nullptr, block.size(), nullptr);
    gst_buffer_fill(buffer, 0, block.data(), block.size());
    flow = gst_harness_push(sink.get(), buffer);
  }
  return flow;
}

} // namespace

TEST_CASE("a sink takes a transport stream, and says when it has ended") {
  for (const std::string& line : lines()) {
    CAPTURE(line);
    Harness sink(line);
    gst_harness_set_src_caps_str(sink.get(), kTransportStream);
    sink.play();
    CHECK(push_clip(sink) == GST_FLOW_OK);
    CHECK(gst_harness_push_event(sink.get(), gst_event_new_eos()));
    sink.wait_for(GST_MESSAGE_EOS);
  }
}

TEST_CASE("a sink refuses what is no transport stream") {
  for (const std::string& line : lines()) {
    CAPTURE(line);
    Harness sink(line);
    gst_harness_set_src_caps_str(sink.get(), "audio/x-raw");
    sink.play();
    CHECK(push_clip(sink) == GST_FLOW_NOT_NEGOTIATED);
  }
}

TEST_CASE("a sink that was flushed goes on") {
  for (const std::string& line : lines()) {
    CAPTURE(line);
    Harness sink(line);
    gst_harness_set_src_caps_str(sink.get(), kTransportStream);
    sink.play();
    CHECK(push_clip(sink) == GST_FLOW_OK);
    CHECK(gst_harness_push_event(sink.get(), gst_event_new_flush_start()));
    CHECK(push_clip(sink) == GST_FLOW_FLUSHING);
    CHECK(gst_harness_push_event(sink.get(), gst_event_new_flush_stop(TRUE)));
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_TIME);
    CHECK(gst_harness_push_event(sink.get(), gst_event_new_segment(&segment)));
    CHECK(push_clip(sink) == GST_FLOW_OK);
  }
}

TEST_CASE("a sink plays after every way down and up") {
  for (const std::string& line : lines()) {
    CAPTURE(line);
    Harness sink(line);
    gst_harness_set_src_caps_str(sink.get(), kTransportStream);
    for (const auto lowest : {GST_STATE_PAUSED, GST_STATE_READY, GST_STATE_NULL}) {
      CAPTURE(gst_element_state_get_name(lowest));
      sink.play();
      CHECK(push_clip(sink) == GST_FLOW_OK);
      sink.set_state(lowest);
    }
    sink.play();
    CHECK(push_clip(sink) == GST_FLOW_OK);
  }
}
