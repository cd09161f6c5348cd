// SPDX-License-Identifier: LGPL-2.1-or-later
#include "provider/media_loop.hpp"

#include "base/crc32.hpp"
#include "stream_check.hpp"

#include <cstdlib>
#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::provider;
using namespace relevo::provider::test;

namespace {

std::shared_ptr<const Clip> clip(const std::string& name) {
  static ClipLibrary library{std::getenv("RELEVO_TEST_MEDIA")};
  return library.load(name);
}

std::string play(MediaLoop& loop, double seconds) {
  std::vector<std::byte> bytes;
  loop.fill(bytes, loop.time() + static_cast<ts::Pcr>(seconds * ts::kPcrPerSecond));
  return std::string{as_text(bytes)};
}

} // namespace

TEST_CASE("every clip plays on over its end as if it had none") {
  for (const std::string& name : ClipLibrary{std::getenv("RELEVO_TEST_MEDIA")}.names()) {
    CAPTURE(name);
    MediaLoop loop{{.clip = clip(name)}, 1};
    const double period = static_cast<double>(clip(name)->period()) / ts::kPcrPerSecond;
    const ts::Ticks frame = name.starts_with("radio") ? 0 : name == "h264_720p50" ? 1800 : 3600;
    const StreamCheck check = check_stream(play(loop, 2.3 * period), frame);
    CHECK(check.lost_sync == 0);
    CHECK(check.continuity_errors == 0);
    CHECK(check.clock_jumps == 0);
    CHECK(check.decoding_jumps == 0);
    CHECK(check.tables == 1);
    CHECK(static_cast<double>(check.clock_span) ==
          doctest::Approx(2.3 * period * ts::kPcrPerSecond).epsilon(0.02));
  }
}

TEST_CASE("clips last as long as they were made to") {
  CHECK(clip("h264_1080p25")->period() == 8 * ts::kPcrPerSecond);
  CHECK(clip("mpeg2_576i")->period() == 12 * ts::kPcrPerSecond);
  CHECK(clip("broadcast")->period() == 24 * ts::kPcrPerSecond);
  CHECK(clip("radio_aac")->period() == 8 * ts::kPcrPerSecond);
}

TEST_CASE("clocks pass their wrap") {
  MediaLoop loop{{.clip = clip("h264_1080p25")}, 1, ts::kPcrModulus - 5 * ts::kPcrPerSecond};
  const StreamCheck check = check_stream(play(loop, 20), 3600);
  CHECK(check.first_pcr == ts::kPcrModulus - 5 * ts::kPcrPerSecond);
  CHECK(check.clock_jumps == 0);
  CHECK(check.decoding_jumps == 0);
}

TEST_CASE("who tunes in late gets what comes then, and his places to start are counted from the tables on") {
  MediaLoop whole{{.clip = clip("h264_1080p25")}, 1};
  MediaLoop late = whole;
  late.skip(ts::kPcrPerSecond); // of groups of two seconds
  CHECK(late.time() == 0);
  play(late, 0.9);
  CHECK(late.entries() == 0);
  const StreamCheck check = check_stream(play(late, 20), 3600); // over the end
  CHECK(check.clock_jumps == 0);
  CHECK(check.decoding_jumps == 0);
  CHECK(late.entries() == 10);
  play(whole, 0.5);
  CHECK(whole.entries() == 1);
}

TEST_CASE("a copy of a loop plays the same bytes") {
  MediaLoop loop{{.clip = clip("h264_720p50"), .corrupt = 0.01, .drop = 0.01}, 7};
  play(loop, 3);
  MediaLoop copy = loop;
  CHECK(play(loop, 10) == play(copy, 10));
}

TEST_CASE("splice times of cues move with the clock, and their CRC stays right") {
  MediaLoop loop{{.clip = clip("broadcast")}, 1, 5000 * ts::kPcrPerSecond};
  const std::string bytes = play(loop, 30);
  std::set<std::int64_t> adjustments;
  for (std::size_t at = 0; at < bytes.size(); at += ts::kPacketSize) {
    const ts::PacketView packet{as_bytes(bytes).data() + at};
    if (packet.pid() != 0x122) continue;
    const Bytes section = packet.payload().subspan(1);
    const std::size_t size = 3 + (load_be16(section.data() + 1) & 0x0fffU);
    CHECK(crc32_mpeg2(section.first(size)) == 0);
    adjustments.insert(std::int64_t{load_u8(section.data() + 4) & 1} << 32 | load_be32(section.data() + 5));
  }
  REQUIRE(adjustments.size() == 2); // before and after the loop point
  CHECK(*adjustments.rbegin() - *adjustments.begin() == 24 * ts::kTicksPerSecond);
}

