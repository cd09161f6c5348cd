// SPDX-License-Identifier: LGPL-2.1-or-later
// What the splicer adds and changes beside packets and stamps: cues, subtitles, parameter sets.
#include "splice_output.hpp"

#include "base/crc32.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;
using namespace relevo::test;

namespace {

/// A time signal, 100 ticks after zero.
std::vector<std::byte> cue() {
  std::vector<std::byte> section = from_hex("fc300000000000000000fff00506fe000000640000");
  seal_section(section);
  return section;
}

/// Television with a cue in its middle.
TsBuilder with_cue(Ticks first, Bytes section) {
  TsBuilder stream;
  stream.pmt.descriptors = from_hex("050443554549");
  stream.pmt.streams.push_back({0x86, 0x102, {}});
  add_television(stream, first, 20);
  stream.section(0x102, section);
  add_television(stream, first + 20 * kPicture, 20);
  return stream;
}

struct Cue {
  unsigned command;
  Ticks adjustment;
  bool operator==(const Cue&) const = default;
};

std::vector<Cue> cues(const Output& output) {
  std::vector<Cue> found;
  SectionAssembler sections;
  output.for_each(0x180, [&](PacketView packet) {
    sections.push(packet, [&](Bytes section) {
      CHECK(crc32_mpeg2(section) == 0);
      const Ticks adjustment = Ticks{load_u8(&section[4]) & 1} << 32 | load_be32(&section[5]);
      found.push_back({load_u8(&section[13]), adjustment});
    });
  });
  return found;
}

} // namespace

TEST_CASE("splice times of SCTE-35 move with the stamps") {
  const TsBuilder a = with_cue(kStart, cue()), b = with_cue(kStart + 50 * kTicksPerSecond, cue());
  const Output output = splice({a.bytes, b.bytes});
  CHECK(output.violations() == "");
  const auto pictures = output.pts(kOutVideo);
  const Ticks moved = wrap(pictures.back() - (kStart + 50 * kTicksPerSecond + 40 * kPicture), kTicksModulus);
  // Between them: what the first source announced will not come.
  CHECK(cues(output) == std::vector<Cue>{{6, 0}, {0, moved}, {6, moved}});
}

TEST_CASE("damaged SCTE-35 is not sent on as if it were whole") {
  auto section = cue();
  store_u8(&section[16], load_u8(&section[16]) ^ 1);
  const Output output = splice({with_cue(kStart, section).bytes});
  CHECK(output.violations() == "");
  CHECK(cues(output).empty());
}

TEST_CASE("DVB subtitles of the source before are cleared at the joint") {
  const auto with_subtitles = [](Ticks first) {
    TsBuilder stream;
    stream.pmt.streams.push_back({0x06, 0x103, from_hex("590873706110000100ff")});
    add_television(stream, first, 20);
    stream.unit(0x103, 0xbd, from_hex("20000f100001000200080f8000010000ff"), first + 20 * kPicture);
    add_television(stream, first + 20 * kPicture, 20);
    return stream;
  };
  const TsBuilder a = with_subtitles(kStart), b = with_subtitles(kStart + 5 * kTicksPerSecond);
  const Output output = splice({a.bytes, b.bytes});
  CHECK(output.violations() == "");
  std::vector<std::byte> cleared;
  int units = 0;
  output.for_each(0x150, [&](PacketView packet) {
    if (++units == 2) cleared.assign(packet.payload().begin(), packet.payload().end());
  });
  REQUIRE(units == 3);
  CHECK(std::ranges::equal(Bytes{cleared}.subspan(14), from_hex("20000f100001000200080f8000010000ff")));
}

TEST_CASE("a first picture without its parameter sets gets those of its source") {
  TsBuilder b = television(kStart, 13);
  // From the second group on, random access pictures come without SPS and PPS: delimiter and slice only.
  auto bare = from_hex("00000001091000000001");
  const auto whole = h264_picture(true);
  const auto slice = from_hex("65888400");
  const auto at = std::search(whole.begin(), whole.end(), slice.begin(), slice.end());
  bare.insert(bare.end(), at, whole.end());
  for (int i = 13; i < 60; ++i) {
    const Ticks dts = kStart + i * kPicture;
    if (i % kGop == 0) b.tables();
    b.unit(kVideoPid, 0xe0, i % kGop == 0 ? bare : h264_picture(false), dts + kPicture,
           {.dts = dts, .pcr = (dts - kLead) * kPcrPerTick});
  }
  const TsBuilder a = television(kStart, 30);
  Splicer splicer;
  Output output;
  const SourceId first = splicer.add_source(), second = splicer.add_source();
  splicer.switch_to(first);
  push(splicer, first, a.bytes, output);
  push(splicer, second, b.bytes, output); // stands by: its newest entry is bare
  splicer.switch_to(second);
  output.take(splicer);
  const auto sps = from_hex("674d400c");
  int sets = 0;
  for (Bytes rest{output.bytes};; ++sets) {
    const auto found = std::search(rest.begin(), rest.end(), sps.begin(), sps.end());
    if (found == rest.end()) break;
    rest = rest.subspan(static_cast<std::size_t>(found - rest.begin()) + sps.size());
  }
  CHECK(sets == 3 + 1); // of the first source, and in front of the entry
  add_television(b, kStart + 60 * kPicture, 20);
  push(splicer, second, Bytes{b.bytes}.last(40 * kPacketSize), output);
  CHECK(output.violations() == "");
  CHECK(splicer.counters().joints == 2);
}

