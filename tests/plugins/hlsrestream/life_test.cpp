// SPDX-License-Identifier: LGPL-2.1-or-later
// Starts and stops of hlsrestream, its memory, and everything that goes wrong.
#include "restream.hpp"

#include "gstx/buffer_map.hpp"
#include "hls/write.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <sys/resource.h>

using namespace relevo;
using namespace relevo::hlsrestream::test;
using namespace std::chrono_literals;
using relevo::test::count_descriptors;
using relevo::test::count_threads;
using relevo::test::init_gstreamer;

namespace {

/// About 8 s in segments of 1 s.
const std::string& radio() {
  static const std::string stream = spliced({"radio_aac"});
  return stream;
}

std::string in(const TemporaryFolder& folder, const std::string& properties = "") {
  return "target-duration=1 location=" + folder.playlist() + ' ' + properties;
}

hls::MediaPlaylist parsed(const std::string& text) {
  auto playlist = hls::parse_playlist(text);
  REQUIRE(playlist.has_value());
  return std::get<hls::MediaPlaylist>(std::move(playlist->playlist));
}

/// Bounds the size of files that this process writes.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t size) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{size, before_.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &now) == 0);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

} // namespace

TEST_CASE("a start goes on behind what the folder holds") {
  TemporaryFolder folder;
  std::vector<hls::Segment> before;
  std::uint64_t next = 0;
  hls::test::PlaylistLinter linter([](bool law, const char* name) { CHECK_MESSAGE(law, std::string(name)); });
  for (int run = 0; run < 3; ++run) {
    CAPTURE(run);
    Restream restream(in(folder, run == 1 ? "end-list=false" : ""));
    restream.run(radio());
    for (const auto& text : restream.playlists())
      linter.check(text);
    const auto first = parsed(restream.playlists().front());
    if (run > 0) {
      CHECK(first.segments.back().discontinuity);
      CHECK(first.segments[first.segments.size() - 2] == before.back());
      CHECK(restream.decisions("continue").size() == 1);
    }
    CHECK(restream.names().front() == "tv-" + std::to_string(next) + ".ts");
    before = restream.playlist().segments;
    next = restream.playlist().end_sequence();
    linter.restart();
  }
  CHECK(linter.last()->discontinuity_sequence == 2);
}

TEST_CASE("a start cleans up after a crash, and uses no number twice") {
  TemporaryFolder folder;
  { Restream(in(folder, "end-list=false part-duration=500")).run(radio()); }
  const auto write = [&](const std::string& name) { std::ofstream(folder.path() / name) << name; };
  auto old = parsed(content_of(folder.playlist()));
  const auto last = old.end_sequence() - 1;
  write(".tv-99.ts.tmp");                          // was being written
  write("tv-" + std::to_string(last + 1) + ".ts"); // was written, and the playlist was not
  for (const std::string name : {"tv-0.ts", "tv-1.0.ts"})
    std::filesystem::last_write_time(folder.path() / name,
                                     std::filesystem::file_time_type::clock::now() - 1h);
  write("tv-2024.ts"); // so is this
  write("other.ts");   // is none of ours
  std::filesystem::remove(folder.path() / old.segments.back().uri);
  Restream restream(in(folder, "part-duration=500"));
  restream.run(radio());
  CHECK(restream.names()[0] == "tv-" + std::to_string(last + 1) + ".0.ts");
  const auto first = parsed(restream.playlists()[0]);
  CHECK(first.segments.back().gap);
  CHECK_FALSE(first.segments.front().gap);
  CHECK(restream.complaints(GST_MESSAGE_WARNING).empty());
  const auto names = folder.names();
  const auto holds = [&](const std::string& name) { return std::ranges::binary_search(names, name); };
  CHECK_FALSE(holds(".tv-99.ts.tmp"));
  CHECK_FALSE(holds("tv-0.ts")); // had left the playlist long ago
  CHECK_FALSE(holds("tv-1.0.ts"));
  CHECK(holds("tv-1.ts")); // not so long
  CHECK(holds("other.ts"));
  CHECK(holds("tv-2024.ts"));
}

