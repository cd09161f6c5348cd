// SPDX-License-Identifier: LGPL-2.1-or-later
#include "provider/test_provider.hpp"
#include "raw_client.hpp"
#include "stream_check.hpp"
#include "two_channels.hpp"

#include <array>
#include <cstdio>
#include <doctest/doctest.h>
#include <sstream>
#include <thread>

using namespace relevo;
using namespace relevo::provider;
using namespace relevo::provider::test;

namespace {

struct Playlist {
  std::uint64_t sequence = 0;
  std::vector<std::string> uris;
  std::vector<double> durations;
  std::vector<std::string> ranges;
  std::size_t discontinuities = 0;
  double target = 0;
  std::string text;
};

Playlist parse(const std::string& text) {
  Playlist list;
  list.text = text;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    const std::string value = line.substr(std::min(line.size(), line.find(':') + 1));
    if (line.starts_with("#EXT-X-MEDIA-SEQUENCE:"))
      list.sequence = std::stoul(value);
    else if (line.starts_with("#EXT-X-TARGETDURATION:"))
      list.target = std::stod(value);
    else if (line.starts_with("#EXTINF:"))
      list.durations.push_back(std::stod(value));
    else if (line.starts_with("#EXT-X-BYTERANGE:"))
      list.ranges.push_back(value);
    else if (line == "#EXT-X-DISCONTINUITY")
      ++list.discontinuities;
    else if (!line.empty() && line[0] != '#')
      list.uris.push_back(line);
  }
  return list;
}

class Viewer {
 public:
  explicit Viewer(const TestProvider& provider, std::string query)
      : port_(provider.port()), query_(std::move(query)) {}

  Playlist playlist() const { return parse(fetch(port_, "/live/one/media.m3u8" + query_).body); }
  Reply segment(const std::string& uri, Seconds patience = Seconds{10}) const {
    return fetch(port_, "/live/one/" + uri, "", patience);
  }

 private:
  std::uint16_t port_;
  std::string query_;
};

/// What ffprobe says of the pictures of a URL ("h264,150"), or its first complaint.
std::string probe(const std::string& url) {
  const std::string command =
      "timeout 60 ffprobe -v error -select_streams v:0 -read_intervals '%+6' -show_entries "
      "stream=codec_name,nb_read_packets -count_packets -of csv=p=0 '" +
      url + "' 2>&1 | head -1";
  const std::unique_ptr<FILE, decltype(&::pclose)> pipe{::popen(command.c_str(), "r"), &::pclose};
  std::array<char, 4096> output{};
  return {output.data(), std::fread(output.data(), 1, output.size(), pipe.get())};
}

} // namespace

TEST_CASE("a playlist shows a window that slides, and its segments join without a gap") {
  const TestProvider provider{two_channels()};
  const Viewer viewer{provider, "?speed=10"};
  const Playlist first = viewer.playlist();
  REQUIRE(first.uris.size() == 5);
  CHECK(first.sequence == 0);
  CHECK(first.target == 2);
  std::string all;
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(first.durations[i] == 2);
    const Reply reply = viewer.segment(first.uris[i]);
    CHECK(reply.headers.at("content-type") == "video/mp2t");
    CHECK(ts::PacketView{as_bytes(reply.body).data()}.pid() == ts::kPatPid);
    all += reply.body;
  }
  const StreamCheck check = check_stream(all, 3600);
  CHECK(check.continuity_errors + check.clock_jumps + check.decoding_jumps == 0);

  Playlist later;
  CHECK(eventually([&] { return (later = viewer.playlist()).sequence >= 10; }));
  CHECK(later.uris.size() == 5);
  CHECK(later.target == first.target);
  CHECK(viewer.segment(first.uris[0]).status == 404);
  CHECK(viewer.segment(later.uris[0]).status == 200);
}

TEST_CASE("segments appear in real time") {
  const TestProvider provider{two_channels()};
  const Viewer viewer{provider, "?speed=20"};
  const auto begin = Clock::now();
  const std::uint64_t first = viewer.playlist().sequence;
  Playlist later;
  CHECK(eventually([&] { return (later = viewer.playlist()).sequence >= first + 10; }));
  CHECK(Seconds{Clock::now() - begin}.count() >= 0.9); // twenty seconds of media at twenty times the speed
}

