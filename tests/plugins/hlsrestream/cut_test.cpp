// SPDX-License-Identifier: LGPL-2.1-or-later
// What hlsrestream makes of streams: segments, parts, playlists.
#include "restream.hpp"

#include "gst/judge.hpp"
#include "gx/error.hpp"
#include "hls/reload.hpp"
#include "ts/psi.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <random>
#include <sstream>

using namespace relevo;
using namespace relevo::hlsrestream::test;
using relevo::test::decoding_errors_in;
using relevo::test::violations_in;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kPacket = 188;

ts::Pid pid_of(std::string_view packet) {
  return ts::PacketView{as_bytes(packet).data()}.pid();
}

/// Without what ffmpeg says of an open group of pictures whose leading pictures miss the group before: a
/// stream that has no IDR pictures cannot be entered without.
std::string without_known_noise(const std::string& complaints) {
  std::string rest;
  std::istringstream lines(complaints);
  for (std::string line; std::getline(lines, line);)
    if (!line.ends_with("mmco: unref short failure")) rest += line + '\n';
  return rest;
}

/// The output of a command; the test fails when it fails.
std::string output_of(std::vector<std::string> command) {
  std::vector<const gchar*> arguments;
  for (const auto& argument : command)
    arguments.push_back(argument.c_str());
  arguments.push_back(nullptr);
  gx::GlibError error;
  const auto flags = GSubprocessFlags(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  const auto process = gx::Ref<GSubprocess>::adopt(g_subprocess_newv(arguments.data(), flags, error.out()));
  REQUIRE_MESSAGE(process, error.text());
  gchar* out = nullptr;
  g_subprocess_communicate_utf8(process.get(), nullptr, nullptr, &out, nullptr, error.out());
  const gx::CString owned(out);
  REQUIRE_MESSAGE(g_subprocess_get_successful(process.get()), out);
  return out;
}

/// How many packets ffprobe finds in each stream of a file or playlist.
std::string packets_in(const std::string& what) {
  return output_of({"ffprobe", "-v", "error", "-count_packets", "-show_entries",
                    "stream=codec_type,nb_read_packets", "-of", "csv=p=0", what});
}

} // namespace