TEST_CASE("content that is damaged shows just that damage") {
  Content content{.clip = clip("h264_1080p25")};
  const auto check_of = [](const Content& damaged) {
    MediaLoop loop{{.clip = clip("h264_1080p25")}, 3};
    std::string bytes = play(loop, 3);
    loop.set(damaged);
    return check_stream(bytes + play(loop, 3), 3600);
  };
  const StreamCheck whole = check_of(content);

  SUBCASE("dropped packets are continuity errors") {
    content.drop = 0.01;
    const StreamCheck check = check_of(content);
    CHECK(check.packets < whole.packets * 0.998);
    CHECK(check.packets > whole.packets * 0.992);
    CHECK(check.continuity_errors > whole.packets / 400);
  }
  SUBCASE("corrupt packets keep their number") {
    content.corrupt = 0.05;
    const StreamCheck check = check_of(content);
    CHECK(check.packets == whole.packets);
    CHECK(check.lost_sync > 0);
    CHECK(check.transport_errors > 0);
  }
  SUBCASE("a jump moves all clocks once") {
    content.jump = -30 * ts::kPcrPerSecond;
    const StreamCheck check = check_of(content);
    CHECK(check.clock_jumps == 1);
    CHECK(check.decoding_jumps == 1);
    CHECK(static_cast<double>(check.largest_jump) / ts::kPcrPerSecond == doctest::Approx(-30).epsilon(0.01));
    CHECK(check.continuity_errors == 0);
  }
  SUBCASE("other PIDs come with new tables") {
    content.other_pids = true;
    const StreamCheck check = check_of(content);
    CHECK(check.tables == 2);
    CHECK(check.pids.size() == 2 * (whole.pids.size() - 1) + 1); // the SDT stays
    CHECK(check.clock_jumps == 0);
    CHECK(check.continuity_errors == 0);
  }
  SUBCASE("scrambled packets say so") {
    content.scrambled = true;
    const StreamCheck check = check_of(content);
    CHECK(check.scrambled > whole.packets / 3);
    CHECK(check.continuity_errors == 0);
    CHECK(check.clock_jumps == 0);
  }
  SUBCASE("without pictures the clock goes on") {
    content.no_video = true;
    const StreamCheck check = check_of(content);
    CHECK(check.packets < whole.packets * 0.8);
    CHECK(check.clock_jumps == 0);
    CHECK(check.continuity_errors == 0);
  }
  SUBCASE("another clip begins at the next key picture without a break of the clock") {
    content.clip = clip("h265_1080p25");
    const StreamCheck check = check_of(content);
    CHECK(check.stream_types == std::set<std::uint8_t>{0x0f, 0x1b, 0x24});
    CHECK(check.tables == 2);
    CHECK(check.clock_jumps == 0);
  }
  SUBCASE("black pictures fit in seamlessly") {
    content.clip = clip("black");
    const StreamCheck check = check_of(content);
    CHECK(check.packets < whole.packets * 0.8);
    CHECK(check.decoding_jumps == 0);
    CHECK(check.clock_jumps == 0);
    CHECK(check.continuity_errors == 0);
  }
}

TEST_CASE("segments begin at key pictures and lie end to end") {
  MediaLoop loop{{.clip = clip("h264_720p50")}, 1};
  std::vector<std::byte> all;
  for (int i = 0; i < 20; ++i) {
    std::vector<std::byte> segment;
    loop.fill_segment(segment, ts::kPcrPerSecond);
    if (i % 8 != 0) { // the clip itself begins with tables
      const ts::PacketView first{segment.data()};
      CHECK(first.random_access());
      CHECK(first.unit_start());
    }
    all.insert(all.end(), segment.begin(), segment.end());
  }
  CHECK(loop.time() == 20 * ts::kPcrPerSecond);
  const StreamCheck check = check_stream(as_text(all), 1800);
  CHECK(check.continuity_errors == 0);
  CHECK(check.decoding_jumps == 0);
}