TEST_CASE("what the PMT has no room for is not sent") {
  TsBuilder a;
  a.pmt.streams.push_back({0x86, 0x102, {}}); // the output's PMT says CUEI as well, which this one does not
  for (Pid pid = 0x103; ts::write_pmt(a.pmt); ++pid)
    a.pmt.streams.push_back({0x06, pid, {}});
  a.pmt.streams.pop_back();
  const Pid last = a.pmt.streams.back().pid;
  add_television(a, kStart, 20);
  for (const Pid pid : {Pid{0x103}, last})
    a.unit(pid, 0xbd, from_hex("20"), kStart + 20 * kPicture);
  add_television(a, kStart + 20 * kPicture, 20);
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(0x1a0).size() == 1);
  CHECK(output.pmt().streams.size() < a.pmt.streams.size());
}

TEST_CASE("time tables pass with a counter of their own, and nothing else of their packets does") {
  const auto table = from_hex("70700500000000000000");
  TsBuilder a = television(kStart, 20);
  const std::size_t first = a.packets();
  a.payload(kTdtPid, table, {.discontinuity = true}); // what excuses a gap in the source's counter
  a.pcr(kTdtPid, 5);                                  // a packet without payload: the clock of nothing
  a.payload(kTdtPid, table, {.pcr = 5});
  a.at(first + 2).set_continuity(9);
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  int tables = 0;
  output.for_each(kTdtPid, [&](PacketView packet) {
    ++tables;
    CHECK(packet.has_payload());
    CHECK_FALSE(packet.has_pcr());
    CHECK_FALSE(packet.discontinuity());
    CHECK(std::ranges::equal(packet.payload(), table));
  });
  CHECK(tables == 2);
}

TEST_CASE("a clock on the PID of the time tables is the clock of the programme") {
  TsBuilder a;
  a.pmt.pcr_pid = kTdtPid;
  for (int i = 0; i < 60; ++i) {
    const Ticks dts = kStart + i * kPicture;
    if (i % kGop == 0) a.tables();
    a.pcr(kTdtPid, (dts - kLead) * kPcrPerTick);
    a.unit(kVideoPid, 0xe0, h264_picture(i % kGop == 0), dts + kPicture, {.dts = dts});
  }
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  output.for_each(kTdtPid, [](PacketView) { FAIL("no time table came in"); });
  int clocks = 0;
  output.for_each(kOutVideo, [&](PacketView packet) { clocks += packet.has_pcr(); });
  CHECK(clocks >= 60);
}

TEST_CASE("a second video stream begins at a random access point too") {
  constexpr Pid kSecond = 0x102, kOutSecond = 0x101;
  constexpr int kListedAt = 10, kEntersAt = 30;
  for (const bool listed_from_start : {false, true}) {
    CAPTURE(listed_from_start);
    TsBuilder a;
    for (int i = 0; i < 40; ++i) {
      if (i == (listed_from_start ? 0 : kListedAt)) {
        a.pmt.streams.push_back({0x1b, kSecond, {}});
        a.tables();
      }
      const Ticks dts = kStart + i * kPicture;
      add_picture(a, dts, i % kGop == 0);
      a.unit(kSecond, 0xe1, h264_picture(i == kEntersAt), dts + kPicture, {.dts = dts});
    }
    const Output output = splice({a.bytes});
    CHECK(output.violations() == "");
    CHECK(output.pts(kOutVideo).size() == 40);
    CHECK(output.pts(kOutSecond).size() == 40 - kEntersAt);
  }
}

TEST_CASE("pictures of an unknown codec keep their word on random access") {
  TsBuilder a;
  a.pmt.streams[0].stream_type = 0x33; // VVC
  for (int i = 0; i < 40; ++i)
    add_picture(a, kStart + i * kPicture, i % kGop == 3);
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() == 37);
  int entries = 0;
  output.for_each(kOutVideo, [&](PacketView packet) { entries += packet.random_access(); });
  CHECK(entries == 4);
}
