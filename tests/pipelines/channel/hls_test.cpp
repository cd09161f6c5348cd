// SPDX-License-Identifier: LGPL-2.1-or-later
// A channel as HLS: segments while sources die, at once on a channel that plays, and nothing left behind.
#include "channel/channel_pipeline.hpp"
#include "gst/judge.hpp"
#include "gst/socket_viewer.hpp"
#include "main_loop.hpp"
#include "playlist_linter.hpp"
#include "provider/test_provider.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::channel;
using namespace std::chrono_literals;
using relevo::test::SocketViewer;
using relevo::test::turn_until;

namespace {

const HlsSettings kShort{1s, 4, 250ms};

void require(bool law, const char* name) {
  CHECK_MESSAGE(law, name);
}

/// Somebody who sees every edition and takes every segment as soon as it is listed.
class Fixture {
 public:
  Fixture() { relevo::test::init_gstreamer(); }

  void play(const std::vector<std::string>& clips) {
    ChannelSpec spec;
    for (const auto& clip : clips) {
      Candidate candidate;
      candidate.id = candidate.label = clip;
      candidate.uri = provider.url("/live/" + clip + ".ts?burst=1");
      spec.sources.candidates.push_back(std::move(candidate));
    }
    Callbacks callbacks;
    callbacks.on_hls_edition = [this] { look(); };
    callbacks.on_hls_failed = [this](const std::string& text) { failed = text; };
    callbacks.on_viewer_gone = [this](const Departure&) { ++gone; };
    pipeline.emplace(spec, std::move(callbacks));
    REQUIRE(pipeline->start());
  }

  [[nodiscard]] bool takes(std::size_t segments) {
    const auto until = taken + segments;
    return turn_until([&] { return taken >= until; });
  }

  provider::TestProvider provider;
  hls::test::PlaylistLinter linter{&require}, plain_linter{&require};
  std::size_t taken = 0, parts = 0, discontinuities = 0, gone = 0;
  std::string stream; // of all segments
  std::string failed;
  std::optional<ChannelPipeline> pipeline;

 private:
  void look() {
    REQUIRE(pipeline->hls());
    const auto edition = pipeline->hls()->edition();
    REQUIRE(edition);
    const auto& playlist = edition->low_latency;
    linter.check(playlist);
    plain_linter.check(edition->plain);
    CHECK((playlist.segments.empty() || edition->bandwidth > 100'000));
    for (std::size_t i = 0; i < playlist.segments.size(); ++i) {
      if (playlist.first_sequence() + i < next_) continue;
      next_ = playlist.first_sequence() + i + 1;
      ++taken;
      discontinuities += playlist.segments[i].discontinuity;
      stream += read(playlist.segments[i].uri);
    }
    if (!playlist.open) return;
    for (const auto& part : playlist.open->parts)
      parts += !read(part.uri).empty();
  }

  std::string read(const std::string& name) {
    const auto blocks = pipeline->hls()->find(name);
    CHECK_MESSAGE(blocks, name);
    std::string text;
    if (!blocks) return text;
    for (const auto& block : *blocks) {
      gsize size = 0;
      const auto* data = static_cast<const char*>(g_bytes_get_data(block.get(), &size));
      text.append(data, size);
    }
    return text;
  }

  std::uint64_t next_ = 0; // to be taken
};

} // namespace

TEST_CASE("segments follow each other while source after source dies") {
  Fixture fixture;
  fixture.play({"h264_720p50", "h264_1080p25", "mpeg2_576i"});
  fixture.pipeline->start_hls(kShort, 1000);
  REQUIRE(fixture.takes(3));
  CHECK(fixture.linter.last()->first_sequence() == 1000);
  fixture.provider.set_faults("h264_720p50", {"close"});
  REQUIRE(fixture.takes(3));
  fixture.provider.set_faults("h264_1080p25", {"reset"});
  REQUIRE(fixture.takes(3));
  CHECK(fixture.parts > 9);
  CHECK(fixture.discontinuities == 3); // the first start, and two changes of the picture
  CHECK(fixture.failed == "");
  CHECK(relevo::test::violations_in(fixture.stream) == "");
  const auto size = fixture.pipeline->hls()->size();
  CHECK(size > 0);
  CHECK(size <= fixture.stream.size());
}

TEST_CASE("who comes to a channel that plays has segments at once, and is no viewer") {
  Fixture fixture;
  fixture.play({"h264_720p50"});
  SocketViewer viewer;
  REQUIRE(fixture.pipeline->add_viewer(viewer.take_socket(), ""));
  REQUIRE(turn_until([&] { return viewer.size() > 2'000'000; }));
  std::uint64_t first = 5;
  for (int i = 0; i < 2; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    fixture.pipeline->start_hls(kShort, first);
    fixture.pipeline->start_hls(kShort, 0); // it runs
    REQUIRE(fixture.takes(2));
    CHECK(std::chrono::steady_clock::now() - begin < 1'500ms); // what comes from now on takes two seconds
    CHECK(fixture.pipeline->stats().viewers.size() == 1);
    first = fixture.linter.last()->end_sequence() + 1;
    fixture.linter.restart();
    fixture.plain_linter.restart();
    fixture.pipeline->stop_hls();
    CHECK_FALSE(fixture.pipeline->hls());
  }
  const auto before = viewer.size();
  REQUIRE(turn_until([&] { return viewer.size() > before + 300'000; }));
  CHECK(fixture.gone == 0);
  CHECK(fixture.failed == "");
}

TEST_CASE("the end of a channel is the end of its HLS") {
  Fixture fixture;
  fixture.play({"h264_720p50"});
  fixture.pipeline->start_hls(kShort, 0);
  REQUIRE(fixture.takes(1));
  bool stopped = false;
  fixture.pipeline->stop([&] { stopped = true; });
  CHECK_FALSE(fixture.pipeline->hls());
  REQUIRE(turn_until([&] { return stopped; }));
  CHECK_THROWS_AS(fixture.pipeline->start_hls(kShort, 0), std::runtime_error);
  CHECK(fixture.gone == 0);
}
