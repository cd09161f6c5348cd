// SPDX-License-Identifier: LGPL-2.1-or-later
// acestreamsrc against pretended engines: what it plays, what it says, and what it does when they fail.
#include "channel.hpp"
#include "gst/judge.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::test;
using provider::TestEngine;

namespace {

/// The kind of the error that the channel ends with.
std::string failure_of(TestEngine& engine, const std::string& properties = "") {
  Pipeline pipeline(channel({engine.url()}, properties));
  pipeline.play();
  const auto error = pipeline.wait_for(GST_MESSAGE_ERROR);
  CHECK(text_in(error.get()).starts_with("No AceStream engine plays the channel: "));
  return failure_in(error.get());
}

std::uint64_t number(const GstStructure* structure, const char* field) {
  guint64 large = 0;
  guint small = 0;
  if (gst_structure_get_uint64(structure, field, &large)) return large;
  return gst_structure_get_uint(structure, field, &small) ? small : 0;
}

/// The element's own statistics.
class Stats {
 public:
  explicit Stats(Pipeline& pipeline) {
    g_object_get(pipeline.find("src").get(), "stats", &structure_, nullptr);
  }
  Stats(const Stats&) = delete;
  Stats& operator=(const Stats&) = delete;
  ~Stats() { gst_structure_free(structure_); }

  [[nodiscard]] std::uint64_t number(const char* field) const { return ::number(structure_, field); }
  [[nodiscard]] std::string text(const char* field) const {
    const gchar* text = gst_structure_get_string(structure_, field);
    return text ? text : "";
  }

 private:
  GstStructure* structure_ = nullptr;
};

} // namespace

TEST_CASE("it plays a channel, says what it does, and gives the session back") {
  TestEngine engine;
  Pipeline pipeline(channel({engine.url()}));
  pipeline.play();
  const auto start = wait_for_decision(pipeline, "start");
  CHECK(text_field(start, "engine") == engine.url());
  pipeline.wait_for_element("relevo-opened");
  const auto notice = pipeline.wait_for_element("relevo-acestream-notice");
  CHECK(text_field(notice, "text") == "live_changed (is_live: 1)");
  REQUIRE(pipeline.wait_for_bytes(1'000'000));
  const auto statistics = pipeline.wait_for_element("relevo-acestream-statistics");
  const GstStructure* values = gst_message_get_structure(statistics.get());
  CHECK(text_field(statistics, "phase") == "downloading");
  CHECK(number(values, "peers") == 14);
  CHECK(number(values, "upload-rate") == 12 * 1024);
  gint64 delay = 0;
  CHECK(gst_structure_get_int64(values, "live-delay", &delay));
  CHECK(delay == 14);
  const Stats stats(pipeline);
  CHECK(stats.text("state") == "playing");
  CHECK(stats.number("sessions") == 1);
  CHECK(stats.number("peers") == 14);
  CHECK(stats.number("bytes") >= 1'000'000);
  CHECK(engine.counters().open == 1);
  pipeline.stop();
  CHECK(eventually([&] { return all_given_back(engine); }));
  CHECK(engine.counters().opened == 1);
  CHECK(violations_in(pipeline.bytes()) == "");
}