TEST_CASE("ffprobe plays every kind of playlist") {
  const TestProvider provider{two_channels()};
  for (const char* path : {"/live/one.m3u8", "/live/one/master.m3u8?variants=two", "/live/one.m3u8?aes=1",
                           "/live/one.m3u8?byteranges=1", "/live/one.m3u8?byteranges=1&aes=1&window=3",
                           "/live/two.m3u8?fault=redirect:2"}) {
    CAPTURE(path);
    const std::string found =
        probe(provider.url(path) +
              (std::string_view{path}.find('?') == std::string_view::npos ? "?speed=10" : "&speed=10"));
    CHECK(found.starts_with("h264,"));
    CHECK(std::atoi(found.c_str() + std::min<std::size_t>(5, found.size())) >= 100);
  }
}

TEST_CASE("encrypted segments are not plain ones") {
  const TestProvider provider{two_channels()};
  const Viewer plain{provider, "?speed=0.001"}, encrypted{provider, "?speed=0.001&aes=1"};
  const Playlist list = encrypted.playlist();
  CHECK(list.text.find("#EXT-X-KEY:METHOD=AES-128,URI=\"key?speed=0.001&aes=1\"") != std::string::npos);
  const std::string cipher = encrypted.segment(list.uris[0]).body,
                    clear = plain.segment(plain.playlist().uris[0]).body;
  CHECK(cipher.size() == clear.size() / 16 * 16 + 16);
  CHECK(check_stream(cipher).lost_sync > check_stream(cipher).packets / 2);
  CHECK(encrypted.segment("key?speed=0.001&aes=1").body.size() == 16);
}

TEST_CASE("byte ranges cut the same bytes") {
  const TestProvider provider{two_channels()};
  const Viewer plain{provider, "?speed=0.001"}, ranges{provider, "?speed=0.001&byteranges=1"};
  const Playlist list = ranges.playlist();
  REQUIRE(list.ranges.size() == 5);
  const std::size_t size = std::stoul(list.ranges[1]),
                    offset = std::stoul(list.ranges[1].substr(list.ranges[1].find('@') + 1));
  const Reply reply =
      fetch(provider.port(), "/live/one/" + list.uris[1],
            "Range: bytes=" + std::to_string(offset) + "-" + std::to_string(offset + size - 1) + "\r\n");
  CHECK(reply.status == 206);
  const std::string segment = plain.segment(plain.playlist().uris[1]).body;
  CHECK(reply.body == segment);
  CHECK(ranges.segment(list.uris[1]).status == 400); // no Range
  const Reply part = fetch(provider.port(), "/live/one/1.ts?speed=0.001", "Range: bytes=188-375\r\n");
  CHECK(part.status == 206);
  CHECK(part.body == segment.substr(188, 188));
}

TEST_CASE("a stale playlist stays as it is") {
  const TestProvider provider{two_channels()};
  const Viewer viewer{provider, "?speed=10&fault=stale@10"};
  Playlist list;
  auto changed = Clock::now();
  CHECK(eventually([&] {
    Playlist next = viewer.playlist();
    if (next.text != list.text) changed = Clock::now();
    list = std::move(next);
    return Clock::now() - changed > std::chrono::milliseconds{500}; // two and a half segments
  }));
  CHECK(list.sequence <= 5);
  CHECK(viewer.segment(list.uris.at(4)).status == 200);
}

TEST_CASE("missing segments are listed but not found") {
  const TestProvider provider{two_channels()};
  const Viewer viewer{provider, "?speed=0.001&fault=missing:2"};
  const Playlist list = viewer.playlist();
  REQUIRE(list.uris.size() == 5);
  for (std::size_t i = 0; i < 5; ++i)
    CHECK(viewer.segment(list.uris[i]).status == (i % 2 == 1 ? 404 : 200));
}

TEST_CASE("numbering begins again, once") {
  const TestProvider provider{two_channels()};
  const Viewer viewer{provider, "?speed=10&fault=renumber@10"};
  std::uint64_t highest = 0;
  CHECK(eventually([&] {
    const std::uint64_t sequence = viewer.playlist().sequence;
    const bool reset = sequence < highest;
    highest = std::max(highest, sequence);
    return reset;
  }));
  const Playlist list = viewer.playlist();
  CHECK(viewer.segment(list.uris.back()).status == 200);
  CHECK(eventually([&] { return viewer.playlist().sequence > 8; }));
}

TEST_CASE("breaks of the stream are marked") {
  TestProvider provider{two_channels()};
  for (const char* fault : {"clip:h265_1080p25@1", "jump:100@1", "pids@1"}) {
    CAPTURE(fault);
    const Viewer viewer{provider, std::string{"?speed=10&fault="} + fault};
    Playlist list;
    CHECK(eventually([&] { return (list = viewer.playlist()).discontinuities == 1; }));
    std::string all;
    for (const auto& uri : list.uris)
      all += viewer.segment(uri).body;
    const StreamCheck check = check_stream(all);
    CHECK(check.clock_jumps + (check.tables - 1) == 1);
    CHECK(eventually(
        [&] { return viewer.playlist().text.find("DISCONTINUITY-SEQUENCE:1\n") != std::string::npos; }));
  }
  const Viewer calm{provider, "?speed=10"};
  CHECK(eventually([&] { return calm.playlist().sequence > 8; }));
  CHECK(calm.playlist().discontinuities == 0);
}

