// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hls/write.hpp"

#include "hls/parse.hpp"

#include <doctest/doctest.h>
#include <random>

using namespace relevo;
using namespace relevo::hls;
using namespace std::chrono_literals;

namespace {

Segment segment(std::string uri, Duration duration) {
  Segment s;
  s.uri = std::move(uri);
  s.duration = duration;
  return s;
}

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}

  std::uint64_t below(std::uint64_t end) { return engine_() % end; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  Duration duration() { return Duration(below(kMaxDuration.count() + 1)); }
  std::string text(std::string_view alphabet, std::size_t shortest) {
    std::string out;
    for (auto n = shortest + below(6); n != 0; --n)
      out += alphabet[below(alphabet.size())];
    return out;
  }
  std::string uri() { return text("ab/.?=&,:%|", 1); }
  std::optional<ByteRange> range() {
    if (!one_in(3)) return std::nullopt;
    return ByteRange{1 + below(1 << 20), below(std::uint64_t{1} << 62)};
  }
  template <class T>
  std::optional<T> maybe(T value) {
    return one_in(2) ? std::optional<T>(value) : std::nullopt;
  }

 private:
  std::mt19937_64 engine_;
};

std::vector<Part> any_parts(Dice& dice) {
  std::vector<Part> parts(dice.below(3));
  for (auto& part : parts)
    part = {dice.uri(), dice.duration(), dice.range(), dice.one_in(2), dice.one_in(4)};
  return parts;
}

/// A segment that uses the newest key and map, or brings new ones.
Segment any_segment(Dice& dice, MediaPlaylist& playlist) {
  Segment s = segment(dice.uri(), dice.duration());
  s.title = dice.text("xy,=", 0);
  s.range = dice.range();
  s.discontinuity = dice.one_in(4);
  s.gap = dice.one_in(4);
  s.time = dice.maybe(WallTime{std::chrono::milliseconds(dice.below(253'402'300'800'000))});
  s.parts = any_parts(dice);
  if (dice.one_in(4)) {
    Key key{static_cast<KeyMethod>(dice.below(3)), dice.uri(), std::nullopt};
    key.iv = dice.maybe(initialization_vector(dice.below(1000)));
    if (playlist.keys.empty() || playlist.keys.back() != key) playlist.keys.push_back(key);
  }
  if (dice.one_in(8)) {
    const Map map{dice.uri(), dice.range()};
    if (playlist.maps.empty() || playlist.maps.back() != map) playlist.maps.push_back(map);
  }
  if (!playlist.keys.empty()) s.key = static_cast<std::uint32_t>(playlist.keys.size() - 1);
  if (!playlist.maps.empty()) s.map = static_cast<std::uint32_t>(playlist.maps.size() - 1);
  return s;
}

MediaPlaylist any_playlist(Dice& dice) {
  MediaPlaylist p;
  p.target_duration = std::chrono::seconds(1 + dice.below(86400));
  p.media_sequence = dice.below(1'000'000'000'000'000'000);
  p.discontinuity_sequence = dice.below(3);
  p.type = static_cast<PlaylistType>(dice.below(3));
  p.independent_segments = dice.one_in(2);
  p.ended = dice.one_in(2);
  p.start = dice.maybe(Start{dice.one_in(2) ? dice.duration() : -dice.duration(), dice.one_in(2)});
  p.server_control = dice.maybe(ServerControl{dice.maybe(dice.duration()), dice.maybe(dice.duration()),
                                              dice.maybe(dice.duration()), dice.one_in(2)});
  p.part_target = dice.maybe(dice.duration());
  p.skipped = dice.one_in(4) ? dice.below(100) : 0;
  for (auto n = dice.below(8); n != 0; --n)
    p.segments.push_back(any_segment(dice, p));
  if (dice.one_in(2)) {
    Segment open = any_segment(dice, p);
    open.uri.clear();
    open.title.clear();
    open.duration = {};
    open.range.reset();
    open.parts.push_back({dice.uri(), dice.duration(), dice.range(), true, false});
    p.open = open;
  }
  p.preload = dice.maybe(PreloadHint{dice.uri(), dice.below(100), dice.maybe(dice.below(100))});
  return p;
}

} // namespace