TEST_CASE("channels are given in every form, and by URI") {
  TestEngine engine;
  const auto infohash = TestEngine::infohash(kClip);
  for (const auto& uri :
       {"acestream://" + id_of(), "acestream:?content_id=" + id_of(), "acestream:?infohash=" + infohash}) {
    Pipeline pipeline(channel({engine.url()}, "", uri));
    pipeline.play();
    CHECK(pipeline.wait_for_bytes(10'000));
  }
  init_gstreamer();
  const auto uri = "acestream:?infohash=" + infohash;
  const auto element =
      gx::Ref<GstElement>::sink(gst_element_make_from_uri(GST_URI_SRC, uri.c_str(), nullptr, nullptr));
  REQUIRE(element);
  const gx::CString name(gst_uri_handler_get_uri(GST_URI_HANDLER(element.get())));
  CHECK(std::string(name.get()) == uri);
  CHECK_FALSE(gst_uri_handler_set_uri(GST_URI_HANDLER(element.get()), "acestream://nonsense", nullptr));
}

TEST_CASE("wrong settings are refused at the start, with what is wrong") {
  struct Row {
    std::string uri, engine, words;
  };
  const Row rows[] = {
      {"", "127.0.0.1:1", "no AceStream id"},
      {"acestream://12", "127.0.0.1:1", "40 hexadecimal digits"},
      {id_of(), "ftp://127.0.0.1", "http or https"},
  };
  for (const auto& row : rows) {
    Pipeline pipeline(channel({row.engine}, "", row.uri));
    CHECK(gst_element_set_state(pipeline.element(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE);
    const auto error = pipeline.wait_for(GST_MESSAGE_ERROR);
    CHECK(text_in(error.get()).find(row.words) != std::string::npos);
  }
}

TEST_CASE("what an engine hands back is asked of the engine, through all redirects") {
  TestEngine engine;
  engine.set_faults(kClip, {"wronghost", "redirect:2"});
  Pipeline pipeline(channel({engine.url()}));
  pipeline.play();
  REQUIRE(pipeline.wait_for_bytes(100'000));
  pipeline.wait_for_element("relevo-acestream-statistics");
  pipeline.stop();
  CHECK(eventually([&] { return all_given_back(engine); }));
}

TEST_CASE("an old engine is played as well") {
  TestEngine engine({.old = true});
  Pipeline pipeline(channel({engine.url()}));
  pipeline.play();
  REQUIRE(pipeline.wait_for_bytes(100'000));
  const auto statistics = pipeline.wait_for_element("relevo-acestream-statistics");
  CHECK(number(gst_message_get_structure(statistics.get()), "upload-rate") == 12 * 1024);
}

TEST_CASE("failures are told apart") {
  TestEngine engine;
  const auto with = [&](std::string_view fault, const std::string& properties = "") {
    CAPTURE(fault);
    engine.set_faults(kClip, {fault});
    const auto failure = failure_of(engine, properties);
    CHECK(eventually([&] { return all_given_back(engine); }));
    return failure;
  };
  CHECK(with("reply:html") == "other");
  CHECK(with("reply:cut") == "other");
  CHECK(with("reply:empty") == "other");
  CHECK(with("reply:list") == "other");
  CHECK(with("reply:cannot load transport file") == "other");
  CHECK(with("reply:503") == "status 503");
  CHECK(with("status:403") == "status 403");
  CHECK(with("html") == "not-a-transport-stream");
  CHECK(with("redirect:loop") == "other");
  CHECK(with("close") == "not-a-transport-stream");
  CHECK(with("close@0.3") == "ended");
  CHECK(with("reset@0.3") == "truncated");
  CHECK(with("stall@0.3", "silence-timeout=500") == "stalled");
  CHECK(with("nopeers", "prebuffering-timeout=500") == "stalled");
  CHECK(with("slowstart:1", "start-timeout=200") == "first-byte-timeout");
  engine.go_down();
  CHECK(failure_of(engine) == "refused");
}

TEST_CASE("what the engine says of a failure reaches the user") {
  TestEngine engine;
  engine.set_faults(kClip, {"reply:cannot load transport file"});
  Pipeline pipeline(channel({engine.url()}));
  pipeline.play();
  const auto give_up = wait_for_decision(pipeline, "give-up");
  CHECK(text_field(give_up, "reason") == "refused");
  CHECK(text_field(give_up, "text") == "cannot load transport file");
  const auto error = pipeline.wait_for(GST_MESSAGE_ERROR);
  CHECK(text_in(error.get()) == "No AceStream engine plays the channel: cannot load transport file");
}

TEST_CASE("slow prebuffering is shown, and waited for") {
  TestEngine engine;
  engine.set_faults(kClip, {"prebuffer:2.5"});
  Pipeline pipeline(channel({engine.url()}));
  pipeline.play();
  std::vector<std::uint64_t> progress;
  while (progress.size() < 2) {
    const auto message = pipeline.wait_for_element("relevo-acestream-statistics");
    CHECK(text_field(message, "phase") == "prebuffering");
    progress.push_back(number(gst_message_get_structure(message.get()), "progress"));
  }
  CHECK(progress[1] > progress[0]);
  CHECK(Stats(pipeline).text("state") == "prebuffering");
  CHECK(pipeline.byte_count() == 0);
  CHECK(pipeline.wait_for_bytes(10'000));
}

TEST_CASE("when an engine dies in the middle, the next one takes over") {
  TestEngine first, second;
  Pipeline pipeline(channel({first.url(), second.url()}));
  std::atomic<int> discontinuities = 0;
  const auto pad = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(pipeline.find("src").get(), "src"));
  const auto count = [](GstPad*, GstPadProbeInfo* info, gpointer to) noexcept -> GstPadProbeReturn {
    if (GST_BUFFER_FLAG_IS_SET(GST_PAD_PROBE_INFO_BUFFER(info), GST_BUFFER_FLAG_DISCONT))
      ++*static_cast<std::atomic<int>*>(to);
    return GST_PAD_PROBE_OK;
  };
  gst_pad_add_probe(pad.get(), GST_PAD_PROBE_TYPE_BUFFER, count, &discontinuities, nullptr);
  pipeline.play();
  REQUIRE(pipeline.wait_for_bytes(1'000'000));
  first.go_down();
  const auto give_up = wait_for_decision(pipeline, "give-up");
  CHECK(text_field(give_up, "engine") == first.url());
  CHECK(text_field(wait_for_decision(pipeline, "start"), "engine") == second.url());
  REQUIRE(pipeline.wait_for_bytes(pipeline.byte_count() + 1'000'000));
  CHECK(discontinuities == 2); // the first buffer, and the first of the second engine
  CHECK(second.counters().open == 1);
  pipeline.stop();
  CHECK(eventually([&] { return all_given_back(second); }));
  CHECK(pipeline.byte_count() % 188 == 0);
}

TEST_CASE("an engine that gives nonsense, hangs or stalls is left for the next one") {
  TestEngine bad, good;
  for (const std::string fault : {"reply:html", "hang", "html", "stall", "nopeers"}) {
    CAPTURE(fault);
    bad.set_faults("", {fault});
    Pipeline pipeline(channel({bad.url(), good.url()},
                              "start-timeout=300 silence-timeout=500 "
                              "prebuffering-timeout=1000",
                              "acestream:?infohash=" + TestEngine::infohash(kClip)));
    pipeline.play();
    CHECK(text_field(wait_for_decision(pipeline, "give-up"), "engine") == bad.url());
    CHECK(pipeline.wait_for_bytes(100'000));
    bad.set_faults("", {});
    pipeline.stop();
    CHECK(eventually([&] { return all_given_back(bad) && all_given_back(good); }));
  }
}

TEST_CASE("a stream that the engine stops is told with its reason") {
  TestEngine engine;
  Pipeline pipeline(channel({engine.url()}));
  pipeline.play();
  REQUIRE(pipeline.wait_for_bytes(100'000));
  engine.notify(kClip, "download_stopped", R"({"reason":"missing_option"})");
  while (text_field(pipeline.wait_for_element("relevo-acestream-notice"), "name") != "download_stopped") {
  }
  engine.set_faults(kClip, {"close"});
  const auto give_up = wait_for_decision(pipeline, "give-up");
  CHECK(text_field(give_up, "reason") == "stopped");
  CHECK(text_field(give_up, "text") == "the engine stopped it: download_stopped (reason: missing_option)");
}

TEST_CASE("a channel that plays is not cut by another element, whichever id it has") {
  TestEngine engine;
  Pipeline first(channel({engine.url()}));
  first.play();
  REQUIRE(first.wait_for_bytes(100'000));
  Pipeline second(channel({engine.url()}, "", "acestream:?infohash=" + TestEngine::infohash(kClip)));
  second.play();
  const auto error = second.wait_for(GST_MESSAGE_ERROR);
  CHECK(failure_in(error.get()) == "slot-refused");
  CHECK(engine.counters().opened == 1);
  CHECK(engine.counters().superseded == 0);
  CHECK(first.wait_for_bytes(first.byte_count() + 100'000));
  // Another channel has a session of its own.
  Pipeline third(channel({engine.url()}, "", id_of("h264_1080p25")));
  third.play();
  CHECK(third.wait_for_bytes(100'000));
  CHECK(engine.counters().open == 2);
}

TEST_CASE("the engine is drained while downstream takes nothing") {
  TestEngine engine({.burst = provider::Seconds{20}});
  Pipeline pipeline(channel({engine.url()}, "buffer-size=1048576"));
  const auto pad = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(pipeline.find("src").get(), "src"));
  const auto block = [](GstPad*, GstPadProbeInfo*, gpointer) noexcept { return GST_PAD_PROBE_OK; };
  const gulong probe =
      gst_pad_add_probe(pad.get(), GST_PAD_PROBE_TYPE_BLOCK_DOWNSTREAM, block, nullptr, nullptr);
  pipeline.play();
  CHECK(eventually([&] { return Stats(pipeline).number("dropped") > 1'000'000; }));
  CHECK(engine.counters().readers == 1);
  CHECK(pipeline.byte_count() == 0);
  gst_pad_remove_probe(pad.get(), probe);
  CHECK(pipeline.wait_for_bytes(100'000));
}
