// SPDX-License-Identifier: LGPL-2.1-or-later
// A channel's pipeline with the fault provider in front and viewers behind it.
#include "channel/channel_pipeline.hpp"

#include "gst/judge.hpp"
#include "gst/socket_viewer.hpp"
#include "main_loop.hpp"
#include "provider/test_provider.hpp"

#include <algorithm>
#include <atomic>
#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::channel;
using relevo::test::SocketViewer;
using relevo::test::turn_until;

namespace {

constexpr std::string_view kHead = "HTTP/1.1 200 OK\r\n\r\n";

class Fixture {
 public:
  Fixture() {
    relevo::test::init_gstreamer();
    provider.set_login({"joe", "secret", 1});
  }

  Candidate candidate(const std::string& clip, const std::string& slot_key = "joe") {
    return {.id = clip,
            .label = "label of " + clip,
            .uri = provider.url("/live/joe/secret/" + clip + ".ts?burst=1"),
            .headers = {{"X-Test", clip}},
            .user_agent = "Test/1",
            .slot_key = slot_key};
  }

  void make(std::vector<Candidate> candidates) {
    ChannelSpec spec;
    spec.sources.candidates = std::move(candidates);
    spec.service_name = "Test";
    Callbacks callbacks;
    callbacks.request_slot = [this](const std::string&) -> Slot {
      if (most <= held) return nullptr;
      ++held;
      return Slot(&held, [this](void*) { --held; });
    };
    callbacks.on_decision = [this](const Decision& decision) { decisions.push_back(decision); };
    callbacks.on_viewer_gone = [this](const Departure& departure) { gone.push_back(departure); };
    callbacks.on_failed = [this](const std::string& text) { failed = text; };
    pipeline.emplace(spec, std::move(callbacks));
    REQUIRE(pipeline->start());
  }

  void stop() {
    bool stopped = false;
    pipeline->stop([&] { stopped = true; });
    CHECK_FALSE(stopped); // never from within the call
    REQUIRE(turn_until([&] { return stopped; }));
  }

  [[nodiscard]] const Decision* find(const std::string& what, const std::string& candidate) const {
    const auto found = std::ranges::find_if(decisions, [&](const Decision& decision) {
      return decision.what == what && decision.candidate == candidate;
    });
    return found == decisions.end() ? nullptr : &*found;
  }
  [[nodiscard]] bool plays(SocketViewer& viewer, std::size_t more = 300'000) const {
    const std::size_t until = viewer.size() + more;
    return turn_until([&] { return viewer.size() >= until; });
  }

  provider::TestProvider provider;
  std::atomic<int> held = 0, most = 1;
  std::vector<Decision> decisions;
  std::vector<Departure> gone;
  std::string failed;
  std::optional<ChannelPipeline> pipeline;
};

} // namespace