TEST_CASE("a live window") {
  MediaPlaylist p;
  p.target_duration = 6s;
  p.media_sequence = 41;
  p.discontinuity_sequence = 2;
  p.independent_segments = true;
  p.segments = {segment("41.ts", 6s), segment("42.ts", 5'760ms)};
  p.segments[0].time = WallTime{1'700'000'000'040ms};
  p.segments[1].discontinuity = true;
  CHECK(write_media_playlist(p) == "#EXTM3U\n"
                                   "#EXT-X-VERSION:3\n"
                                   "#EXT-X-INDEPENDENT-SEGMENTS\n"
                                   "#EXT-X-TARGETDURATION:6\n"
                                   "#EXT-X-MEDIA-SEQUENCE:41\n"
                                   "#EXT-X-DISCONTINUITY-SEQUENCE:2\n"
                                   "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:20.040Z\n"
                                   "#EXTINF:6,\n"
                                   "41.ts\n"
                                   "#EXT-X-DISCONTINUITY\n"
                                   "#EXTINF:5.76,\n"
                                   "42.ts\n");
}

TEST_CASE("EVENT and VOD") {
  MediaPlaylist p;
  p.target_duration = 4s;
  p.type = PlaylistType::Event;
  CHECK(write_media_playlist(p) == "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n"
                                   "#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:EVENT\n");
  p.type = PlaylistType::Vod;
  p.ended = true;
  p.segments = {segment("all.ts", 4s)};
  p.segments[0].range = ByteRange{10, 20};
  CHECK(write_media_playlist(p) == "#EXTM3U\n#EXT-X-VERSION:4\n#EXT-X-TARGETDURATION:4\n"
                                   "#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n"
                                   "#EXT-X-BYTERANGE:10@20\n#EXTINF:4,\nall.ts\n#EXT-X-ENDLIST\n");
}

TEST_CASE("low latency") {
  MediaPlaylist p;
  p.target_duration = 2s;
  p.media_sequence = 7;
  p.server_control = ServerControl{
      .can_skip_until = {}, .hold_back = 6s, .part_hold_back = 1500ms, .can_block_reload = true};
  p.part_target = 500ms;
  p.segments = {segment("7.ts", 2s)};
  p.segments[0].parts = {{"7.0.ts", 500ms, {}, true, false}};
  p.open = Segment{};
  p.open->parts = {{"8.0.ts", 480ms, ByteRange{100, 0}, true, false}, {"8.1.ts", 500ms, {}, false, true}};
  p.preload = PreloadHint{"8.2.ts", 0, {}};
  CHECK(write_media_playlist(p) ==
        "#EXTM3U\n"
        "#EXT-X-VERSION:3\n"
        "#EXT-X-TARGETDURATION:2\n"
        "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,HOLD-BACK=6,PART-HOLD-BACK=1.5\n"
        "#EXT-X-PART-INF:PART-TARGET=0.5\n"
        "#EXT-X-MEDIA-SEQUENCE:7\n"
        "#EXT-X-PART:DURATION=0.5,URI=\"7.0.ts\",INDEPENDENT=YES\n"
        "#EXTINF:2,\n"
        "7.ts\n"
        "#EXT-X-PART:DURATION=0.48,URI=\"8.0.ts\",BYTERANGE=\"100@0\",INDEPENDENT=YES\n"
        "#EXT-X-PART:DURATION=0.5,URI=\"8.1.ts\",GAP=YES\n"
        "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"8.2.ts\"\n");
}

TEST_CASE("keys and maps are written where they change") {
  MediaPlaylist p;
  p.keys = {{KeyMethod::Aes128, "k0", initialization_vector(0x1f)}, {KeyMethod::SampleAes, "k1", {}}};
  p.maps = {{"init.mp4", ByteRange{700, 0}}};
  for (const auto key : {std::optional<std::uint32_t>{0}, {0}, {}, {1}}) {
    p.segments.push_back(segment("s", 1s));
    p.segments.back().key = key;
    p.segments.back().map = 0;
  }
  CHECK(write_media_playlist(p) ==
        "#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:0\n"
        "#EXT-X-KEY:METHOD=AES-128,URI=\"k0\",IV=0x0000000000000000000000000000001f\n"
        "#EXT-X-MAP:URI=\"init.mp4\",BYTERANGE=\"700@0\"\n#EXTINF:1,\ns\n"
        "#EXTINF:1,\ns\n"
        "#EXT-X-KEY:METHOD=NONE\n#EXTINF:1,\ns\n"
        "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k1\"\n#EXTINF:1,\ns\n");
}

TEST_CASE("what was written reads as the same value, without a fault") {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    Dice dice(seed);
    const auto playlist = any_playlist(dice);
    const auto text = write_media_playlist(playlist);
    CAPTURE(seed);
    CAPTURE(text);
    const auto parsed = parse_playlist(text);
    REQUIRE(parsed.has_value());
    CHECK(parsed->faults == 0);
    REQUIRE(std::holds_alternative<MediaPlaylist>(parsed->playlist));
    CHECK(std::get<MediaPlaylist>(parsed->playlist) == playlist);
  }
}
