// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/segment.hpp"

#include "ts_builder.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <random>

using namespace relevo;
using namespace relevo::ts;
using namespace relevo::test;

namespace {

constexpr Ticks kStart = 10 * kTicksPerSecond;

struct Cuts {
  std::vector<CutPoint> points;
  std::vector<Part> parts;
  std::vector<Segment> segments;

  [[nodiscard]] Ticks duration() const {
    return std::accumulate(segments.begin(), segments.end(), Ticks{0},
                           [](Ticks sum, const Segment& s) { return sum + s.duration; });
  }
};

Cuts cut(Bytes bytes, const SegmentSettings& settings, const std::function<std::size_t()>& next_size = {}) {
  Cuts cuts;
  Segmenter segmenter(settings, {.on_cut_point = [&](const CutPoint& c) { cuts.points.push_back(c); },
                                 .on_part = [&](const Part& p) { cuts.parts.push_back(p); },
                                 .on_segment = [&](const Segment& s) { cuts.segments.push_back(s); }});
  while (!bytes.empty()) {
    const std::size_t size = std::min(next_size ? next_size() : bytes.size(), bytes.size());
    segmenter.push(bytes.first(size));
    bytes = bytes.subspan(size);
  }
  segmenter.finish();
  return cuts;
}

/// Every law of segments and parts but their lengths.
void check_laws(const Cuts& cuts, const TsBuilder& stream, const SegmentSettings& settings) {
  std::uint64_t end = cuts.segments.empty() ? 0 : cuts.segments.front().offset;
  std::size_t part = 0;
  for (std::size_t i = 0; i < cuts.segments.size(); ++i) {
    CAPTURE(i);
    const Segment& segment = cuts.segments[i];
    CHECK(segment.sequence == settings.first_sequence + i);
    CHECK(segment.offset == end);
    end += segment.size;
    const std::size_t at = segment.offset - settings.first_offset;
    CHECK(PacketView{stream.bytes.data() + at}.pid() == kPatPid);
    if (settings.part_target == 0) continue;
    std::uint64_t part_end = segment.offset;
    Ticks durations = 0;
    for (std::uint32_t index = 0; part < cuts.parts.size() && cuts.parts[part].sequence == segment.sequence;
         ++part, ++index) {
      CHECK(cuts.parts[part].index == index);
      CHECK(cuts.parts[part].offset == part_end);
      CHECK(cuts.parts[part].duration <= settings.part_target);
      part_end += cuts.parts[part].size;
      durations += cuts.parts[part].duration;
    }
    CHECK(part_end == segment.offset + segment.size);
    CHECK(durations == segment.duration);
  }
  CHECK(part == cuts.parts.size());
  if (!cuts.segments.empty()) CHECK(end == settings.first_offset + stream.bytes.size());
}

} // namespace