TEST_CASE("numbers go on behind segments without a playlist, or with one that cannot be read") {
  for (const std::string text : {"", "<html>", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n"}) {
    CAPTURE(text);
    TemporaryFolder folder;
    std::ofstream(folder.path() / "tv-41.ts") << "something";
    if (!text.empty()) std::ofstream(folder.playlist()) << text;
    Restream restream(in(folder));
    restream.run(radio());
    CHECK(restream.names()[0] == "tv-42.ts");
    CHECK(content_of(folder.path() / "tv-41.ts") == "something");
    CHECK(restream.complaints(GST_MESSAGE_WARNING).size() == (text.empty() ? 0 : 1));
  }
}

TEST_CASE("without a folder the numbers go on, and nothing of the last run is listed") {
  Restream restream("target-duration=1");
  restream.run(radio());
  const auto next = restream.playlist().end_sequence();
  const auto text = restream.playlists().back();
  restream.linter.restart();
  restream.run(radio());
  const auto played = restream.playlists().size() / 2;
  CHECK(parsed(restream.playlists()[played]).media_sequence == next);
  CHECK(parsed(restream.playlists()[played]).segments.size() == 1);
  Restream other("target-duration=1");
  g_object_set(other.element(), "resume-from", text.c_str(), nullptr);
  other.run(radio());
  CHECK(other.names()[0] == "segment-" + std::to_string(next) + ".ts");
  CHECK(parsed(other.playlists()[0]).segments.front().discontinuity);
}

TEST_CASE("resume-from must be a playlist") {
  Restream restream("");
  g_object_set(restream.element(), "resume-from", "nonsense", nullptr);
  CHECK_FALSE(restream.start());
  CHECK(restream.complaints(GST_MESSAGE_ERROR).size() == 1);
}

TEST_CASE("it can be stopped and started as often as one likes") {
  const std::string stream = spliced({"h264_720p50"});
  TemporaryFolder folder;
  { Restream(in(folder)).run(stream); }
  const auto threads = count_threads();
  const auto descriptors = count_descriptors();
  {
    Restream restream(in(folder, "part-duration=300"));
    for (int i = 0; i < 10; ++i) {
      CAPTURE(i);
      REQUIRE(restream.start());
      restream.push(std::string_view(stream).substr(0, stream.size() * i / 10));
      i % 2 ? restream.stop() : restream.stop_to_ready();
      CHECK((restream.playlists().empty() || !restream.playlist().open));
      restream.linter.restart();
    }
  }
  CHECK(count_threads() <= threads);
  CHECK(count_descriptors() <= descriptors);
}

TEST_CASE("where it stops, a segment of which parts were told ends with them; another is dropped") {
  const std::string stream = spliced({"h264_1080p25"}); // groups of 2 s
  for (const bool parts : {true, false}) {
    CAPTURE(parts);
    Restream restream(parts ? "target-duration=2 part-duration=500" : "target-duration=2");
    REQUIRE(restream.start());
    restream.push(std::string_view(stream).substr(0, stream.size() * 7 / 16)); // 3.5 s
    const auto names = restream.names();
    restream.stop();
    REQUIRE(restream.playlist().segments.size() == (parts ? 2 : 1));
    CHECK(restream.decisions("drop").size() == (parts ? 0 : 1));
    CHECK_FALSE(restream.playlist().open);
    if (!parts) continue;
    std::string all;
    for (const auto& part : restream.playlist().segments[1].parts)
      all += restream.files().at(part.uri);
    CHECK(restream.segment(1) == all);
    CHECK(restream.names().size() == names.size() + 1);
  }
}

TEST_CASE("a flush is a discontinuity") {
  Restream restream("target-duration=1 playlist-type=event");
  REQUIRE(restream.start());
  restream.push(radio().substr(0, 100'000));
  restream.flush();
  restream.push(radio().substr(0, 100'000));
  restream.end();
  const auto& segments = restream.playlist().segments;
  CHECK(std::ranges::count(segments, true, &hls::Segment::discontinuity) == 1);
  restream.stop();
}

TEST_CASE("the bytes of a segment are the memory that came in") {
  init_gstreamer();
  std::string stream = spliced({"h264_720p50"});
  const auto wrap = [&](std::size_t offset, std::size_t size, std::size_t room) {
    return gx::Ref<GstBuffer>::adopt(gst_buffer_new_wrapped_full(
        GST_MEMORY_FLAG_READONLY, stream.data() + offset, room, 0, size, nullptr, nullptr));
  };
  for (const bool full : {true, false}) {
    CAPTURE(full);
    Restream restream("target-duration=1");
    std::size_t inside = 0, bytes = 0;
    const auto count = gx::SignalConnection::connect<void(const gchar*, GstBufferList*)>(
        restream.element(), "new-file", [&](const gchar*, GstBufferList* list) {
          for (guint i = 0; i < gst_buffer_list_length(list); ++i) {
            const gstx::ReadMap map(gst_buffer_list_get(list, i));
            const auto* data = reinterpret_cast<const char*>(map.bytes().data());
            bytes += map.bytes().size();
            if (data >= stream.data() && data < stream.data() + stream.size()) inside += map.bytes().size();
          }
        });
    REQUIRE(restream.start());
    constexpr std::size_t kBlock = 10'000;
    for (std::size_t at = 0; at + 3 * kBlock < stream.size(); at += kBlock)
      CHECK(restream.push(wrap(at, kBlock, full ? kBlock : 3 * kBlock)) == GST_FLOW_OK);
    restream.stop();
    CHECK(bytes > stream.size() / 2);
    CHECK(inside == (full ? bytes : 0)); // half empty memory is not held
  }
}

TEST_CASE("a location that cannot be used is refused at the start, in one sentence") {
  TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "x";
  for (const std::string location : {"nowhere/tv.m3u8", "file/tv.m3u8", ""}) {
    CAPTURE(location);
    Restream restream("location=" + (folder.path() / location).string());
    CHECK_FALSE(restream.start());
    const auto errors = restream.complaints(GST_MESSAGE_ERROR);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].find("Nothing can be written to " + folder.path().string()) != std::string::npos);
  }
  CHECK(folder.names() == std::vector<std::string>{"file"});
}

TEST_CASE("a folder that goes costs the segments of that time, and nothing else") {
  TemporaryFolder folder;
  const auto away = folder.path().string() + ".away";
  Restream restream(in(folder, "playlist-type=event"));
  REQUIRE(restream.start());
  const std::string_view stream = radio();
  restream.push(stream.substr(0, stream.size() / 3));
  std::filesystem::rename(folder.path(), away);
  restream.push(stream.substr(stream.size() / 3, stream.size() / 3));
  std::filesystem::rename(away, folder.path());
  restream.push(stream.substr(stream.size() / 3 * 2));
  restream.end();
  restream.stop();
  const auto gaps = std::ranges::count(restream.playlist().segments, true, &hls::Segment::gap);
  CHECK(gaps >= 2);
  CHECK(gaps <= 4);
  const auto warnings = restream.complaints(GST_MESSAGE_WARNING);
  CHECK(warnings.size() == static_cast<std::size_t>(gaps) + 1); // the playlist says it once
  for (const auto& segment : restream.playlist().segments)
    CHECK(segment.gap != std::filesystem::exists(folder.path() / segment.uri));
  CHECK(content_of(folder.playlist()) == restream.playlists().back());
  for (const auto& name : folder.names())
    CHECK_FALSE(name.starts_with("."));
}

TEST_CASE("a segment that cannot be written is a gap") {
  TemporaryFolder folder;
  const std::string stream = spliced({"h264_720p50"}); // about 800 kB a second
  Restream restream(in(folder, "playlist-type=event"));
  REQUIRE(restream.start());
  restream.push(std::string_view(stream).substr(0, stream.size() / 2));
  {
    const FileSizeLimit limit(100'000);
    restream.push(std::string_view(stream).substr(stream.size() / 2, stream.size() / 4));
  }
  restream.push(std::string_view(stream).substr(stream.size() / 2 + stream.size() / 4));
  restream.end();
  restream.stop();
  const auto& segments = restream.playlist().segments;
  CHECK(std::ranges::count(segments, true, &hls::Segment::gap) == 2);
  CHECK(restream.complaints(GST_MESSAGE_WARNING).size() == 2);
  for (const auto& segment : segments)
    CHECK(segment.gap != std::filesystem::exists(folder.path() / segment.uri));
}

TEST_CASE("on a full disk it says so, and goes on when there is room") {
  // Run by small_disk.sh, on a disk of 6 MB.
  const char* disk = std::getenv("RELEVO_SMALL_DISK");
  if (!disk) return;
  const std::string stream = spliced({"h264_720p50"}); // 6.7 MB
  const std::filesystem::path ballast = std::filesystem::path(disk) / "ballast";
  std::ofstream(ballast) << std::string(3'000'000, 'x');
  Restream restream("target-duration=1 playlist-type=event location=" + std::string(disk) + "/tv.m3u8");
  REQUIRE(restream.start());
  restream.push(std::string_view(stream).substr(0, stream.size() * 3 / 4));
  const auto warnings = restream.complaints(GST_MESSAGE_WARNING);
  REQUIRE_FALSE(warnings.empty());
  for (const auto& warning : warnings) {
    CHECK(
        warning.starts_with("gst-resource-error-quark " + std::to_string(GST_RESOURCE_ERROR_NO_SPACE_LEFT)));
    CHECK(warning.find("No space left on device") != std::string::npos);
  }
  std::filesystem::remove(ballast);
  restream.push(std::string_view(stream).substr(stream.size() * 3 / 4));
  restream.end();
  restream.stop();
  CHECK(restream.playlist().segments.front().gap == false);
  CHECK(restream.playlist().segments.back().gap == false);
  CHECK(restream.complaints(GST_MESSAGE_WARNING).size() == warnings.size());
}

TEST_CASE("what is no transport stream is refused") {
  struct Row {
    std::string bytes;
    GstStreamError code;
  };
  std::string wide;
  for (std::size_t at = 0; at < radio().size() / 2; at += 188)
    wide += radio().substr(at, 188) + std::string(16, '\0');
  for (const Row& row :
       {Row{std::string(100'000, 'x'), GST_STREAM_ERROR_WRONG_TYPE}, {wide, GST_STREAM_ERROR_FORMAT}}) {
    Restream restream("");
    REQUIRE(restream.start());
    CHECK(restream.push(row.bytes) == GST_FLOW_ERROR);
    const auto errors = restream.complaints(GST_MESSAGE_ERROR);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].starts_with("gst-stream-error-quark " + std::to_string(row.code)));
    restream.stop();
  }
}

TEST_CASE("a stream that cannot be cut is told, and not held without end") {
  std::string nulls;
  for (int i = 0; i < 1000; ++i)
    nulls += std::string("\x47\x1f\xff\x10") + std::string(184, '\xff');
  Restream restream("target-duration=1 playlist-type=event");
  REQUIRE(restream.start());
  restream.push(radio().substr(0, 100'000));
  for (int i = 0; i < 400; ++i) // 75 MB
    REQUIRE(restream.push(nulls, nulls.size()) == GST_FLOW_OK);
  CHECK(restream.complaints(GST_MESSAGE_WARNING).size() == 1);
  CHECK(restream.decisions("drop").size() == 1);
  restream.push(radio());
  restream.end();
  restream.stop();
  const auto& segments = restream.playlist().segments;
  CHECK(std::ranges::count(segments, true, &hls::Segment::discontinuity) == 1);
  CHECK(restream.segment(restream.playlist().end_sequence() - 1).size() < 100'000);
}

TEST_CASE("names that need escaping are escaped in the playlist alone") {
  TemporaryFolder folder;
  const std::string location = folder.path() / "täg #1 %.m3u8";
  for (int run = 0; run < 2; ++run) {
    Restream restream("target-duration=1 playlist-type=event");
    g_object_set(restream.element(), "location", location.c_str(), nullptr);
    REQUIRE(restream.start());
    restream.push(radio());
    restream.stop();
    CHECK(restream.playlist().segments.front().uri == "t%C3%A4g%20%231%20%25-0.ts");
    CHECK(restream.playlist().media_sequence == 0);
    for (const auto& segment : restream.playlist().segments)
      CHECK_FALSE(segment.gap);
  }
  CHECK(std::filesystem::exists(folder.path() / "täg #1 %-0.ts"));
}

TEST_CASE("statistics say what was done") {
  Restream restream("target-duration=1 part-duration=200");
  restream.run(radio());
  GstStructure* taken = nullptr;
  g_object_get(restream.element(), "stats", &taken, nullptr);
  const gx::Handle<GstStructure, gst_structure_free> stats(taken);
  const auto field = [&](const char* name) {
    guint64 value = 0;
    CHECK(gst_structure_get_uint64(taken, name, &value));
    return value;
  };
  CHECK(field("segments") == restream.decisions("segment").size());
  CHECK(field("parts") == restream.decisions("part").size());
  CHECK(field("next-sequence") == restream.playlist().end_sequence());
  CHECK(field("bytes") > radio().size() * 9 / 10);
  CHECK(field("gaps") == 0);
}
