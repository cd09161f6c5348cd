// SPDX-License-Identifier: LGPL-2.1-or-later
#include "splice_output.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace relevo;
using namespace relevo::ts;
using namespace relevo::test;

TEST_CASE("a source alone passes with its own stamps, on the PIDs of the output") {
  const TsBuilder a = television(kStart, 60);
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  const auto pictures = output.pts(kOutVideo);
  REQUIRE(pictures.size() == 60);
  CHECK(pictures.front() == kStart + kPicture);
  CHECK(steps(pictures) == kEven);
  CHECK(output.pmt().pcr_pid == kOutVideo);
}

TEST_CASE("a picture without a declared length is whole when the next one begins") {
  TsBuilder a;
  for (int i = 0; i < 40; ++i) {
    const Ticks dts = kStart + i * kPicture;
    if (i % kGop == 0) a.tables();
    a.unit(kVideoPid, 0xe0, h264_picture(i % kGop == 0), dts + kPicture,
           {.dts = dts, .pcr = (dts - kLead) * kPcrPerTick, .declared = 0});
  }
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() == 39);
}

TEST_CASE("any cut and any entry give one stream without a violation or a missing picture") {
  std::mt19937 random{11};
  const TsBuilder a = television(kStart, 80);
  const TsBuilder b = television(kStart + 500 * kTicksPerSecond, 80);
  for (int round = 0; round < 150; ++round) {
    const std::size_t cut = a.bytes.size() / 2 + random() % (a.bytes.size() / 2);
    const std::size_t entry = random() % (b.bytes.size() / 2);
    CAPTURE(cut);
    CAPTURE(entry);
    const Output output = splice({Bytes{a.bytes}.first(cut), Bytes{b.bytes}.subspan(entry)});
    CHECK(output.violations() == "");
    CHECK(steps(output.pts(kOutVideo)) == kEven);
    CHECK(output.pts(kOutVideo).size() > 60);
  }
}

TEST_CASE("a joint may lie anywhere around the wrap of the clock") {
  for (Ticks before = 0; before < 12 * kTicksPerSecond; before += kTicksPerSecond / 2) {
    CAPTURE(before);
    const TsBuilder a = television(kTicksModulus - before, 60); // 2.4 s
    const TsBuilder b = television(kStart, 60);
    const Output output = splice({a.bytes, b.bytes, a.bytes});
    CHECK(output.violations() == "");
    CHECK(steps(output.pts(kOutVideo)) == kEven);
  }
}

TEST_CASE("sources whose clocks run differently far behind their stamps join without a step of the clock") {
  const auto with_lead = [](Ticks lead) {
    TsBuilder stream;
    for (int i = 0; i < 100; ++i) {
      const Ticks dts = kStart + i * kPicture;
      if (i % kGop == 0) stream.tables();
      stream.unit(kVideoPid, 0xe0, h264_picture(i % kGop == 0), dts + kPicture,
                  {.dts = dts, .pcr = (dts - lead) * kPcrPerTick});
      add_sound(stream, dts);
    }
    return stream;
  };
  const std::vector<Ticks> leads{kTicksPerSecond / 10, kTicksPerSecond / 2, 3 * kTicksPerSecond / 2};
  for (const Ticks first : leads)
    for (const Ticks second : leads) {
      CAPTURE(first);
      CAPTURE(second);
      const Output output = splice({with_lead(first).bytes, with_lead(second).bytes, with_lead(first).bytes});
      CHECK(output.violations() == "");
    }
}

