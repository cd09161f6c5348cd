// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hls/follower.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::hls;
using namespace std::chrono_literals;

namespace {

/// Segments PREFIXfirst.ts to PREFIX(end-1).ts of two seconds.
MediaPlaylist window(std::uint64_t first, std::uint64_t end, std::string_view prefix = "") {
  MediaPlaylist p;
  p.target_duration = 2s;
  p.media_sequence = first;
  for (auto sequence = first; sequence < end; ++sequence) {
    Segment s;
    s.uri = concat(prefix, sequence, ".ts");
    s.duration = 2s;
    p.segments.push_back(s);
  }
  return p;
}

MediaPlaylist ended(MediaPlaylist p) {
  p.ended = true;
  return p;
}

std::string milliseconds(Duration value) {
  return concat('@', value.count() / 1000);
}

std::string text_of(const LoadPlaylist& a) {
  return "load " + milliseconds(a.at);
}
std::string text_of(const FetchSegment& a) {
  return concat("fetch ", a.segment.uri, a.discontinuity ? " discontinuity" : "", a.after_hole ? " hole" : "",
                a.attempt > 1 ? concat(" attempt ", a.attempt, ' ', milliseconds(a.at)) : "");
}
std::string text_of(const Report& a) {
  static constexpr std::string_view kNames[] = {"lost",  "given-up", "absent",
                                                "reset", "frozen",   "playlist-lost"};
  return concat(kNames[static_cast<std::size_t>(a.incident)], ' ', a.sequence,
                a.count != 1 ? concat(" x", a.count) : "");
}
std::string text_of(const EndOfStream&) {
  return "end";
}

/// One row of a scenario: at this time comes this event; "A; B" are the actions that it must bring.
struct Row {
  Duration at;
  FollowerEvent event;
  std::string_view actions;
};

void play(const std::vector<Row>& rows, FollowerSettings settings = {}) {
  Follower follower(settings);
  for (const auto& row : rows) {
    auto event = row.event;
    if (auto* loaded = std::get_if<PlaylistLoaded>(&event)) loaded->asked_at = row.at;
    std::string actions;
    for (const auto& action : follower.step(std::move(event), row.at)) {
      if (!actions.empty()) actions += "; ";
      actions += std::visit([](const auto& a) { return text_of(a); }, action);
    }
    CAPTURE(row.at.count());
    CHECK(actions == row.actions);
  }
}

FollowerEvent loaded(MediaPlaylist playlist) {
  return PlaylistLoaded{std::move(playlist), {}};
}

const FollowerEvent kFetched = SegmentFetched{};
const FollowerEvent kSegmentFailed = SegmentFailed{};
const FollowerEvent kPlaylistFailed = PlaylistFailed{};

} // namespace

TEST_CASE("a live playlist is joined three segments before its end and followed") {
  play({
      {0s, loaded(window(10, 16)), "load @2000; fetch 13.ts"},
      {1s, kFetched, "fetch 14.ts"},
      {2s, loaded(window(11, 17)), "load @4000"},
      {2s, kFetched, "fetch 15.ts"},
      {3s, kFetched, "fetch 16.ts"},
      {3s, kFetched, ""},
      {4s, loaded(window(11, 17)), "load @5000"}, // unchanged: half of the target duration
      {5s, loaded(window(12, 18)), "load @7000; fetch 17.ts"},
  });
}

TEST_CASE("a live playlist that is short is joined at its start, with other margins elsewhere") {
  play({{0s, loaded(window(4, 6)), "load @2000; fetch 4.ts"}});
  play({{0s, loaded(window(4, 9)), "load @2000; fetch 8.ts"}}, {.live_edge = 1});
  play({
      {0s, loaded(window(0, 0)), "load @1000"},
      {1s, loaded(window(0, 0)), "load @2000"},
      {2s, loaded(window(0, 1)), "load @4000; fetch 0.ts"},
  });
}

TEST_CASE("a complete playlist is played from its start to its end") {
  play({
      {0s, loaded(ended(window(0, 3))), "fetch 0.ts"},
      {1s, kFetched, "fetch 1.ts"},
      {2s, kFetched, "fetch 2.ts"},
      {3s, kFetched, "end"},
  });
  auto vod = window(7, 9);
  vod.type = PlaylistType::Vod;
  play({{0s, loaded(vod), "fetch 7.ts"}, {1s, kFetched, "fetch 8.ts"}, {1s, kFetched, "end"}});
  play({{0s, loaded(ended(window(0, 0))), "end"}});
}

TEST_CASE("a live playlist may end") {
  play({
      {0s, loaded(window(0, 2)), "load @2000; fetch 0.ts"},
      {1s, kFetched, "fetch 1.ts"},
      {1s, kFetched, ""},
      {2s, loaded(ended(window(0, 2))), "end"},
      {3s, loaded(window(0, 9)), ""},
  });
}

