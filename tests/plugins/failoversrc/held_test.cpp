// SPDX-License-Identifier: LGPL-2.1-or-later
// What failoversrc itself, or what is behind it, holds up: no source is to blame for it.
#include "channel.hpp"

#include <doctest/doctest.h>
#include <future>
#include <sys/resource.h>
#include <thread>

using namespace relevo;
using namespace relevo::failoversrc::test;
using namespace std::chrono_literals;

namespace {

/// Lets nothing pass to the element "out" while it lives.
class Dam {
 public:
  explicit Dam(const relevo::test::Pipeline& pipeline)
      : pad_(gx::Ref<GstPad>::adopt(gst_element_get_static_pad(pipeline.find("out").get(), "sink"))),
        probe_(gst_pad_add_probe(
            pad_.get(), GST_PAD_PROBE_TYPE_BLOCK_DOWNSTREAM,
            [](GstPad*, GstPadProbeInfo*, gpointer) noexcept { return GST_PAD_PROBE_OK; }, nullptr,
            nullptr)) {}
  Dam(const Dam&) = delete;
  Dam& operator=(const Dam&) = delete;
  ~Dam() { gst_pad_remove_probe(pad_.get(), probe_); }

 private:
  gx::Ref<GstPad> pad_;
  gulong probe_;
};

std::chrono::duration<double> processor_time() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return std::chrono::duration<double>(seconds(usage.ru_utime) + seconds(usage.ru_stime));
}

} // namespace

TEST_CASE("a viewer who takes nothing for long costs no source") {
  Channel channel({"h264_720p50?burst=30", "ac3"}, "silence-timeout=300 slow-behind=300 slow-window=1200");
  channel.pipeline.play();
  channel.wait_for_switch("h264_720p50");
  REQUIRE(channel.pipeline.wait_for_bytes(1));
  {
    const Dam dam(channel.pipeline);
    std::this_thread::sleep_for(3s);
  }
  const auto before = channel.pipeline.byte_count();
  REQUIRE(channel.pipeline.wait_for_bytes(before + 8'000'000)); // more than what had been waiting
  CHECK(channel.provider.channel_counters("ac3").opens == 0);
  channel.stop_and_check();
}

TEST_CASE("a slow answer of the application costs no source") {
  // Time stands still for the element while the URL of the second source is asked for.
  Channel channel({"h264_720p50?burst=1", "ac3?burst=1"},
                  "silence-timeout=500 slow-behind=500 slow-window=2000");
  const auto resolve = +[](GstElement*, const gchar*, const gchar* uri, gpointer) -> gchar* {
    if (std::string(uri).find("ac3") != std::string::npos) std::this_thread::sleep_for(2s);
    return g_strdup(uri);
  };
  g_signal_connect(channel.element().get(), "resolve-uri", G_CALLBACK(resolve), nullptr);
  channel.pipeline.play();
  channel.wait_for_switch("h264_720p50");
  REQUIRE(channel.pipeline.wait_for_bytes(500'000));
  g_signal_emit_by_name(channel.element().get(), "next");
  channel.wait_for_switch("ac3");
  CHECK(channel.count("give-up") == 0);
  const auto before = channel.pipeline.byte_count();
  REQUIRE(channel.pipeline.wait_for_bytes(before + 500'000));
  channel.stop_and_check();
}

TEST_CASE("with nothing to play it rests") {
  Channel channel({"h264_720p50?burst=1"});
  channel.pipeline.play();
  channel.wait_for_switch("h264_720p50");
  channel.set_candidates({});
  channel.wait_for("close");
  std::this_thread::sleep_for(3s); // all deadlines have passed
  const auto before = processor_time();
  std::this_thread::sleep_for(1s);
  CHECK((processor_time() - before).count() < 0.1);
}