TEST_CASE("a source that reorders more than the one before keeps its pictures and an ordered DTS") {
  TsBuilder plain; // no reordering: PTS is DTS
  for (int i = 0; i < 50; ++i) {
    if (i % kGop == 0) plain.tables();
    const Ticks dts = kStart + i * kPicture;
    plain.unit(kVideoPid, 0xe0, h264_picture(i % kGop == 0), dts, {.pcr = (dts - kLead) * kPcrPerTick});
  }
  TsBuilder deep; // three pictures of reordering: I P B B P B B …
  constexpr int kOrder[] = {0, 3, 1, 2};
  for (int i = 0; i < 48; ++i) {
    if (i % kGop == 0) deep.tables();
    const Ticks dts = kStart + i * kPicture;
    const int shown = i / 4 * 4 + kOrder[i % 4];
    deep.unit(kVideoPid, 0xe0, h264_picture(i % kGop == 0), kStart + (shown + 2) * kPicture,
              {.dts = dts, .pcr = (dts - kLead) * kPcrPerTick});
  }
  const Output output = splice({plain.bytes, deep.bytes, plain.bytes});
  CHECK(output.violations() == "");
  CHECK(steps(output.pts(kOutVideo)) == kEven);
}

TEST_CASE("a cut inside a group of reordered pictures leaves no hole") {
  TsBuilder a;
  constexpr int kOrder[] = {0, 3, 1, 2};
  for (int i = 0; i < 48; ++i) {
    if (i % kGop == 0) a.tables();
    const Ticks dts = kStart + i * kPicture;
    a.unit(kVideoPid, 0xe0, h264_picture(i % kGop == 0), kStart + (i / 4 * 4 + kOrder[i % 4] + 2) * kPicture,
           {.dts = dts, .pcr = (dts - kLead) * kPcrPerTick});
  }
  const TsBuilder b = television(kStart, 30);
  for (std::size_t cut = a.bytes.size() / 2; cut < a.bytes.size(); cut += 331) {
    CAPTURE(cut);
    const Output output = splice({Bytes{a.bytes}.first(cut), b.bytes});
    CHECK(output.violations() == "");
    CHECK(steps(output.pts(kOutVideo)) == kEven);
  }
}