TEST_CASE("the next load is counted from the request, and never lies in the past") {
  Follower follower;
  const auto at = [&follower](Instant asked_at, Instant now) {
    const auto actions = follower.step(PlaylistLoaded{window(0, 3), asked_at}, now);
    return text_of(std::get<LoadPlaylist>(actions.at(0)));
  };
  CHECK(at(0s, 500ms) == "load @2000");
  CHECK(at(2s, 4s) == "load @4000");
}

TEST_CASE("target durations that are not true do not set the pace") {
  auto p = window(0, 3);
  p.target_duration = 30s;
  play({{0s, loaded(p), "load @2000; fetch 0.ts"}});
  p.segments[1].duration = 5'300ms;
  play({{0s, loaded(p), "load @6000; fetch 0.ts"}});
  for (auto& segment : p.segments)
    segment.duration = 0s;
  play({{0s, loaded(p), "load @30000; fetch 0.ts"}});
  p.target_duration = 24h;
  play({{0s, loaded(p), "load @60000; fetch 0.ts"}});
}

TEST_CASE("segments that left the playlist before their turn are counted as lost") {
  play({
      {0s, loaded(window(0, 3)), "load @2000; fetch 0.ts"},
      {9s, loaded(window(4, 8)), "lost 1 x3; load @11000"},
      {9s, kFetched, "fetch 4.ts hole"},
      {9s, kFetched, "fetch 5.ts"},
  });
}

TEST_CASE("a failed segment is tried once more, with its newest address, and then given up") {
  play({
      {0s, loaded(window(0, 3)), "load @2000; fetch 0.ts"},
      {1s, kSegmentFailed, "fetch 0.ts attempt 2 @1500"},
      {1600ms, kSegmentFailed, "given-up 0; fetch 1.ts hole"},
      {2s, loaded(window(1, 4, "t/")), "load @4000"},
      {2s, kSegmentFailed, "fetch t/1.ts hole attempt 2 @2500"},
      {3s, kSegmentFailed, "given-up 1 x2; fetch t/2.ts hole"},
      {3s, kSegmentFailed, "fetch t/2.ts hole attempt 2 @3500"},
      {4s, kFetched, "fetch t/3.ts"},
      {4s, kSegmentFailed, "fetch t/3.ts attempt 2 @4500"},
      {5s, kSegmentFailed, "given-up 3"},
  });
}

TEST_CASE("a segment that the playlist declares absent is not fetched") {
  auto p = window(0, 4);
  p.segments[1].gap = true;
  p.segments[1].discontinuity = true;
  p.segments[2].gap = true;
  play({
      {0s, loaded(ended(p)), "fetch 0.ts"},
      {1s, kFetched, "absent 1; absent 2; fetch 3.ts discontinuity hole"},
      {1s, kFetched, "end"},
  });
}

TEST_CASE("discontinuities are handed on, except before the first segment of all") {
  auto p = window(0, 4);
  p.segments[1].discontinuity = true;
  p.segments[3].discontinuity = true;
  play({
      {0s, loaded(p), "load @2000; fetch 1.ts"},
      {1s, kFetched, "fetch 2.ts"},
      {1s, kFetched, "fetch 3.ts discontinuity"},
      {1s, kSegmentFailed, "fetch 3.ts discontinuity attempt 2 @1500"},
      {2s, kSegmentFailed, "given-up 3"},
      {2s, loaded(window(1, 5)), "load @4000; fetch 4.ts discontinuity hole"},
  });
}

TEST_CASE("numbers that begin anew are joined again") {
  SUBCASE("far below the old ones") {
    play({
        {0s, loaded(window(500, 503)), "load @2000; fetch 500.ts"},
        {1s, kFetched, "fetch 501.ts"},
        {2s, loaded(window(0, 2)), "reset 0; load @4000"},
        {2s, kSegmentFailed, "given-up 501; fetch 0.ts discontinuity hole"}, // nowhere to be had any more
        {3s, kSegmentFailed, "fetch 0.ts discontinuity hole attempt 2 @3500"},
    });
  }
  SUBCASE("inside the old window, with other names") {
    play({
        {0s, loaded(window(0, 6, "old")), "load @2000; fetch old3.ts"},
        {1s, kFetched, "fetch old4.ts"},
        {2s, loaded(window(0, 2, "new")), "reset 0; load @4000"},
        {2s, kFetched, "fetch new0.ts discontinuity"},
    });
  }
  SUBCASE("inside the old window, with the same names") {
    play({
        {0s, loaded(window(0, 6)), "load @2000; fetch 3.ts"},
        {2s, loaded(window(0, 2)), "load @3000"},
        {4s, loaded(window(0, 4)), "load @5000"},
        {6s, loaded(window(0, 4)), "reset 1; load @8000"},
        {6s, kFetched, "fetch 1.ts discontinuity"},
    });
  }
  SUBCASE("far above") {
    play({
        {0s, loaded(window(0, 3)), "load @2000; fetch 0.ts"},
        {2s, loaded(window(1'700'000'000, 1'700'000'005)), "reset 1700000002; load @4000"},
        {2s, kFetched, "fetch 1700000002.ts discontinuity"},
    });
  }
  SUBCASE("in ranges of one file") {
    auto old = window(0, 6);
    for (std::size_t i = 0; i < old.segments.size(); ++i) {
      old.segments[i].uri = "all.ts";
      old.segments[i].range = ByteRange{10, 100 + 10 * i};
    }
    auto anew = old;
    anew.segments.resize(2);
    anew.segments[1].range = ByteRange{10, 0};
    play({
        {0s, loaded(old), "load @2000; fetch all.ts"},
        {2s, loaded(anew), "reset 0; load @4000"},
    });
  }
}

