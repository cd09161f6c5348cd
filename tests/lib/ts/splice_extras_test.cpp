// SPDX-License-Identifier: LGPL-2.1-or-later
// What the splicer adds and changes beside packets and stamps: cues, subtitles, parameter sets.
#include "splice_output.hpp"

#include "base/crc32.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;
using namespace relevo::test;

TEST_CASE("splice times of SCTE-35 move with the stamps") {
  const auto with_cue = [](Ticks first) {
    TsBuilder stream;
    stream.pmt.descriptors = from_hex("050443554549");
    stream.pmt.streams.push_back({0x86, 0x102, {}});
    add_television(stream, first, 20);
    std::vector<std::byte> cue = from_hex("fc301600000000000000fff00506fe00000064000000000000");
    cue.resize(21);
    store_u8(&cue[2], static_cast<unsigned>(cue.size() + 4 - 3));
    const std::uint32_t crc = crc32_mpeg2(cue);
    cue.resize(cue.size() + 4);
    store_be32(&cue[cue.size() - 4], crc);
    stream.section(0x102, cue);
    add_television(stream, first + 20 * kPicture, 20);
    return stream;
  };
  const TsBuilder a = with_cue(kStart), b = with_cue(kStart + 50 * kTicksPerSecond);
  const Output output = splice({a.bytes, b.bytes});
  CHECK(output.violations() == "");
  std::vector<std::pair<unsigned, Ticks>> cues; // command and adjustment
  output.for_each(0x180, [&](PacketView packet) {
    const Bytes section = packet.payload().subspan(1, 3 + load_u8(packet.payload().data() + 3));
    CHECK(crc32_mpeg2(section) == 0);
    cues.emplace_back(load_u8(&section[13]), Ticks{load_u8(&section[4]) & 1} << 32 | load_be32(&section[5]));
  });
  REQUIRE(cues.size() == 3);
  CHECK(cues[0] == std::pair<unsigned, Ticks>{6, 0});
  CHECK(cues[1].first == 0); // what the first source announced will not come
  const auto pictures = output.pts(kOutVideo);
  const Ticks moved = wrap(pictures.back() - (kStart + 50 * kTicksPerSecond + 40 * kPicture), kTicksModulus);
  CHECK(cues[2] == std::pair<unsigned, Ticks>{6, moved});
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