TEST_CASE("segments are the stream as it came, and each can be played alone") {
  std::mt19937 random(1);
  for (const std::string clip : {"h264_1080p25", "h264_720p50", "h264_opengop", "h265_1080p25", "mpeg2_576i",
                                 "ac3", "eac3", "radio_aac", "radio_mp2", "broadcast"}) {
    CAPTURE(clip);
    const std::string stream = spliced({clip});
    Restream restream("target-duration=2 playlist-type=event");
    restream.run(stream, 188 + random() % 70'000);
    REQUIRE(restream.playlist().segments.size() > 2);
    CHECK(stream.ends_with(restream.all_segments()));
    CHECK(stream.size() - restream.all_segments().size() < 10 * kPacket);
    for (const auto& file : restream.files()) {
      CAPTURE(file.first);
      const std::string& segment = file.second;
      CHECK(pid_of(segment) == ts::kPatPid);
      CHECK(violations_in(segment) == "");
      CHECK(without_known_noise(decoding_errors_in(segment)) == "");
    }
  }
}

TEST_CASE("any blocks give the same segments and playlists") {
  const std::string stream = spliced({"ac3"});
  Restream whole("target-duration=2 part-duration=500");
  whole.run(stream, stream.size());
  for (const std::size_t block : {1316, 999, 65'536}) {
    Restream restream("target-duration=2 part-duration=500");
    restream.run(stream, block);
    CHECK(restream.files() == whole.files());
    CHECK(restream.playlists().size() == whole.playlists().size());
  }
}

TEST_CASE("players play what is in the folder") {
  TemporaryFolder folder;
  const std::string stream = spliced({"h264_1080p25", "h264_1080p25_nob"});
  Restream restream("playlist-type=vod target-duration=4 location=" + folder.playlist());
  restream.run(stream);
  CHECK(output_of({"ffmpeg", "-v", "error", "-i", folder.playlist(), "-map", "0:v", "-map", "0:a", "-f",
                   "null", "-"}) == "");
  const auto copy = folder.path() / "whole";
  std::ofstream(copy, std::ios::binary) << restream.all_segments();
  CHECK(packets_in(folder.playlist()) == packets_in(copy));
}

TEST_CASE("a discontinuity is exactly where codec or picture change") {
  Restream restream("playlist-type=event target-duration=2");
  restream.run(spliced({"h264_1080p25", "h264_1080p25_nob", "h265_1080p25", "h265_1080p25"}));
  std::size_t count = 0;
  for (const auto& segment : restream.playlist().segments) {
    const std::string bytes = restream.files().at(segment.uri);
    count += segment.discontinuity;
    CHECK(violations_in(bytes) == "");
  }
  CHECK(count == 1);
  CHECK(restream.decisions("segment").size() == restream.playlist().segments.size());
}

TEST_CASE("the target duration holds, and is raised by nothing but a longer group of pictures") {
  const std::string stream = spliced({"h264_1080p25", "h264_720p50"}); // groups of 2 s and 1 s
  for (const int target : {1, 2, 3, 5}) {
    CAPTURE(target);
    Restream restream("playlist-type=event target-duration=" + std::to_string(target));
    restream.run(stream);
    CHECK(restream.playlist().target_duration.count() == std::max(target, 2));
    CHECK(restream.linter.raises() == 0);
    CHECK(restream.decisions("raise-target").size() == (target == 1 ? 1 : 0));
  }
}

TEST_CASE("a live window keeps its length, and files go when nobody can ask for them") {
  TemporaryFolder folder;
  Restream restream("playlist-length=3 target-duration=1 location=" + folder.playlist());
  restream.run(spliced({"h264_720p50", "h264_720p50", "h264_720p50"}));
  CHECK(restream.playlist().segments.size() <= 4);
  const auto gone = restream.decisions("delete").size();
  CHECK(gone > 10);
  CHECK(restream.files().size() == restream.names().size() - gone);
  std::vector<std::string> wanted{"tv.m3u8"};
  for (const auto& [name, bytes] : restream.files()) {
    wanted.push_back(name);
    CHECK(content_of(folder.path() / name) == bytes);
  }
  std::ranges::sort(wanted);
  CHECK(folder.names() == wanted);
  CHECK(content_of(folder.playlist()) == restream.playlists().back());
}

TEST_CASE("EOS ends the playlist where that is asked for") {
  const std::string stream = spliced({"radio_aac"});
  struct Row {
    std::string properties;
    bool ended;
  };
  for (const Row& row : {Row{"", true},
                         {"end-list=false", false},
                         {"playlist-type=event", true},
                         {"playlist-type=vod end-list=false", true}}) {
    CAPTURE(row.properties);
    Restream restream("target-duration=1 " + row.properties);
    restream.run(stream);
    CHECK(restream.playlist().ended == row.ended);
    CHECK(restream.decisions("end").size() == (row.ended ? 1 : 0));
    CHECK(stream.ends_with(restream.segment(restream.playlist().end_sequence() - 1)));
  }
}

TEST_CASE("a VOD playlist is shown once, at the end, also where that is a stop") {
  const std::string stream = spliced({"radio_aac"});
  Restream restream("target-duration=1 playlist-type=vod part-duration=200");
  REQUIRE(restream.start());
  restream.push(stream);
  CHECK(restream.playlists().empty());
  restream.stop();
  REQUIRE(restream.playlists().size() == 1);
  CHECK(restream.playlist().ended);
  CHECK_FALSE(restream.playlist().part_target);
}

TEST_CASE("a part is there as soon as it is complete, and answers those who wait for it") {
  const std::string stream = spliced({"h264_1080p25"});
  Restream restream("target-duration=2 part-duration=400 can-block-reload=true");
  std::optional<hls::MediaPlaylist> before;
  std::size_t answered = 0;
  restream.on_playlist = [&] {
    const auto& now = restream.playlist();
    if (before) {
      const auto msn = std::to_string(before->end_sequence());
      const auto part = std::to_string(before->open ? before->open->parts.size() : 0);
      CHECK(hls::judge_reload(*before, {msn, part}) == hls::Reload::Wait);
      // A segment ends right behind its last part, which then was there in time.
      if (!now.ended && hls::judge_reload(now, {msn, part}) == hls::Reload::Ready) {
        ++answered;
        CHECK(restream.names().back().starts_with("segment-" + msn));
      }
    }
    before = now;
  };
  restream.run(stream, kPacket);
  CHECK(answered >= 19);
  CHECK(restream.decisions("part").size() == 20);
  for (const auto& segment : restream.playlist().segments) {
    std::string parts;
    for (std::size_t i = 0; i < segment.parts.size(); ++i) {
      parts += restream.files().at(segment.parts[i].uri);
      const bool last = &segment == &restream.playlist().segments.back() && i + 1 == segment.parts.size();
      CHECK((last || segment.parts[i].duration == 400ms));
      CHECK(segment.parts[i].independent == (i == 0));
    }
    CHECK(parts == restream.files().at(segment.uri));
  }
}