TEST_CASE("a server that lags behind the others, and tokens that change, are no restart") {
  play({
      {0s, loaded(window(0, 6, "a/")), "load @2000; fetch a/3.ts"},
      {2s, loaded(window(0, 5, "b/")), "load @3000"},
      {3s, loaded(window(1, 7, "c/")), "load @5000"},
      {5s, loaded(window(0, 6, "d/")), "load @6000"},
      {6s, loaded(window(0, 6, "e/")), "load @7000"},
      {6s, kFetched, "fetch c/4.ts"},
  });
}

TEST_CASE("tokens in queries that change are no restart") {
  const auto with_token = [](MediaPlaylist p, std::string_view token) {
    for (auto& segment : p.segments)
      (segment.uri += "?token=") += token;
    return p;
  };
  play({
      {0s, loaded(with_token(window(0, 6), "a/b")), "load @2000; fetch 3.ts?token=a/b"},
      {2s, loaded(with_token(window(0, 5), "c/d")), "load @3000"},
      {3s, loaded(with_token(window(1, 7), "e/f")), "load @5000"},
      {3s, kFetched, "fetch 4.ts?token=e/f"},
  });
}

TEST_CASE("an empty answer changes nothing") {
  play({
      {0s, loaded(window(0, 2)), "load @2000; fetch 0.ts"},
      {2s, loaded(window(0, 0)), "load @3000"},
      {2s, kFetched, "fetch 1.ts"},
  });
}

TEST_CASE("a playlist that loads and does not grow is told as frozen, once, until it grows") {
  play({
      {0s, loaded(window(0, 1)), "load @2000; fetch 0.ts"},
      {2s, loaded(window(0, 1)), "load @3000"},
      {4s, loaded(window(0, 1)), "load @5000"},
      {5s, loaded(window(0, 1)), "frozen 1; load @6000"},
      {6s, loaded(window(0, 1)), "load @7000"},
      {7s, loaded(window(0, 1)), "load @8000"},
      {8s, loaded(window(0, 2)), "load @10000"},
      {12s, loaded(window(0, 2)), "load @13000"},
      {13s, loaded(window(0, 2)), "frozen 2; load @14000"},
  });
  play({{0s, loaded(window(0, 0)), "load @1000"}, {6s, loaded(window(0, 0)), "frozen 0; load @7000"}});
  play({{0s, loaded(window(0, 1)), "load @2000; fetch 0.ts"},
        {2s, loaded(window(0, 1)), "frozen 1; load @3000"}},
       {.frozen_after = 1});
}

TEST_CASE("a playlist that does not load is told at once or after a while") {
  play({{0s, kPlaylistFailed, "playlist-lost 0; load @500"}, {1s, kPlaylistFailed, "load @1500"}});
  play({
      {0s, loaded(window(0, 1)), "load @2000; fetch 0.ts"},
      {2s, kPlaylistFailed, "load @3000"},
      {6s, kPlaylistFailed, "playlist-lost 1; load @7000"},
      {7s, kPlaylistFailed, "load @8000"},
      {8s, loaded(window(0, 2)), "load @10000"},
      {10s, kPlaylistFailed, "load @11000"},
      {14s, kPlaylistFailed, "playlist-lost 2; load @15000"},
  });
}

TEST_CASE("a segment comes with its key, and the key with its vector") {
  auto p = window(20, 23);
  p.keys = {{KeyMethod::Aes128, "implied", {}}, {KeyMethod::Aes128, "given", initialization_vector(7)}};
  p.segments[0].key = 0;
  p.segments[1].key = 1;
  Follower follower;
  const auto key_after = [&follower](FollowerEvent event) {
    const auto actions = follower.step(std::move(event), 0s);
    return std::get<FetchSegment>(actions.back()).key;
  };
  CHECK(key_after(loaded(p)) == Key{KeyMethod::Aes128, "implied", initialization_vector(20)});
  CHECK(key_after(kFetched) == Key{KeyMethod::Aes128, "given", initialization_vector(7)});
  CHECK_FALSE(key_after(kFetched));
}
