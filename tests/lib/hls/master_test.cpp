// SPDX-License-Identifier: LGPL-2.1-or-later
#include "hls/parse.hpp"

#include <doctest/doctest.h>

using namespace relevo::hls;

namespace {

struct Read {
  MasterPlaylist playlist;
  std::vector<Note> notes;
};

Read read(std::string_view text) {
  auto parsed = parse_playlist(text);
  if (!parsed) FAIL(parsed.error().message);
  REQUIRE(std::holds_alternative<MasterPlaylist>(parsed->playlist));
  return {std::get<MasterPlaylist>(std::move(parsed->playlist)), std::move(parsed->notes)};
}

} // namespace

TEST_CASE("variants and renditions are read, trick play is left out") {
  const auto [master, notes] =
      read("#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-INDEPENDENT-SEGMENTS\n"
           "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"aac\",NAME=\"English, stereo\",DEFAULT=YES,AUTOSELECT=YES,"
           "LANGUAGE=\"en\",URI=\"audio/en.m3u8\"\n"
           "#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID=\"cc\",NAME=\"CC\",INSTREAM-ID=\"CC1\"\n"
           "#EXT-X-STREAM-INF:BANDWIDTH=1280000,AVERAGE-BANDWIDTH=1000000,RESOLUTION=1280x720,"
           "CODECS=\"avc1.4d401f,mp4a.40.2\",FRAME-RATE=29.970,AUDIO=\"aac\"\n"
           "# a comment between the tag and its address\n"
           "mid/index.m3u8\n"
           "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=86000,URI=\"iframe.m3u8\"\n"
           "#EXT-X-STREAM-INF:PROGRAM-ID=1, BANDWIDTH=65000\n"
           "low/index.m3u8\n");
  CHECK(notes.empty());
  CHECK(master.independent_segments);
  REQUIRE(master.variants.size() == 2);
  const Variant expected{.uri = "mid/index.m3u8",
                         .bandwidth = 1'280'000,
                         .average_bandwidth = 1'000'000,
                         .resolution = Resolution{1280, 720},
                         .frame_rate = 29.97,
                         .codecs = "avc1.4d401f,mp4a.40.2",
                         .audio = "aac"};
  CHECK(master.variants[0] == expected);
  CHECK(master.variants[1].uri == "low/index.m3u8");
  CHECK(master.variants[1].bandwidth == 65'000);
  CHECK_FALSE(master.variants[1].resolution);
  REQUIRE(master.renditions.size() == 2);
  const Rendition english{.type = RenditionType::Audio,
                          .group = "aac",
                          .name = "English, stereo",
                          .language = "en",
                          .uri = "audio/en.m3u8",
                          .is_default = true,
                          .autoselect = true};
  CHECK(master.renditions[0] == english);
  CHECK(master.renditions[1].type == RenditionType::ClosedCaptions);
  CHECK(master.renditions[1].uri.empty());
}

TEST_CASE("faults of master playlists are noted") {
  const auto [master, notes] = read("#EXTM3U\n"
                                    "#EXT-X-STREAM-INF:BANDWIDTH=1\n"
                                    "#EXT-X-STREAM-INF:RESOLUTION=broad\n"
                                    "a.m3u8\n"
                                    "#EXT-X-MEDIA:TYPE=SMELL,GROUP-ID=\"x\"\n"
                                    "#EXTINF:4,\n"
                                    "a.ts\n"
                                    "#EXT-X-STREAM-INF:BANDWIDTH=2\n");
  REQUIRE(master.variants.size() == 1);
  CHECK(master.variants[0].uri == "a.m3u8");
  CHECK(master.renditions.empty());
  std::vector<std::string> messages;
  for (const auto& note : notes)
    messages.push_back(std::to_string(note.line) + " " + note.message);
  CHECK(messages == std::vector<std::string>{
                        "3 EXT-X-STREAM-INF without an address", "3 EXT-X-STREAM-INF without BANDWIDTH",
                        "5 unknown TYPE of EXT-X-MEDIA: \"SMELL\"", "8 EXT-X-STREAM-INF without an address",
                        "8 segments in a master playlist"});
}
