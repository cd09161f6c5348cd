// SPDX-License-Identifier: LGPL-2.1-or-later
// HlsStream: a tshlssrc in a pipeline, in front of the fault provider.
#pragma once

#include "gst/pipeline.hpp"
#include "provider/test_provider.hpp"

#include <atomic>
#include <doctest/doctest.h>

namespace relevo::tshlssrc::test {

/// Of the channel that these tests play; in `query`, target=1 makes segments of a second.
[[nodiscard]] inline std::string live(const std::string& query) {
  return "/live/h264_720p50.m3u8?target=1&" + query;
}
/// So many seconds, and no more.
[[nodiscard]] inline std::string complete(int seconds, const std::string& query = "") {
  return live("vod=1&window=" + std::to_string(seconds) + "&" + query);
}

/// What comes leaves at once.
inline constexpr const char* kUnpaced = "burst=3600000 ";

class HlsStream {
 public:
  HlsStream(const std::string& url, const std::string& properties = kUnpaced)
      : pipeline("tshlssrc name=src location=\"" + url + "\" " + properties +
                 " ! fakesink name=out sync=false") {
    const auto out = pipeline.find("out");
    const auto pad = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(out.get(), "sink"));
    const auto probe = [](GstPad*, GstPadProbeInfo* info, gpointer self) noexcept -> GstPadProbeReturn {
      if (GST_BUFFER_FLAG_IS_SET(GST_PAD_PROBE_INFO_BUFFER(info), GST_BUFFER_FLAG_DISCONT))
        ++static_cast<HlsStream*>(self)->discontinuities;
      return GST_PAD_PROBE_OK;
    };
    gst_pad_add_probe(pad.get(), GST_PAD_PROBE_TYPE_BUFFER, probe, this, nullptr);
  }

  /// All that it gives until its end.
  std::string play_to_end() {
    pipeline.play();
    pipeline.wait_for(GST_MESSAGE_EOS, kPatience);
    pipeline.stop();
    return pipeline.bytes();
  }
  /// Waits for a decision of that kind; the test fails where none comes.
  gx::Ref<GstMessage> wait_for(const std::string& decision) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
      REQUIRE(std::chrono::steady_clock::now() < end);
      auto message = pipeline.wait_for_element("relevo-hls-source", kPatience);
      const gchar* text = gst_structure_get_string(gst_message_get_structure(message.get()), "decision");
      if (decision == text) return message;
    }
  }
  [[nodiscard]] std::uint64_t statistic(const char* field) {
    GstStructure* stats = nullptr;
    g_object_get(pipeline.find("src").get(), "stats", &stats, nullptr);
    guint64 value = 0;
    CHECK(gst_structure_get_uint64(stats, field, &value));
    gst_structure_free(stats);
    return value;
  }

  static constexpr std::chrono::milliseconds kPatience{30'000};

  std::atomic<unsigned> discontinuities = 0; // buffers marked so; the first of all is
  relevo::test::Pipeline pipeline;
};

} // namespace relevo::tshlssrc::test