TEST_CASE("sound of the next source continues that of the one before: no overlap, no hole beyond a frame") {
  const TsBuilder a = television(kStart, 60);
  const TsBuilder b = television(kStart + 77'777, 60);
  const Output output = splice({a.bytes, b.bytes});
  const auto sound = output.pts(kOutAudio);
  REQUIRE(sound.size() > 100);
  for (std::size_t i = 1; i < sound.size(); ++i) {
    CHECK(sound[i] - sound[i - 1] > 0);
    CHECK(sound[i] - sound[i - 1] < 2 * kPicture);
  }
}

TEST_CASE("radio joins radio, and television joins radio and back") {
  TsBuilder radio{radio_pmt()};
  add_radio(radio, kStart, 60);
  const TsBuilder tv = television(kStart + 99 * kTicksPerSecond, 60);
  const Output output = splice({radio.bytes, radio.bytes, tv.bytes, radio.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutAudio).size() > 200);
  CHECK(output.pts(kOutVideo).size() == 60);
}

TEST_CASE("radio begins where the sound of television ends, however far beyond its last picture that is") {
  constexpr int kPictures = 31, kPicturesPerSound = 5;
  TsBuilder tv;
  for (int i = 0; i < kPictures; ++i) {
    const Ticks dts = kStart + i * kPicture;
    add_picture(tv, dts, i % kGop == 0);
    if (i % kPicturesPerSound == 0) add_sound(tv, dts);
  }
  TsBuilder radio{radio_pmt()};
  add_radio(radio, kStart, 60);
  const Output output = splice({tv.bytes, radio.bytes});
  CHECK(output.violations() == "");
  const auto sound = output.pts(kOutAudio);
  REQUIRE(sound.size() == 6 + 60); // the first is before the first picture
  CHECK(sound[5] == kStart + 30 * kPicture);
  CHECK(sound[6] == kStart + 35 * kPicture);
}

TEST_CASE("a source that stands by keeps its newest entry, and no more") {
  Splicer splicer;
  Output output;
  const SourceId id = splicer.add_source();
  const TsBuilder a = television(kStart, 600);
  push(splicer, id, a.bytes, output);
  CHECK(output.bytes.empty());
  CHECK(splicer.ready(id));
  CHECK(splicer.source(id).held().size() < a.packets() / 10);
  splicer.switch_to(id);
  output.take(splicer);
  CHECK(output.pts(kOutVideo).front() == kStart + (600 / kGop - 1) * kGop * kPicture + kPicture);
}

TEST_CASE("the source that is on goes on until the wanted one has an entry") {
  Splicer splicer;
  Output output;
  const TsBuilder a = television(kStart, 60), b = television(kStart, 60);
  const SourceId first = splicer.add_source(), second = splicer.add_source();
  splicer.switch_to(first);
  push(splicer, first, Bytes{a.bytes}.first(a.bytes.size() / 2), output);
  splicer.switch_to(second);
  const std::size_t before = output.bytes.size();
  push(splicer, first, Bytes{a.bytes}.subspan(a.bytes.size() / 2), output);
  CHECK(output.bytes.size() > before);
  CHECK(splicer.active() == first);
  push(splicer, second, b.bytes, output);
  CHECK(splicer.active() == second);
  CHECK(output.violations() == "");
}

TEST_CASE("a source that is no longer wanted stands by like any other") {
  Splicer splicer;
  Output output;
  const TsBuilder a = television(kStart, 600);
  const SourceId first = splicer.add_source(), second = splicer.add_source(), third = splicer.add_source();
  splicer.switch_to(first);
  push(splicer, first, a.bytes, output);
  splicer.switch_to(second); // has no entry yet
  splicer.switch_to(third);
  push(splicer, second, a.bytes, output);
  CHECK(splicer.active() == first);
  CHECK(splicer.source(second).held().size() < a.packets() / 10);
  CHECK(splicer.ready(second));
}

TEST_CASE("what comes out does not depend on how sources were cut into blocks") {
  std::mt19937 random{5};
  TsBuilder a; // its sound comes late
  for (int i = 0; i < 40; ++i) {
    add_picture(a, kStart + i * kPicture, i % kGop == 0);
    add_sound(a, kStart + (i - 4) * kPicture);
  }
  a.erase(a.find(kVideoPid, 30));
  TsBuilder b; // its clock runs close to its stamps: that of the next source has to be held back
  for (int i = 0; i < 40; ++i) {
    const Ticks dts = kStart + i * kPicture;
    if (i % kGop == 0) b.tables();
    b.unit(kVideoPid, 0xe0, h264_picture(i % kGop == 0), dts + kPicture,
           {.dts = dts, .pcr = (dts - kPicture) * kPcrPerTick});
    add_sound(b, dts);
  }
  const auto run = [&](auto next_size) {
    Splicer splicer;
    Output output;
    for (const Bytes source : {Bytes{b.bytes}, Bytes{a.bytes}}) {
      const SourceId id = splicer.add_source();
      splicer.switch_to(id);
      for (Bytes rest = source; !rest.empty();) {
        const Bytes part = rest.first(std::min<std::size_t>(next_size(), rest.size()));
        push(splicer, id, part, output);
        rest = rest.subspan(part.size());
      }
    }
    return output.bytes;
  };
  const auto whole = run([] { return std::size_t{1} << 20; });
  CHECK(run([] { return std::size_t{1}; }) == whole);
  CHECK(run([&] { return 1 + random() % 900; }) == whole);
}

TEST_CASE("a source that has ended and comes back is entered anew, and loses nothing behind its entry") {
  const TsBuilder a = television(kStart, 3 * kGop);
  Splicer splicer;
  Output output;
  const SourceId id = splicer.add_source();
  splicer.switch_to(id);
  for (int round = 0; round < 2; ++round) {
    push(splicer, id, a.bytes, output);
    splicer.end(id);
    output.take(splicer);
  }
  CHECK(splicer.active() == id);
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() == 2 * 3 * kGop);
  CHECK(steps(output.pts(kOutVideo)) == kEven);
}

TEST_CASE("calls for sources that are not there do nothing") {
  Splicer splicer;
  const SourceId id = splicer.add_source();
  splicer.switch_to(id);
  splicer.remove_source(id);
  std::vector<std::byte> bytes(1000);
  splicer.push(id, bytes);
  splicer.end(id);
  splicer.switch_to(id);
  splicer.remove_source(id);
  CHECK_FALSE(splicer.ready(id));
  CHECK_FALSE(splicer.active().has_value());
  CHECK(splicer.output().empty());
}
