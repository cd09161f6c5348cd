// SPDX-License-Identifier: LGPL-2.1-or-later
// Where one source ends and another begins: unlike streams, clocks that wrap and jump.
#include "channel.hpp"
#include "gst/judge.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <span>
#include <sstream>
#include <string>

using namespace relevo;
using namespace relevo::failoversrc::test;

namespace {

void check(Channel& channel) {
  channel.stop_and_check();
}

/// As tests/e2e/splice_test.py judges it, which also compares every picture. Depending on the place of the
/// joint, the decoder says that a picture was already let go which is told to go; nothing but the remarks may
/// it say.
void check_remarks(Channel& channel, std::span<const char* const> remarks) {
  channel.pipeline.stop();
  const std::string bytes = channel.pipeline.bytes();
  CHECK(relevo::test::violations_in(bytes) == "");
  std::istringstream errors(relevo::test::decoding_errors_in(bytes));
  for (std::string line; std::getline(errors, line);) {
    CAPTURE(line);
    CHECK(std::ranges::any_of(remarks,
                              [&](const char* remark) { return line.find(remark) != std::string::npos; }));
  }
}

constexpr const char* kRemarks[] = {"mmco: unref short failure", "Last message repeated",
                                    "non monotonically increasing dts to muxer in stream 0"};

void check_open_groups(Channel& channel) {
  check_remarks(channel, std::span(kRemarks).first(2));
}

/// Behind other H.264, an entry that is no IDR picture leaves the decoder the pictures of the source before
/// (see docs/splicing.md), and the one after it may be shown at the same time.
void check_unclean_entry(Channel& channel) {
  check_remarks(channel, kRemarks);
}

/// From the first to the second, by a failure.
void cross(const std::string& first, const std::string& second, void (*judge)(Channel&) = check) {
  CAPTURE(first);
  CAPTURE(second);
  Channel channel({first, second});
  const std::string name = first.substr(0, first.find('?'));
  channel.pipeline.play();
  channel.wait_for_switch(name);
  channel.receive(500'000);
  channel.provider.set_faults(name, {"close"});
  channel.wait_for_switch(second.substr(0, second.find('?')));
  channel.receive(500'000);
  judge(channel);
}

} // namespace

TEST_CASE("N17: codecs, sizes and the sound differ") {
  cross("h264_720p50?burst=1", "h265_1080p25?burst=1");
  cross("h265_1080p25?burst=1", "mpeg2_576i?burst=1");
  cross("ac3?burst=1", "eac3?burst=1");
  cross("h264_720p50?burst=1", "radio_aac?burst=10");
}

TEST_CASE("N16: into a source whose groups of pictures are open") {
  cross("h265_1080p25?burst=1", "h264_opengop?burst=1", check_open_groups);
  cross("h264_720p50?burst=1", "h264_opengop?burst=1", check_unclean_entry);
}

TEST_CASE("N20: the clocks wrap beside the switch") {
  // 2^33 ticks are 95443.7 s.
  cross("h264_720p50?burst=1&pcr=95441.5", "ac3?burst=1&pcr=95442.5");
}

TEST_CASE("a source that moves its clock or its PIDs goes on") {
  for (const char* fault : {"jump:1000", "jump:-1000", "pids"}) {
    CAPTURE(fault);
    Channel channel({"h264_720p50?burst=1", "ac3?burst=1"});
    channel.pipeline.play();
    channel.wait_for_switch("h264_720p50");
    channel.receive(500'000);
    channel.provider.set_faults("h264_720p50", {fault});
    channel.receive(1'000'000);
    CHECK(channel.provider.channel_counters("ac3").opens == 0);
    channel.stop_and_check();
  }
}
