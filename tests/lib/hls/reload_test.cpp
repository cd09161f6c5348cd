// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hls/reload.hpp"

#include <doctest/doctest.h>

using namespace relevo::hls;
using namespace std::chrono_literals;

namespace {

/// Segments 10 and 11 with two parts each, and two parts of 12.
MediaPlaylist low_latency() {
  MediaPlaylist playlist;
  playlist.media_sequence = 10;
  playlist.part_target = 500ms;
  playlist.segments.resize(2);
  for (auto& segment : playlist.segments)
    segment.parts.resize(2);
  playlist.open.emplace();
  playlist.open->parts.resize(2);
  return playlist;
}

} // namespace

TEST_CASE("the answer to a blocking reload") {
  using enum Reload;
  struct Row {
    std::optional<std::string_view> msn, part;
    Reload answer;
  };
  const auto judge = [](const MediaPlaylist& playlist, std::initializer_list<Row> rows) {
    for (const Row& row : rows) {
      CAPTURE(row.msn.value_or("-"));
      CAPTURE(row.part.value_or("-"));
      CHECK(judge_reload(playlist, {row.msn, row.part}) == row.answer);
    }
  };
  auto playlist = low_latency();
  SUBCASE("whole segments") {
    judge(playlist, {{{}, {}, Ready},
                     {"0", {}, Ready},
                     {"11", {}, Ready},
                     {"12", {}, Wait},
                     {"13", {}, Wait},
                     {"14", {}, TooFarAhead},
                     {"18446744073709551615", {}, TooFarAhead}});
  }
  SUBCASE("parts") {
    judge(playlist, {{"9", "7", Ready},
                     {"10", "1", Ready},
                     {"10", "2", Ready}, // the first of 11
                     {"11", "1", Ready},
                     {"11", "2", Ready}, // the first of 12
                     {"12", "0", Ready},
                     {"12", "1", Ready},
                     {"12", "2", Wait},
                     {"12", "7", Wait}, // six parts make 3 s
                     {"12", "8", TooFarAhead},
                     {"13", "0", Wait},
                     {"13", "7", TooFarAhead},
                     {"14", "0", TooFarAhead}});
    playlist.open.reset();
    judge(playlist, {{"11", "2", Wait}, {"12", "0", Wait}, {"12", "5", Wait}, {"12", "6", TooFarAhead}});
    playlist.part_target = 2s;
    judge(playlist, {{"12", "2", Wait}, {"12", "3", TooFarAhead}});
  }
  SUBCASE("a playlist without parts") {
    playlist = MediaPlaylist{};
    playlist.segments.resize(3);
    judge(playlist, {{"2", "0", Ready}, {"2", "1", Ready}, {"3", "0", Wait}, {"5", "0", TooFarAhead}});
  }
  SUBCASE("a playlist without anything") {
    playlist = MediaPlaylist{};
    playlist.part_target = 500ms;
    judge(playlist, {{"0", "0", Wait}, {"0", {}, Wait}, {"1", {}, Wait}, {"2", {}, TooFarAhead}});
  }
  SUBCASE("nothing will come") {
    playlist.ended = true;
    judge(playlist, {{"12", "2", Ready}, {"99", {}, Ready}});
  }
  SUBCASE("nonsense") {
    judge(playlist, {{{}, "1", Nonsense},
                     {"", {}, Nonsense},
                     {"twelve", {}, Nonsense},
                     {"-1", {}, Nonsense},
                     {"12", "", Nonsense},
                     {"12", "1.5", Nonsense},
                     {"99999999999999999999", {}, Nonsense}});
    playlist.ended = true;
    judge(playlist, {{"twelve", {}, Nonsense}});
  }
}
