// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hls/parse.hpp"

#include <doctest/doctest.h>
#include <functional>

using namespace relevo;
using namespace relevo::hls;
using namespace std::chrono_literals;

namespace {

struct Read {
  MediaPlaylist playlist;
  std::vector<Note> notes;
};

Read read(std::string_view text) {
  auto parsed = parse_playlist(text);
  if (!parsed) FAIL(parsed.error().message);
  REQUIRE(std::holds_alternative<MediaPlaylist>(parsed->playlist));
  CHECK(parsed->faults == parsed->notes.size());
  return {std::get<MediaPlaylist>(std::move(parsed->playlist)), std::move(parsed->notes)};
}

/// Body lines behind a header that has no fault of its own.
Read read_body(std::string_view body) {
  return read("#EXTM3U\n#EXT-X-TARGETDURATION:10\n" + std::string(body));
}

WallTime at(std::int64_t milliseconds) {
  return WallTime{std::chrono::milliseconds(milliseconds)};
}

} // namespace

TEST_CASE("a live window as most servers write it") {
  const auto [list, notes] = read("#EXTM3U\r\n"
                                  "#EXT-X-VERSION:3\r\n"
                                  "#EXT-X-ALLOW-CACHE:NO\r\n"
                                  "#EXT-X-MEDIA-SEQUENCE:2680\r\n"
                                  "#EXT-X-DISCONTINUITY-SEQUENCE:4\r\n"
                                  "#EXT-X-TARGETDURATION:8\r\n"
                                  "\r\n"
                                  "#EXTINF:7.975,\r\n"
                                  "https://priv.example.com/fileSequence2680.ts\r\n"
                                  "#EXT-X-DISCONTINUITY\r\n"
                                  "#EXT-X-PROGRAM-DATE-TIME:2010-02-19T14:54:23.031+08:00\r\n"
                                  "#EXTINF:7.941,News, sport\r\n"
                                  "2681.ts?token=a,b\r\n"
                                  "#EXTINF:1.9600000381469727\r\n"
                                  "2682.ts");
  CHECK(notes.empty());
  CHECK(list.target_duration == 8s);
  CHECK(list.media_sequence == 2680);
  CHECK(list.end_sequence() == 2683);
  CHECK(list.discontinuity_sequence == 4);
  CHECK_FALSE(list.complete());
  REQUIRE(list.segments.size() == 3);
  CHECK(list.segments[0].uri == "https://priv.example.com/fileSequence2680.ts");
  CHECK(list.segments[0].duration == 7'975ms);
  CHECK_FALSE(list.segments[0].discontinuity);
  CHECK(list.segments[1].uri == "2681.ts?token=a,b");
  CHECK(list.segments[1].title == "News, sport");
  CHECK(list.segments[1].discontinuity);
  CHECK(list.segments[1].time == at(1'266'562'463'031));
  CHECK(list.segments[2].duration == 1'960'000us);
  CHECK_FALSE(list.segments[2].time);
}

TEST_CASE("durations are rounded to microseconds") {
  const auto duration = [](std::string_view text) {
    return read_body("#EXTINF:" + std::string(text) + ",\na\n").playlist.segments.at(0).duration;
  };
  CHECK(duration("4") == 4s);
  CHECK(duration("+4.") == 4s);
  CHECK(duration(".5") == 500ms);
  CHECK(duration("1.0000004") == 1s);
  CHECK(duration("1.9999995") == 2s);
}

TEST_CASE("tags of the whole playlist") {
  CHECK(read_body("#EXT-X-ENDLIST\n").playlist.complete());
  CHECK(read_body("#EXT-X-PLAYLIST-TYPE:VOD\n").playlist.complete());
  CHECK_FALSE(read_body("#EXT-X-PLAYLIST-TYPE:EVENT\n").playlist.complete());
  CHECK(read_body("#EXT-X-PLAYLIST-TYPE:EVENT\n").playlist.type == PlaylistType::Event);
  CHECK(read_body("#EXT-X-INDEPENDENT-SEGMENTS\n").playlist.independent_segments);
  CHECK(read_body("#EXT-X-START:TIME-OFFSET=-12.5,PRECISE=YES\n").playlist.start == Start{-12'500ms, true});
  CHECK(read_body("#EXT-X-START:TIME-OFFSET=99999999\n").playlist.start == Start{kMaxDuration, false});
  CHECK(read_body("#EXT-X-SKIP:SKIPPED-SEGMENTS=3\n#EXT-X-MEDIA-SEQUENCE:5\n").playlist.first_sequence() ==
        8);
}

TEST_CASE("byte ranges go on where the one before ended, in the same resource") {
  const auto [list, notes] = read_body("#EXT-X-BYTERANGE:1000@200\n#EXTINF:4,\nall.ts\n"
                                       "#EXTINF:4,\n#EXT-X-BYTERANGE:500\nall.ts\n"
                                       "#EXTINF:4,\n#EXT-X-BYTERANGE:7@0\nall.ts\n"
                                       "#EXTINF:4,\nwhole.ts\n");
  CHECK(notes.empty());
  REQUIRE(list.segments.size() == 4);
  CHECK(list.segments[0].range == ByteRange{1000, 200});
  CHECK(list.segments[1].range == ByteRange{500, 1200});
  CHECK(list.segments[2].range == ByteRange{7, 0});
  CHECK_FALSE(list.segments[3].range);
}

TEST_CASE("keys hold until the next one, are kept once, and NONE ends them") {
  const auto [list, notes] = read_body(
      "#EXTINF:4,\n0.ts\n"
      "#EXT-X-KEY:METHOD=AES-128,URI=\"https://k/key?a=1,2\",IV=0x000102030405060708090A0B0C0D0E0F\n"
      "#EXTINF:4,\n1.ts\n"
      "#EXT-X-KEY:METHOD=AES-128,URI=\"https://k/key?a=1,2\",IV=0x000102030405060708090a0b0c0d0e0f\n"
      "#EXTINF:4,\n2.ts\n"
      "#EXT-X-KEY:METHOD=NONE\n#EXTINF:4,\n3.ts\n"
      "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"k2\",KEYFORMAT=\"identity\"\n#EXTINF:4,\n4.ts\n");
  CHECK(notes.empty());
  REQUIRE(list.segments.size() == 5);
  CHECK_FALSE(list.segments[0].key);
  CHECK(list.segments[1].key == 0);
  CHECK(list.segments[2].key == 0);
  CHECK_FALSE(list.segments[3].key);
  CHECK(list.segments[4].key == 1);
  REQUIRE(list.keys.size() == 2);
  CHECK(list.keys[0].method == KeyMethod::Aes128);
  CHECK(list.keys[0].uri == "https://k/key?a=1,2");
  CHECK(list.keys[0].iv == Iv{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15});
  CHECK(list.keys[1] == Key{KeyMethod::SampleAes, "k2", std::nullopt});
}

TEST_CASE("of keys for several licence systems the plain one counts, in either order") {
  constexpr std::string_view kPlain = "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"plain\"\n";
  constexpr std::string_view kLicence =
      "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=\"skd://x\",KEYFORMAT=\"com.apple.streamingkeydelivery\"\n";
  for (const auto& text :
       {std::string(kPlain) + std::string(kLicence), std::string(kLicence) + std::string(kPlain)}) {
    const auto list = read_body(text + "#EXTINF:4,\n0.ts\n").playlist;
    REQUIRE(list.keys.size() == 1);
    CHECK(list.keys[0].uri == "plain");
  }
  const auto list =
      read_body(std::string(kPlain) + "#EXTINF:4,\n0.ts\n" + std::string(kLicence) + "#EXTINF:4,\n1.ts\n")
          .playlist;
  REQUIRE(list.keys.size() == 2);
  CHECK(list.segments[1].key == 1);
  CHECK(list.keys[1].method == KeyMethod::Other);
}

TEST_CASE("a vector that is not given is the sequence number") {
  CHECK(initialization_vector(0x0123456789abcdef) ==
        Iv{0, 0, 0, 0, 0, 0, 0, 0, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef});
  const auto short_one = read_body("#EXT-X-KEY:METHOD=AES-128,URI=\"k\",IV=0X1fe\n#EXTINF:1,\na\n").playlist;
  CHECK(short_one.keys.at(0).iv == Iv{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01, 0xfe});
}

TEST_CASE("fragmented MP4 shows by its map") {
  const auto [list, notes] =
      read_body("#EXT-X-MAP:URI=\"init.mp4\",BYTERANGE=\"720@0\"\n#EXTINF:4,\n0.m4s\n"
                "#EXTINF:4,\n1.m4s\n#EXT-X-MAP:URI=\"init2.mp4\"\n#EXTINF:4,\n2.m4s\n");
  CHECK(notes.empty());
  REQUIRE(list.maps.size() == 2);
  CHECK(list.maps[0] == Map{"init.mp4", ByteRange{720, 0}});
  CHECK(list.maps[1] == Map{"init2.mp4", std::nullopt});
  CHECK(list.segments.at(1).map == 0);
  CHECK(list.segments.at(2).map == 1);
}

TEST_CASE("a low-latency playlist") {
  const auto [list, notes] =
      read("#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-VERSION:6\n"
           "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.0,CAN-SKIP-UNTIL=12.0,HOLD-BACK=12\n"
           "#EXT-X-PART-INF:PART-TARGET=0.33334\n#EXT-X-MEDIA-SEQUENCE:266\n"
           "#EXTINF:4.00008,\nfileSequence266.mp4\n"
           "#EXT-X-PART:DURATION=0.33334,URI=\"all.mp4\",BYTERANGE=\"100@0\",INDEPENDENT=YES\n"
           "#EXT-X-PART:DURATION=0.33334,URI=\"all.mp4\",BYTERANGE=\"50\"\n"
           "#EXTINF:4.00008,\nfileSequence267.mp4\n"
           "#EXT-X-DISCONTINUITY\n#EXT-X-PROGRAM-DATE-TIME:2019-02-14T02:14:00.106Z\n"
           "#EXT-X-PART:DURATION=0.33334,URI=\"filePart268.a.mp4\",INDEPENDENT=YES\n"
           "#EXT-X-PART:DURATION=0.33334,URI=\"filePart268.b.mp4\",GAP=YES\n"
           "#EXT-X-PRELOAD-HINT:TYPE=MAP,URI=\"init.mp4\"\n"
           "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"filePart268.c.mp4\",BYTERANGE-START=20,BYTERANGE-LENGTH=9\n"
           "#EXT-X-RENDITION-REPORT:URI=\"../1M/waitForMSN.php\",LAST-MSN=273,LAST-PART=2\n");
  CHECK(notes.empty());
  CHECK(list.server_control == ServerControl{12s, 12s, 1s, true});
  CHECK(list.part_target == 333'340us);
  REQUIRE(list.segments.size() == 2);
  CHECK(list.segments[0].parts.empty());
  REQUIRE(list.segments[1].parts.size() == 2);
  CHECK(list.segments[1].parts[0] == Part{"all.mp4", 333'340us, ByteRange{100, 0}, true, false});
  CHECK(list.segments[1].parts[1] == Part{"all.mp4", 333'340us, ByteRange{50, 100}, false, false});
  REQUIRE(list.open);
  CHECK(list.open->discontinuity);
  CHECK(list.open->time == at(1'550'110'440'106));
  REQUIRE(list.open->parts.size() == 2);
  CHECK(list.open->parts[0].independent);
  CHECK(list.open->parts[1].gap);
  CHECK(list.preload == PreloadHint{"filePart268.c.mp4", 20, 9});
}

TEST_CASE("dates of all dialects") {
  struct Row {
    std::string_view text;
    std::optional<std::int64_t> expected;
  };
  static constexpr Row kRows[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"1970-01-01T00:00:00", 0},
      {"1970-01-01 00:00:01.5", 1'500},
      {"1970-01-01t00:00:00,25z", 250},
      {"1970-01-01T00:00:00.123456789Z", 123},
      {"1970-01-01T01:00:00+01:00", 0},
      {"1970-01-01T01:30:00+0130", 0},
      {"1969-12-31T19:00:00-05", 0},
      {"2024-02-29T12:00:00Z", 1'709'208'000'000},
      {"2016-12-31T23:59:60Z", 1'483'228'800'000},
      {"1970-01-01T00:00:00+00:01", std::nullopt},
      {"9999-12-31T23:59:59-01:00", std::nullopt},
      {"2023-02-29T12:00:00Z", std::nullopt},
      {"2024-01-01T24:00:00Z", std::nullopt},
      {"2024-01-01T00:60:00Z", std::nullopt},
      {"2024-01-01T00:00:00.Z", std::nullopt},
      {"2024-01-01T00:00:00 UTC", std::nullopt},
      {"2024-01-01T00:00:00+1", std::nullopt},
      {"2024-01-01", std::nullopt},
      {"", std::nullopt},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.text);
    const auto [list, notes] =
        read_body("#EXT-X-PROGRAM-DATE-TIME:" + std::string(row.text) + "\n#EXTINF:1,\na.ts\n");
    const auto time = list.segments.at(0).time;
    CHECK(time == (row.expected ? std::optional(at(*row.expected)) : std::nullopt));
    CHECK(notes.size() == (row.expected ? 0 : 1));
  }
}

TEST_CASE("faults are repaired and told with their line") {
  struct Row {
    std::string_view body; // begins on line 3
    std::string_view note;
    std::size_t line;
    std::function<bool(const MediaPlaylist&)> holds;
  };
  const auto first_lasts = [](Duration duration) {
    return [duration](const MediaPlaylist& p) { return p.segments.at(0).duration == duration; };
  };
  const auto sequence_is = [](std::uint64_t number) {
    return [number](const MediaPlaylist& p) { return p.media_sequence == number; };
  };
  const Row rows[] = {
      {"#EXTINF:-1,\na\n", "EXTINF is negative", 3, first_lasts(0s)},
      {"#EXTINF:1e9,\na\n", "EXTINF is no duration", 3, first_lasts(0s)},
      {"#EXTINF:nan,\na\n", "EXTINF is no duration", 3, first_lasts(0s)},
      {"#EXTINF:,\na\n", "EXTINF is no duration", 3, first_lasts(0s)},
      {"#EXTINF:99999999999999999999999,\na\n", "EXTINF is absurdly long", 3, first_lasts(kMaxDuration)},
      {"a\n", "an address without EXTINF", 3, first_lasts(0s)},
      {"#EXTINF:1,\na\n#EXTINF:1,\n", "EXTINF without an address", 5,
       [](const MediaPlaylist& p) { return p.segments.size() == 1 && !p.open; }},
      {"#EXT-X-MEDIA-SEQUENCE:-1\n", "no number: \"-1\"", 3, sequence_is(0)},
      {"#EXT-X-MEDIA-SEQUENCE:\n", "no number: \"\"", 3, sequence_is(0)},
      {"\n#EXT-X-MEDIA-SEQUENCE:18446744073709551617\n", "a number is too long", 4,
       sequence_is(446744073709551617)},
      {"#EXT-X-BYTERANGE:5\n#EXTINF:1,\na\n", "a byte range without its offset, and none to go on from", 5,
       [](const MediaPlaylist& p) {
         return p.segments.at(0).range == ByteRange{5, 0};
       }},
      {"#EXT-X-BYTERANGE:5@9223372036854775807\n#EXTINF:1,\na\n",
       "malformed byte range: \"5@9223372036854775807\"", 5,
       [](const MediaPlaylist& p) { return !p.segments.at(0).range; }},
      {"#EXT-X-KEY:METHOD=AES-128\n#EXTINF:1,\na\n", "EXT-X-KEY without an address", 3,
       [](const MediaPlaylist& p) { return p.segments.at(0).key == 0; }},
      {"#EXT-X-KEY:METHOD=AES-128,URI=\"k\",IV=0xgg\n#EXTINF:1,\na\n",
       "EXT-X-KEY with a malformed IV: \"0xgg\"", 3, [](const MediaPlaylist& p) { return !p.keys.at(0).iv; }},
      {"#EXT-X-MAP:BYTERANGE=\"1@0\"\n#EXTINF:1,\na\n", "EXT-X-MAP without an address", 3,
       [](const MediaPlaylist& p) { return p.segments.at(0).map == 0; }},
      {"#EXT-X-PART:DURATION=1,URI=\"a\"\n#EXT-X-PART:DURATION=1,URI=\"a\",BYTERANGE=\"5\"\n",
       "a byte range without its offset, and none to go on from", 4,
       [](const MediaPlaylist& p) {
         return p.open.value().parts.at(1).range == ByteRange{5, 0};
       }},
      {"#EXT-X-PART:DURATION=1\n", "EXT-X-PART without an address", 3,
       [](const MediaPlaylist& p) { return !p.open; }},
      {"#EXT-X-PLAYLIST-TYPE:LIVE\n", "unknown EXT-X-PLAYLIST-TYPE: \"LIVE\"", 3,
       [](const MediaPlaylist& p) { return p.type == PlaylistType::Live; }},
      {"#EXT-X-START:PRECISE=YES\n", "EXT-X-START without an offset", 3,
       [](const MediaPlaylist& p) { return !p.start; }},
      {"#EXT-X-TARGETDURATION:-3\n", "EXT-X-TARGETDURATION is negative", 3,
       [](const MediaPlaylist& p) { return p.target_duration == 10s; }},
  };
  for (const auto& row : rows) {
    CAPTURE(row.body);
    const auto [list, notes] = read_body(row.body);
    REQUIRE(notes.size() >= 1);
    CHECK(notes[0].message == row.note);
    CHECK(notes[0].line == row.line);
    CHECK(row.holds(list));
  }
}

TEST_CASE("a missing or absurd target duration is taken from the segments") {
  const auto target = [](std::string_view text) { return read(text).playlist.target_duration; };
  CHECK(target("#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:4.2,\na\n#EXTINF:5.5,\nb\n") == 6s);
  CHECK(target("#EXTM3U\n#EXT-X-TARGETDURATION:0\n#EXTINF:4.2,\na\n") == 5s);
  CHECK(target("#EXTM3U\n") == 1s);
  CHECK(target("#EXTM3U\n#EXT-X-TARGETDURATION:9.6\n") == 10s);
  CHECK(target("#EXTM3U\n#EXT-X-TARGETDURATION:4294967296\n") == kMaxDuration);
}

TEST_CASE("attribute lists of all dialects") {
  const auto uri = [](std::string_view attributes) {
    return read_body("#EXT-X-MAP:" + std::string(attributes) + "\n#EXTINF:1,\na\n").playlist.maps.at(0).uri;
  };
  CHECK(uri("URI=\"a,b=c\",X=\"URI=no\"") == "a,b=c");
  CHECK(uri("X=\"1,URI=no\" , URI = \"yes\"") == "yes");
  CHECK(uri("URI=bare,X=1") == "bare");
  CHECK(uri("URI=bare\"quote,X=1") == "bare");
  CHECK(uri("URI=\"open") == "open");
  CHECK(uri("junk,,=,URI=\"a\"") == "a");
  CHECK(uri("URI=\"a\",URI=\"b\"") == "a");
  CHECK(uri("X=1") == "");
}

TEST_CASE("what is no HLS playlist is refused, with what was seen and where") {
  struct Row {
    std::string_view text;
    std::string_view message;
    std::size_t line;
  };
  static constexpr Row kRows[] = {
      {"", "the playlist is empty", 1},
      {"\xef\xbb\xbf\r\n\r\n", "the playlist is empty", 1},
      {"<!DOCTYPE html>\n<html>", "this is a web page or XML: expected #EXTM3U, saw \"<!DOCTYPE html>\"", 1},
      {"\n\n  <html>", "this is a web page or XML: expected #EXTM3U, saw \"<html>\"", 3},
      {"{\"error\":\"\x01\xc3\xa9\"}", "this is no playlist: expected #EXTM3U, saw \"{\"error\":\"???\"}\"",
       1},
      {"#EXTINF:4,\na.ts\n", "this is no playlist: expected #EXTM3U, saw \"#EXTINF:4,\"", 1},
      {"0123456789012345678901234567890123456789tail",
       "this is no playlist: expected #EXTM3U, saw \"0123456789012345678901234567890123456789…\"", 1},
      {"#EXTM3U x-tvg-url=\"http://g\"\n#EXTINF:-1 tvg-id=\"a\",A\nhttp://h/1.ts\n",
       "this is a list of channels, not an HLS playlist: an EXTINF is negative", 2},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.text);
    const auto parsed = parse_playlist(row.text);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error().message == row.message);
    CHECK(parsed.error().offset == row.line);
  }
}

TEST_CASE("a byte order mark, blank lines and a header with attributes are no fault") {
  for (const std::string head : {"\xef\xbb\xbf#EXTM3U\n", "\r\n \n#EXTM3U\r\n", "#EXTM3U url-tvg=\"x\"\n"}) {
    CAPTURE(head);
    const auto [list, notes] = read(head + "#EXT-X-TARGETDURATION:4\n#EXTINF:4,\na.ts\n");
    CHECK(notes.empty());
    CHECK(list.segments.size() == 1);
  }
}

TEST_CASE("size, entries and notes are bounded") {
  std::string text = "#EXTM3U\n";
  for (std::size_t i = 0; i < kMaxPlaylistEntries; ++i)
    text += "a\n";
  const auto most = parse_playlist(text);
  REQUIRE(most.has_value());
  CHECK(most->faults == kMaxPlaylistEntries + 1); // no EXTINF, no target duration
  CHECK(most->notes.size() == kMaxNotes);
  const auto more = parse_playlist(text + "#EXT-X-PART:URI=\"b\"\n");
  REQUIRE_FALSE(more.has_value());
  CHECK(more.error().offset == kMaxPlaylistEntries + 2);
  const auto large = parse_playlist(std::string(kMaxPlaylistSize + 1, '#'));
  REQUIRE_FALSE(large.has_value());
  CHECK(large.error().message == "the playlist has 16777217 bytes, more than 16777216");
}
