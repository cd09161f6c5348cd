// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/join.hpp"

#include "ts/check.hpp"
#include "ts_builder.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace relevo;
using namespace relevo::ts;
using namespace relevo::test;

namespace {

constexpr Ticks kStart = 10 * kTicksPerSecond;

std::vector<JoinPoint> points_of(Bytes bytes, const std::function<std::size_t()>& next_packets = {}) {
  std::vector<JoinPoint> points;
  JoinFinder finder([&](const JoinPoint& point) { points.push_back(point); });
  while (!bytes.empty()) {
    const std::size_t packets = next_packets ? next_packets() : bytes.size() / kPacketSize;
    const Bytes block = bytes.first(std::min(packets * kPacketSize, bytes.size()));
    finder.push(block);
    bytes = bytes.subspan(block.size());
  }
  return points;
}

/// What somebody sees who joins there.
std::vector<std::byte> joined(const TsBuilder& stream, const JoinPoint& point) {
  std::vector<std::byte> seen = *point.tables;
  seen.insert(seen.end(), stream.bytes.begin() + static_cast<std::ptrdiff_t>(point.offset),
              stream.bytes.end());
  return seen;
}

std::string violations_in(Bytes bytes) {
  std::string text;
  Checker checker([&text](const Violation& violation) { text += violation.text + '\n'; });
  checker.push(bytes);
  checker.finish();
  return text;
}

} // namespace

TEST_CASE("at every random access picture one can join, with the tables first") {
  TsBuilder stream;
  add_television(stream, kStart, 4 * kGop);
  const auto points = points_of(stream.bytes);
  REQUIRE(points.size() == 4);
  for (const JoinPoint& point : points) {
    CAPTURE(point.offset);
    CHECK(PacketView(stream.bytes.data() + point.offset).random_access());
    CHECK(point.tables->size() == 2 * kPacketSize);
    CHECK(violations_in(joined(stream, point)) == "");
  }
}

TEST_CASE("tables may stand anywhere: counters run on from those that one gets to those that come") {
  TsBuilder stream;
  stream.tables();
  for (int i = 0; i < 60; ++i) {
    const Ticks dts = kStart + i * kPicture;
    stream.unit(kVideoPid, 0xe0, h264_picture(i % 10 == 0, 2'000), dts + kPicture,
                {.dts = dts, .pcr = (dts - kLead) * kPcrPerTick, .random_access = i % 10 == 0});
    add_sound(stream, dts);
    if (i % 3 == 1) stream.tables();
  }
  const auto points = points_of(stream.bytes);
  REQUIRE(points.size() == 6);
  for (const JoinPoint& point : points)
    CHECK(violations_in(joined(stream, point)) == "");
}

TEST_CASE("the tables are those from before the picture, also when it is known late") {
  TsBuilder stream;
  stream.tables();
  const std::vector<std::byte> before = stream.bytes;
  // The first packet tells nothing of the picture; then the tables come again.
  const auto picture = h264_picture(true, 600);
  std::vector<std::byte> filler(300, std::byte{0});
  filler.insert(filler.end(), picture.begin(), picture.end());
  stream.unit(kVideoPid, 0xe0, filler, kStart, {.pcr = (kStart - kLead) * kPcrPerTick});
  TsBuilder late;
  const auto at = static_cast<std::ptrdiff_t>((stream.find(kVideoPid) + 1) * kPacketSize);
  late.bytes.assign(stream.bytes.begin(), stream.bytes.begin() + at);
  const auto size = stream.bytes.size();
  stream.tables();
  late.bytes.insert(late.bytes.end(), stream.bytes.begin() + static_cast<std::ptrdiff_t>(size),
                    stream.bytes.end());
  late.bytes.insert(late.bytes.end(), stream.bytes.begin() + at,
                    stream.bytes.begin() + static_cast<std::ptrdiff_t>(size));
  const auto points = points_of(late.bytes);
  REQUIRE(points.size() == 1);
  CHECK(points[0].offset == before.size());
  CHECK(*points[0].tables == before);
}

TEST_CASE("without a PAT and a PMT nobody can join") {
  TsBuilder stream;
  add_television(stream, kStart, 2 * kGop);
  for (const Pid pid : {kPatPid, kPmtPid}) {
    TsBuilder lame = stream;
    while (lame.find(pid) < lame.packets())
      lame.erase(lame.find(pid));
    CHECK(points_of(lame.bytes).empty());
  }
}

TEST_CASE("a PMT of several packets comes whole") {
  TsBuilder stream;
  for (unsigned i = 0; i < 40; ++i)
    stream.pmt.streams.push_back({0x06, static_cast<Pid>(0x200 + i), DescriptorLoop(5, std::byte{0})});
  add_television(stream, kStart, 2 * kGop);
  const auto points = points_of(stream.bytes);
  REQUIRE(points.size() == 2);
  PsiTracker psi;
  for (std::size_t at = 0; at < points[1].tables->size(); at += kPacketSize)
    psi.push(PacketView(points[1].tables->data() + at));
  REQUIRE(psi.pmt());
  CHECK(psi.pmt()->streams.size() == 42);
}

TEST_CASE("points behind a new PMT bring the new one") {
  TsBuilder stream;
  add_television(stream, kStart, kGop);
  stream.pmt.version = 1;
  stream.pmt.streams.push_back({0x06, 0x180, {}});
  add_television(stream, kStart + kGop * kPicture, kGop);
  const auto points = points_of(stream.bytes);
  REQUIRE(points.size() == 2);
  CHECK(*points[0].tables != *points[1].tables);
  CHECK(violations_in(joined(stream, points[1])) == "");
}

TEST_CASE("radio can be joined at any unit of sound") {
  TsBuilder stream(radio_pmt());
  add_radio(stream, kStart, 20);
  const auto points = points_of(stream.bytes);
  REQUIRE(points.size() == 20);
  for (const JoinPoint& point : points)
    CHECK(violations_in(joined(stream, point)) == "");
}

TEST_CASE("the points do not depend on how the stream is cut into blocks") {
  TsBuilder stream;
  add_television(stream, kStart, 6 * kGop);
  const auto whole = points_of(stream.bytes);
  std::mt19937 random(1);
  for (int run = 0; run < 50; ++run) {
    const auto split = points_of(stream.bytes, [&] { return 1 + random() % 20; });
    REQUIRE(split.size() == whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
      CHECK(split[i].offset == whole[i].offset);
      CHECK(*split[i].tables == *whole[i].tables);
    }
  }
}
