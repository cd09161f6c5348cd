// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hls/window.hpp"

#include "hls/parse.hpp"
#include "hls/write.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::hls;
using namespace std::chrono_literals;

namespace {

constexpr WallTime kNow{1'700'000'000'000ms};

void add(Window& window, Duration duration, bool discontinuity = false, WallTime arrived = kNow) {
  window.begin_segment(discontinuity, arrived);
  window.end_segment(duration);
}

void add_all(Window& window, int count, Duration duration) {
  for (; count > 0; --count)
    add(window, duration);
}

std::vector<std::string> names(const Window& window, const std::vector<MediaFile>& files) {
  std::vector<std::string> out;
  for (const auto& file : files)
    out.push_back(window.address_of(file));
  return out;
}

std::vector<WallTime> times(const MediaPlaylist& playlist) {
  std::vector<WallTime> out;
  for (const auto& segment : playlist.segments)
    out.push_back(segment.time.value());
  return out;
}

MediaPlaylist read_back(const Window& window) {
  return std::get<MediaPlaylist>(parse_playlist(write_media_playlist(window.playlist()))->playlist);
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("a live window slides") {
  Window window({.length = 3, .target_duration = 4s, .prefix = "tv-"});
  CHECK_FALSE(window.publishable());
  add_all(window, 5, 4s);
  CHECK(window.publishable());
  CHECK(write_media_playlist(window.playlist()) == "#EXTM3U\n"
                                                   "#EXT-X-VERSION:3\n"
                                                   "#EXT-X-TARGETDURATION:4\n"
                                                   "#EXT-X-MEDIA-SEQUENCE:2\n"
                                                   "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:28.000Z\n"
                                                   "#EXTINF:4,\n"
                                                   "tv-2.ts\n"
                                                   "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:32.000Z\n"
                                                   "#EXTINF:4,\n"
                                                   "tv-3.ts\n"
                                                   "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:36.000Z\n"
                                                   "#EXTINF:4,\n"
                                                   "tv-4.ts\n");
  window.end();
  CHECK(write_media_playlist(window.playlist()).ends_with("tv-4.ts\n#EXT-X-ENDLIST\n"));
}

TEST_CASE("a live window keeps three target durations, however short its segments are") {
  Window window({.length = 2, .target_duration = 6s});
  add_all(window, 20, 1s);
  CHECK(window.playlist().segments.size() == 18);
  CHECK(window.playlist().media_sequence == 2);
}

TEST_CASE("EVENT lists everything, VOD too and not before its end") {
  for (const auto type : {PlaylistType::Event, PlaylistType::Vod}) {
    Window window({.type = type, .length = 2, .target_duration = 4s});
    add_all(window, 20, 4s);
    CHECK(window.publishable() == (type == PlaylistType::Event));
    window.end();
    CHECK(window.publishable());
    CHECK(window.playlist().segments.size() == 20);
    CHECK(window.playlist().media_sequence == 0);
    CHECK(window.take_expired().empty());
  }
}

TEST_CASE("the target duration grows for a segment that breaks it, and for no other") {
  struct Row {
    Duration duration;
    std::chrono::seconds target;
  };
  const Row rows[] = {{6s, 6s}, {6'499'999us, 6s}, {1s, 6s}, {6'500'000us, 7s}, {10'200ms, 10s}, {6s, 10s}};
  Window window({.length = 2, .target_duration = 6s});
  for (const Row& row : rows) {
    add(window, row.duration);
    CHECK(window.playlist().target_duration == row.target);
  }
}

TEST_CASE("discontinuities are counted when they leave") {
  Window window({.length = 2, .target_duration = 1s});
  std::vector<std::uint64_t> counts;
  for (const bool discontinuity : {false, true, false, true, true, false, false, false}) {
    add(window, 2s, discontinuity);
    counts.push_back(window.playlist().discontinuity_sequence);
  }
  // The target duration has become 2 s, so three segments stay.
  CHECK(counts == std::vector<std::uint64_t>{0, 0, 0, 0, 1, 1, 2, 3});
}

TEST_CASE("times are counted on by media time, and follow the clock when it has gone ahead") {
  struct Row {
    std::string what;
    WallTime arrived; // of the second of two segments of 4 s
    bool discontinuity;
    WallTime time;
  };
  const Row rows[] = {
      {"a burst", kNow, false, kNow + 4s},
      {"some jitter", kNow + 5s, false, kNow + 4s},
      {"an outage", kNow + 15s, false, kNow + 15s},
      {"a discontinuity that came late", kNow + 5s, true, kNow + 5s},
      {"a discontinuity in a burst", kNow, true, kNow + 4s},
      {"a clock that was put back", kNow - 1h, false, kNow + 4s},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Window window({.target_duration = 4s});
    add(window, 4s);
    add(window, 4s, row.discontinuity, row.arrived);
    CHECK(times(window.playlist()) == std::vector<WallTime>{kNow, row.time});
  }
}

TEST_CASE("times lose nothing to rounding") {
  Window window({.type = PlaylistType::Event});
  for (int i = 0; i <= 3000; ++i)
    add(window, 1'001'333us);
  CHECK(times(window.playlist()).back() == kNow + 3'003'999ms);
}

TEST_CASE("files expire when a player can no longer ask for them") {
  Window window({.length = 3, .target_duration = 4s});
  add_all(window, 4, 4s); // 0 is out: its own 4 s and the 16 s of the longest playlist with it
  CHECK(window.take_expired().empty());
  add_all(window, 4, 4s);
  CHECK(window.take_expired().empty());
  add_all(window, 1, 4s);
  CHECK(names(window, window.take_expired()) == Names{"segment-0.ts"});
  CHECK(window.take_expired().empty());
  add_all(window, 2, 4s);
  CHECK(names(window, window.take_expired()) == Names{"segment-1.ts", "segment-2.ts"});
}

TEST_CASE("parts are listed as they come, and the next one is promised") {
  Window window({.target_duration = 2s, .part_target = 500ms, .can_block_reload = true, .prefix = ""});
  add(window, 2s);
  window.begin_segment(true, kNow + 2s);
  CHECK_FALSE(window.playlist().open);
  window.add_part(500ms, true);
  window.add_part(480ms, false);
  window.add_part(480ms, false, false);
  CHECK(write_media_playlist(window.playlist()) ==
        "#EXTM3U\n"
        "#EXT-X-VERSION:3\n"
        "#EXT-X-TARGETDURATION:2\n"
        "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.5\n"
        "#EXT-X-PART-INF:PART-TARGET=0.5\n"
        "#EXT-X-MEDIA-SEQUENCE:0\n"
        "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:20.000Z\n"
        "#EXTINF:2,\n"
        "0.ts\n"
        "#EXT-X-DISCONTINUITY\n"
        "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:22.000Z\n"
        "#EXT-X-PART:DURATION=0.5,URI=\"1.0.ts\",INDEPENDENT=YES\n"
        "#EXT-X-PART:DURATION=0.48,URI=\"1.1.ts\"\n"
        "#EXT-X-PART:DURATION=0.48,URI=\"1.2.ts\",GAP=YES\n"
        "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"1.3.ts\"\n");
  window.end_segment({});
  CHECK(window.playlist().segments.back().duration == 1460ms);
  CHECK(window.playlist().preload->uri == "2.0.ts");
  CHECK(read_back(window) == window.playlist());
  window.end();
  CHECK_FALSE(window.playlist().preload);
}

TEST_CASE("without a server that blocks nothing is promised") {
  Window window({.part_target = 500ms});
  window.begin_segment(false, kNow);
  window.add_part(500ms, true);
  CHECK_FALSE(window.playlist().preload);
  CHECK_FALSE(window.playlist().server_control->can_block_reload);
}

TEST_CASE("a server that blocks can do so without parts") {
  Window window({.can_block_reload = true});
  add(window, 6s);
  CHECK(write_media_playlist(window.playlist()).find("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES\n") !=
        std::string::npos);
}

TEST_CASE("a part that is longer than its target raises it") {
  Window window({.part_target = 500ms});
  window.begin_segment(false, kNow);
  window.add_part(800ms, true);
  CHECK(window.playlist().part_target == 800ms);
  CHECK(window.playlist().server_control->part_hold_back == 2400ms);
}

TEST_CASE("parts leave the playlist three target durations behind its end, and stay as long again") {
  Window window({.length = 10, .target_duration = 2s, .part_target = 1s, .prefix = ""});
  const auto add_parts = [&] {
    window.begin_segment(false, kNow);
    window.add_part(1s, true);
    window.add_part(1s, false);
    window.end_segment({});
  };
  for (int i = 0; i < 4; ++i)
    add_parts();
  CHECK(window.playlist().segments[0].parts.size() == 2);
  add_parts();
  CHECK(window.playlist().segments[0].parts.empty());
  CHECK(window.playlist().segments[1].parts.size() == 2);
  add_parts();
  add_parts();
  CHECK(window.take_expired().empty());
  add_parts();
  CHECK(names(window, window.take_expired()) == Names{"0.0.ts", "0.1.ts"});
}

TEST_CASE("a restart goes on behind what was there") {
  Window before({.length = 3, .target_duration = 4s});
  add_all(before, 5, 4s);
  add(before, 4s, true);
  Window window({.length = 3, .target_duration = 4s});
  window.resume(read_back(before));
  CHECK(window.next_sequence() == 6);
  add(window, 4s, false, kNow + 1min);
  const auto& playlist = window.playlist();
  CHECK(playlist.media_sequence == 4);
  CHECK(playlist.discontinuity_sequence == 0);
  REQUIRE(playlist.segments.size() == 3);
  CHECK(playlist.segments[1] == before.playlist().segments[2]);
  CHECK(playlist.segments[2].uri == "segment-6.ts");
  CHECK(playlist.segments[2].discontinuity);
  CHECK(playlist.segments[2].time == kNow + 1min);
  add_all(window, 3, 4s);
  CHECK(playlist.discontinuity_sequence == 2);
  add_all(window, 4, 4s);
  CHECK(names(window, window.take_expired()) == Names{"segment-3.ts", "segment-4.ts", "segment-5.ts"});
}

TEST_CASE("what a restart finds") {
  SUBCASE("an end is taken back") {
    Window before({});
    add(before, 6s);
    before.end();
    Window window({});
    window.resume(before.playlist());
    add(window, 6s);
    CHECK_FALSE(window.playlist().ended);
    CHECK(window.playlist().segments.size() == 2);
  }
  SUBCASE("the target duration stays as high as it was") {
    Window before({.target_duration = 10s});
    Window window({.target_duration = 6s});
    window.resume(before.playlist());
    CHECK(window.playlist().target_duration == 10s);
  }
  SUBCASE("other names: the numbers go on") {
    Window before({.target_duration = 4s, .prefix = "other-"});
    add(before, 4s);
    add(before, 4s, true);
    Window window({.target_duration = 4s});
    window.resume(before.playlist());
    add(window, 4s);
    CHECK(window.playlist().media_sequence == 2);
    CHECK(window.playlist().discontinuity_sequence == 1);
    CHECK(window.playlist().segments.size() == 1);
    CHECK(window.playlist().segments[0].discontinuity);
  }
  SUBCASE("a segment that was growing cannot be had") {
    Window before({.part_target = 1s});
    before.begin_segment(false, kNow);
    before.add_part(960ms, true);
    Window window({.part_target = 1s});
    window.resume(read_back(before));
    REQUIRE(window.playlist().segments.size() == 1);
    CHECK(window.playlist().segments[0].gap);
    CHECK(window.playlist().segments[0].duration == 960ms);
    CHECK(window.next_sequence() == 1);
  }
  SUBCASE("parts go where they are no longer wanted") {
    Window before({.part_target = 1s});
    before.begin_segment(false, kNow);
    before.add_part(1s, true);
    before.end_segment({});
    Window window({});
    window.resume(read_back(before));
    CHECK(window.playlist().segments[0].parts.empty());
    add_all(window, 3, 6s);
    CHECK(names(window, window.take_expired()) == Names{"segment-0.0.ts"});
  }
  SUBCASE("files that are not listed expire too") {
    Window window({.target_duration = 4s});
    window.add_leftover({17, {}}, 1s);
    window.add_leftover({3, 2}, 1h);
    CHECK(names(window, window.take_expired()) == Names{"segment-3.2.ts"});
    add_all(window, 2, 4s);
    CHECK(window.take_expired().empty());
    add(window, 4s);
    CHECK(names(window, window.take_expired()) == Names{"segment-17.ts"});
  }
  SUBCASE("a time that is far ahead of the clock is not gone on with") {
    Window before({});
    add(before, 6s, false, kNow + 24h);
    Window window({});
    window.resume(before.playlist());
    add(window, 6s);
    CHECK(times(window.playlist()).back() == kNow);
  }
}

TEST_CASE("a segment that is dropped leaves no number, and its discontinuity to the next") {
  Window window({});
  add(window, 6s);
  window.begin_segment(true, kNow);
  window.drop_segment();
  add(window, 6s);
  REQUIRE(window.playlist().segments.size() == 2);
  CHECK(window.playlist().segments[1].uri == "segment-1.ts");
  CHECK(window.playlist().segments[1].discontinuity);
}

TEST_CASE("behind an end it goes on with a discontinuity") {
  Window window({});
  add(window, 6s);
  window.end();
  add(window, 6s);
  CHECK_FALSE(window.playlist().ended);
  CHECK(window.playlist().segments[1].discontinuity);
}

TEST_CASE("a file that could not be made is a gap") {
  Window window({});
  window.begin_segment(false, kNow);
  window.end_segment(6s, false);
  CHECK(window.playlist().segments[0].gap);
  CHECK(window.next_sequence() == 1);
}
