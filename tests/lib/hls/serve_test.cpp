// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hls/serve.hpp"

#include "hls/parse.hpp"
#include "hls/write.hpp"

#include <doctest/doctest.h>

using namespace relevo::hls;
using namespace std::chrono_literals;

namespace {

MediaPlaylist make_playlist() {
  MediaPlaylist playlist;
  playlist.target_duration = 2s;
  playlist.media_sequence = 7;
  playlist.part_target = 1s;
  playlist.server_control = ServerControl{{}, {}, 3s, true};
  playlist.maps = {{"init.mp4", {}}};
  for (const char* name : {"7", "8"}) {
    Segment segment;
    segment.uri = name;
    segment.duration = 2s;
    segment.map = 0;
    segment.parts = {{std::string(name) + ".0", 1s, {}, true, false},
                     {std::string(name) + ".1", 1s, {}, false, false}};
    playlist.segments.push_back(segment);
  }
  playlist.open = Segment{};
  playlist.open->map = 0;
  playlist.open->parts = {{"9.0", 1s, {}, true, false}};
  playlist.preload = PreloadHint{"9.1", 0, {}};
  return playlist;
}

} // namespace

TEST_CASE("a playlist without parts has nothing of low latency, and its segments as they were") {
  const auto with = make_playlist();
  const auto plain = without_parts(with);
  CHECK(write_media_playlist(plain).find("PART") == std::string::npos);
  CHECK(plain.server_control->can_block_reload);
  REQUIRE(plain.segments.size() == 2);
  CHECK(plain.end_sequence() == with.end_sequence());
  CHECK(plain.segments[1].uri == "8");
  CHECK(plain.segments[1].duration == 2s);
  CHECK(without_parts(plain) == plain);
}

TEST_CASE("a query goes to every address, and changes nothing else") {
  const auto with = make_playlist();
  CHECK(with_query(with, "") == with);
  auto text = write_media_playlist(with_query(with, "viewer=7&token=a%20b"));
  std::size_t count = 0;
  constexpr std::string_view kQuery = "?viewer=7&token=a%20b";
  for (auto at = text.find(kQuery); at != std::string::npos; at = text.find(kQuery)) {
    text.erase(at, kQuery.size());
    ++count;
  }
  CHECK(count == 9); // a map, two segments, five parts, and the one that is promised
  CHECK(text == write_media_playlist(with));
}

TEST_CASE("what leads to a playlist reads as the same value") {
  MasterPlaylist master;
  master.independent_segments = true;
  Variant variant;
  variant.uri = "5/live.m3u8?viewer=7";
  variant.bandwidth = 8'000'000;
  master.variants = {variant};
  variant.average_bandwidth = 7'000'000;
  variant.resolution = {1280, 720};
  variant.codecs = "avc1.64001f,mp4a.40.2";
  master.variants.push_back(variant);
  const auto text = write_master_playlist(master);
  const auto parsed = parse_playlist(text);
  REQUIRE(parsed);
  CHECK(parsed->faults == 0);
  CHECK((std::get<MasterPlaylist>(parsed->playlist) == master));
  master.variants.pop_back();
  CHECK(write_master_playlist(master) == "#EXTM3U\n#EXT-X-INDEPENDENT-SEGMENTS\n"
                                         "#EXT-X-STREAM-INF:BANDWIDTH=8000000\n5/live.m3u8?viewer=7\n");
}