TEST_CASE("segments end at the first cut point past the target, and their durations are exact") {
  struct Row {
    Ticks target;
    std::vector<int> pictures;
  };
  const Row rows[] = {
      {1, {12, 12, 12, 12, 2}},         {12 * kPicture, {12, 12, 12, 12, 2}},
      {12 * kPicture + 1, {24, 24, 2}}, {30 * kPicture, {36, 14}},
      {1000 * kPicture, {50}},
  };
  for (const Ticks start : {kStart, kTicksModulus - 20 * kPicture}) { // over the wrap of the clock as well
    TsBuilder stream;
    add_television(stream, start, 50);
    for (const Row& row : rows) {
      CAPTURE(row.target);
      const SegmentSettings settings{.target = row.target, .first_sequence = 7, .first_offset = 188'000};
      const Cuts cuts = cut(stream.bytes, settings);
      CHECK(cuts.points.size() == 5);
      REQUIRE(cuts.segments.size() == row.pictures.size());
      for (std::size_t i = 0; i < row.pictures.size(); ++i) {
        CHECK(cuts.segments[i].duration == row.pictures[i] * kPicture);
        CHECK_FALSE(cuts.segments[i].discontinuity);
      }
      CHECK(cuts.duration() == 50 * kPicture);
      check_laws(cuts, stream, settings);
    }
  }
}

TEST_CASE("a segment ends early where one more group of pictures would bring it past the limit") {
  struct Row {
    std::string what;
    std::vector<int> groups;   // pictures between random access pictures
    std::vector<int> segments; // likewise
  };
  const Row rows[] = {
      {"groups that fill the target", {10, 10, 10, 10, 10}, {30, 20}},
      {"groups that do not", {20, 20, 20, 20}, {20, 20, 20, 20}},
      {"a longer one than before cannot be foreseen", {10, 10, 25, 10, 10, 10}, {45, 10, 10, 10}},
      {"one that is longer alone", {40, 10}, {40, 10}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    TsBuilder stream;
    Ticks dts = kStart;
    for (const int group : row.groups)
      for (int i = 0; i < group; ++i, dts += kPicture)
        add_picture(stream, dts, i == 0);
    const Cuts cuts = cut(stream.bytes, {.target = 30 * kPicture, .limit = 32 * kPicture});
    std::vector<int> segments;
    for (const Segment& segment : cuts.segments)
      segments.push_back(static_cast<int>(segment.duration / kPicture));
    CHECK(segments == row.segments);
  }
}

TEST_CASE("the step of a group that was longer once is forgotten") {
  TsBuilder stream;
  for (int i = 0; i < 30 + 50 * 5; ++i)
    add_picture(stream, kStart + i * kPicture, i == 0 || (i >= 30 && i % 5 == 0));
  const Cuts cuts = cut(stream.bytes, {.target = 30 * kPicture, .limit = 32 * kPicture});
  REQUIRE(cuts.segments.size() > 33);
  CHECK(cuts.segments[1].duration == 5 * kPicture);
  CHECK(cuts.segments[33].duration == 30 * kPicture);
}

TEST_CASE("a segment is told of when it begins, and its bytes are needed from then on") {
  TsBuilder stream;
  add_television(stream, kStart, 30);
  std::vector<Segment> begun, ended;
  const auto on_begin = [&](const Segment& segment) {
    CHECK(begun.size() == ended.size());
    CHECK(segment.size == 0);
    begun.push_back(segment);
  };
  Segmenter segmenter({.target = 1},
                      {.on_begin = on_begin, .on_segment = [&](const Segment& s) { ended.push_back(s); }});
  for (std::size_t at = 0, kept_from = 0; at < stream.bytes.size(); at += 100) {
    segmenter.push(Bytes(stream.bytes).subspan(at, std::min<std::size_t>(100, stream.bytes.size() - at)));
    CHECK(segmenter.keep_from() >= kept_from);
    CHECK(segmenter.keep_from() <= at + 100);
    kept_from = segmenter.keep_from();
    if (begun.size() > ended.size()) CHECK(kept_from == begun.back().offset);
  }
  segmenter.finish();
  REQUIRE(begun.size() == 3);
  REQUIRE(ended.size() == 3);
  for (std::size_t i = 0; i < ended.size(); ++i) {
    CHECK(begun[i].offset == ended[i].offset);
    CHECK(begun[i].sequence == ended[i].sequence);
  }
}

TEST_CASE("a jump of the clock that nobody announced is a discontinuity") {
  TsBuilder stream;
  add_television(stream, kStart, 12);
  add_television(stream, kStart + 3600 * kTicksPerSecond, 12);
  const Cuts cuts = cut(stream.bytes, {.target = 100 * kPicture});
  REQUIRE(cuts.segments.size() == 2);
  CHECK(cuts.segments[1].discontinuity);
  CHECK(cuts.duration() == 24 * kPicture);
}

TEST_CASE("what comes before the first cut point belongs to no segment") {
  TsBuilder stream;
  for (int i = 0; i < 5; ++i)
    add_picture(stream, kStart + i * kPicture, false);
  const std::size_t before = stream.bytes.size();
  add_television(stream, kStart + 5 * kPicture, 13);
  const Cuts cuts = cut(stream.bytes, {.target = 1});
  REQUIRE(cuts.segments.size() == 2);
  CHECK(cuts.segments[0].offset == before);
}

TEST_CASE("a random access picture without tables right before it is no place to cut") {
  TsBuilder stream;
  stream.tables();
  add_sound(stream, kStart);
  stream.unit(kVideoPid, 0xe0, h264_picture(true), kStart, {.random_access = true});
  CHECK(cut(stream.bytes, {}).points.empty());
}

TEST_CASE("parts hold whole pictures, are not longer than their target, and say where one can join") {
  TsBuilder stream;
  add_television(stream, kStart, 37);
  const SegmentSettings settings{.target = 24 * kPicture, .part_target = 5 * kPicture};
  const Cuts cuts = cut(stream.bytes, settings);
  check_laws(cuts, stream, settings);
  std::vector<Ticks> pictures;
  std::vector<bool> independent;
  for (const Part& part : cuts.parts) {
    pictures.push_back(part.duration / kPicture);
    independent.push_back(part.independent);
  }
  CHECK(pictures == std::vector<Ticks>{5, 5, 5, 5, 4, 5, 5, 3});
  CHECK(independent == std::vector<bool>{true, false, true, false, false, true, false, true});
}

TEST_CASE("a new clock, codec, set of streams or picture size is a discontinuity") {
  const Ticks next = kStart + 18 * kPicture;
  struct Row {
    std::string what;
    std::function<void(TsBuilder&)> go_on;
    bool discontinuity;
  };
  const Row rows[] = {
      {"nothing new", [&](TsBuilder& s) { add_television(s, next, 18); }, false},
      {"a language alone",
       [&](TsBuilder& s) {
         s.pmt.version = 1;
         s.pmt.streams[1].descriptors = from_hex("0a0473706100");
         add_television(s, next, 18);
       },
       false},
      {"a new clock",
       [&](TsBuilder& s) {
         s.pcr(kVideoPid, 0, true);
         add_television(s, kLead + kPicture, 18);
       },
       true},
      {"another sound",
       [&](TsBuilder& s) {
         s.pmt.version = 1;
         s.pmt.streams[1].stream_type = 0x03;
         add_television(s, next, 18);
       },
       true},
      {"a stream more",
       [&](TsBuilder& s) {
         s.pmt.version = 1;
         s.pmt.streams.push_back({0x0f, 0x102, {}});
         add_television(s, next, 18);
       },
       true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    TsBuilder stream;
    add_television(stream, kStart, 18);
    row.go_on(stream);
    const Cuts cuts = cut(stream.bytes, {.target = 100 * kPicture});
    REQUIRE(cuts.segments.size() == (row.discontinuity ? 2 : 1));
    CHECK(cuts.duration() == 36 * kPicture);
    if (!row.discontinuity) continue;
    CHECK(cuts.segments[1].discontinuity);
    CHECK(cuts.segments[0].duration == 18 * kPicture);
  }
}

TEST_CASE("a changed picture size is a discontinuity on the same clock") {
  TsBuilder stream;
  add_television(stream, kStart, 12);
  stream.tables();
  // 640x360 instead of 320x180
  const auto other = from_hex("000000010910000000016764001facd940a02ff97011000003001000000301900f183196000000"
                              "000168eaecb22c0000000165888400"
                              "29ffdb80243b06a5abac4d9f48250a61aa936476");
  stream.unit(kVideoPid, 0xe0, other, kStart + 13 * kPicture, {.dts = kStart + 12 * kPicture});
  const Cuts cuts = cut(stream.bytes, {.target = 100 * kPicture});
  REQUIRE(cuts.segments.size() == 2);
  CHECK(cuts.segments[1].discontinuity);
  CHECK(cuts.segments[0].duration == 12 * kPicture);
}

TEST_CASE("without pictures every unit of sound behind tables is a place to cut") {
  TsBuilder radio{radio_pmt()};
  add_radio(radio, kStart, 20);
  const SegmentSettings settings{.target = 8 * kPicture, .part_target = 2 * kPicture};
  const Cuts cuts = cut(radio.bytes, settings);
  CHECK(cuts.points.size() == 20);
  REQUIRE(cuts.segments.size() == 3);
  CHECK(cuts.segments[0].duration == 8 * kPicture);
  CHECK(cuts.duration() == 20 * kPicture);
  CHECK(std::ranges::all_of(cuts.parts, &Part::independent));
  check_laws(cuts, radio, settings);
}

TEST_CASE("any split of the same bytes gives the same cuts") {
  const auto describe = [](const Cuts& cuts) {
    std::string text;
    for (const CutPoint& c : cuts.points)
      text += std::to_string(c.offset) + " ";
    for (const Part& p : cuts.parts)
      text += std::to_string(p.size) + "/" + std::to_string(p.duration) + " ";
    for (const Segment& s : cuts.segments)
      text += std::to_string(s.size) + "/" + std::to_string(s.duration) + " ";
    return text;
  };
  std::mt19937 random{9};
  const SegmentSettings settings{.target = 12 * kPicture, .part_target = 4 * kPicture};
  for (int round = 0; round < 30; ++round) {
    CAPTURE(round);
    TsBuilder stream;
    add_television(stream, kStart, 40);
    for (int fault = 0; fault < round % 8; ++fault)
      stream.bytes[random() % stream.bytes.size()] = static_cast<std::byte>(random());
    const std::string whole = describe(cut(stream.bytes, settings));
    CHECK(describe(cut(stream.bytes, settings, [&] { return 1 + random() % 700; })) == whole);
    CHECK(describe(cut(stream.bytes, settings, [] { return 1; })) == whole);
  }
}