TEST_CASE("viewers get their head and a clean stream, which goes on when its source dies") {
  Fixture fixture;
  fixture.make({fixture.candidate("h264_720p50"), fixture.candidate("ac3")});
  SocketViewer viewer, second;
  const auto id = fixture.pipeline->add_viewer(viewer.take_socket(), kHead);
  REQUIRE(id);
  REQUIRE(fixture.plays(viewer));
  REQUIRE(fixture.pipeline->add_viewer(second.take_socket(), kHead));
  REQUIRE(fixture.plays(second));
  fixture.provider.set_faults("h264_720p50", {"close"});
  REQUIRE(turn_until([&] { return fixture.find("switch", "ac3") != nullptr; }));
  REQUIRE(fixture.plays(viewer));
  const auto stats = fixture.pipeline->stats();
  CHECK(stats.current == "ac3");
  CHECK(stats.switches == 2);
  REQUIRE(stats.candidates.size() == 2);
  CHECK(stats.candidates[0].bytes + stats.candidates[1].bytes >= 600'000);
  REQUIRE(stats.viewers.size() == 2);
  CHECK(stats.viewers[0].id == *id);
  CHECK(stats.viewers[0].bytes >= 600'000);
  REQUIRE(stats.facts.video);
  CHECK(stats.facts.video->codec == "H.264");
  CHECK(stats.facts.video->width == 1280);
  CHECK(stats.facts.video->height == 720);
  CHECK(stats.facts.bits_per_second > 1'000'000);
  REQUIRE(stats.facts.audio.size() == 1);
  CHECK(stats.facts.audio[0].codec == "AC-3");
  CHECK(stats.facts.audio[0].sample_rate == 48000);
  fixture.stop();
  const Decision* given_up = fixture.find("give-up", "h264_720p50");
  REQUIRE(given_up);
  CHECK(given_up->label == "label of h264_720p50");
  CHECK(given_up->failure == "ended");
  CHECK(given_up->penalty > 0);
  CHECK(fixture.find("switch", "ac3")->from == "h264_720p50");
  REQUIRE(fixture.gone.size() == 2);
  CHECK(fixture.gone[0].reason == "stopped");
  CHECK(fixture.gone[0].bytes >= 600'000);
  CHECK(fixture.held == 0);
  CHECK(fixture.failed == "");
  CHECK(fixture.provider.login_counters("joe").highest == 1);
  const auto request = fixture.provider.last_request("/live/joe/secret/ac3.ts");
  REQUIRE(request);
  CHECK(request->header("user-agent") == "Test/1");
  CHECK(request->header("x-test") == "ac3");
  for (SocketViewer* each : {&viewer, &second}) {
    REQUIRE(turn_until([&] { return each->ended(); }));
    const std::string seen = each->seen();
    REQUIRE(seen.starts_with(kHead));
    CHECK(relevo::test::violations_in(seen.substr(kHead.size())) == "");
  }
}

TEST_CASE("sources are changed and chosen while it plays") {
  Fixture fixture;
  fixture.provider.set_login(
      {"joe", "secret", 2}); // who need not yet have seen that the one before was closed
  fixture.make({fixture.candidate("h264_720p50")});
  SocketViewer viewer;
  REQUIRE(fixture.pipeline->add_viewer(viewer.take_socket(), kHead));
  REQUIRE(fixture.plays(viewer));
  fixture.pipeline->set_sources({{fixture.candidate("h264_720p50"), fixture.candidate("ac3")}, {}});
  fixture.pipeline->switch_to("ac3");
  REQUIRE(turn_until([&] { return fixture.find("switch", "ac3") != nullptr; }));
  CHECK(fixture.find("switch", "ac3")->reason == "user");
  fixture.decisions.clear();
  fixture.pipeline->next();
  REQUIRE(turn_until([&] { return fixture.find("switch", "h264_720p50") != nullptr; }));
  REQUIRE(fixture.plays(viewer));
  fixture.stop();
  CHECK(fixture.held == 0);
}

TEST_CASE("a slot that is refused is told, and nothing is opened") {
  Fixture fixture;
  fixture.most = 0;
  fixture.make({fixture.candidate("h264_720p50")});
  REQUIRE(turn_until([&] { return fixture.find("give-up", "h264_720p50") != nullptr; }));
  CHECK(fixture.find("give-up", "h264_720p50")->failure == "slot-refused");
  REQUIRE(turn_until([&] { return fixture.find("back-off", "") != nullptr; }));
  CHECK(fixture.find("back-off", "")->wait > std::chrono::nanoseconds{0});
  CHECK(fixture.provider.login_counters("joe").opens == 0);
}

TEST_CASE("a viewer who is removed goes alone; who comes after the end is not taken") {
  Fixture fixture;
  fixture.make({fixture.candidate("h264_720p50")});
  SocketViewer viewer, late;
  const auto id = fixture.pipeline->add_viewer(viewer.take_socket(), kHead);
  REQUIRE(id);
  CHECK(fixture.pipeline->remove_viewer(*id));
  REQUIRE(turn_until([&] { return !fixture.gone.empty(); }));
  CHECK(fixture.gone[0].reason == "removed");
  CHECK_FALSE(fixture.pipeline->remove_viewer(*id));
  fixture.stop();
  CHECK_FALSE(fixture.pipeline->add_viewer(late.take_socket(), kHead));
  CHECK(turn_until([&] { return late.ended(); }));
}

TEST_CASE("it may go from within what it tells, and at any time") {
  for (const bool while_stopping : {false, true}) {
    CAPTURE(while_stopping);
    Fixture fixture;
    fixture.make({fixture.candidate("h264_720p50")});
    REQUIRE(turn_until([&] { return fixture.find("switch", "h264_720p50") != nullptr; }));
    bool stopped = false;
    if (while_stopping) fixture.pipeline->stop([&] { stopped = true; });
    fixture.pipeline.reset();
    CHECK(fixture.held == 0);
    CHECK_FALSE(turn_until([&] { return stopped; }, std::chrono::milliseconds{50}));
  }
  Fixture fixture;
  fixture.make({fixture.candidate("h264_720p50")});
  fixture.pipeline->stop([&] { fixture.pipeline.reset(); });
  REQUIRE(turn_until([&] { return !fixture.pipeline; }));
  CHECK(fixture.held == 0);
}