TEST_CASE("the transfer of segments suffers the faults of the transport") {
  const TestProvider provider{two_channels()};
  struct Row {
    const char* fault;
    End end;
  };
  for (const Row& row : {Row{"stall", End::Deadline}, {"close", End::Eof}, {"reset", End::Reset}}) {
    CAPTURE(row.fault);
    const Viewer viewer{provider, std::string{"?fault="} + row.fault};
    const Playlist list = viewer.playlist();
    const Reply reply = viewer.segment(list.uris.at(0), Seconds{0.5});
    CHECK(reply.end == row.end);
    CHECK(reply.body.size() <= std::stoul(reply.headers.at("content-length")) / 2);
  }
  const Viewer slow{provider, "?target=0.5&fault=slow:50"};
  const auto begin = Clock::now();
  const Reply reply = slow.segment(slow.playlist().uris[0]);
  CHECK(reply.end == End::Enough);
  CHECK(Seconds{Clock::now() - begin}.count() > 0.9);
}

TEST_CASE("answers to HLS requests can fail, later than at the first one too") {
  const TestProvider provider{two_channels()};
  CHECK(fetch(provider.port(), "/live/one.m3u8?fault=status:403").status == 403);
  CHECK(fetch(provider.port(), "/live/one/0.ts?fault=html").headers.at("content-type") == "text/html");
  const std::string later = "/live/one.m3u8?speed=10&fault=status:503@2";
  CHECK(fetch(provider.port(), later).status == 200);
  CHECK(eventually([&] { return fetch(provider.port(), later).status == 503; }));
}

TEST_CASE("a login's limit counts requests under way") {
  TestProvider provider{two_channels()};
  provider.set_login({"joe", "secret", 1});
  const std::string list = "/live/joe/secret/one.m3u8?fault=stall";
  CHECK(fetch(provider.port(), list).status == 200);
  RawClient busy{provider.port()};
  busy.get("/live/joe/secret/one/0.ts?fault=stall");
  CHECK(busy.read(Seconds{10}, 188).status == 200);
  CHECK(fetch(provider.port(), list).status == 403);
  busy.reset();
  CHECK(eventually([&] { return fetch(provider.port(), list).status == 200; }));
}

TEST_CASE("resources that do not exist are not found") {
  const TestProvider provider{two_channels()};
  for (const char* path : {"/live/one/99.ts", "/live/one/x.ts", "/live/one/other", "/live/none.m3u8"}) {
    CAPTURE(path);
    CHECK(fetch(provider.port(), path).status == 404);
  }
}

TEST_CASE("a complete playlist stays as it is") {
  const TestProvider provider{two_channels()};
  const Viewer viewer{provider, "?speed=50&vod=1&window=3"};
  const Playlist first = viewer.playlist();
  CHECK(first.uris.size() == 3);
  CHECK(first.text.ends_with("#EXT-X-ENDLIST\n"));
  CHECK(viewer.segment(first.uris[2]).status == 200);
  std::this_thread::sleep_for(std::chrono::milliseconds{100}); // five seconds of its time
  CHECK(viewer.playlist().text == first.text);
  CHECK(viewer.segment(first.uris[0]).status == 200);
}

TEST_CASE("gaps are listed and not there, keys are refused, formats are told") {
  const TestProvider provider{two_channels()};
  const Viewer gaps{provider, "?fault=gap:2"};
  const Playlist list = gaps.playlist();
  CHECK(list.text.find("#EXT-X-GAP\n#EXTINF:2.000,\n1.ts") != std::string::npos);
  CHECK(gaps.segment(list.uris[0]).status == 200);
  CHECK(gaps.segment(list.uris[1]).status == 404);
  const Viewer locked{provider, "?aes=1&fault=nokey"};
  CHECK(locked.segment("key?aes=1&fault=nokey").status == 403);
  CHECK(Viewer{provider, "?fault=fmp4"}.playlist().text.find("#EXT-X-MAP:") != std::string::npos);
  const std::string master = fetch(provider.port(), "/live/one/master.m3u8?fault=audioapart").body;
  CHECK(master.find("#EXT-X-MEDIA:TYPE=AUDIO") != std::string::npos);
  CHECK(master.find(",AUDIO=\"sound\"") != std::string::npos);
}
