// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/splice.hpp"

#include "base/crc32.hpp"
#include "ts/check.hpp"
#include "ts_builder.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace relevo;
using namespace relevo::ts;
using namespace relevo::test;

namespace {

constexpr Ticks kStart = 10 * kTicksPerSecond;

TsBuilder television(Ticks first_dts, int pictures) {
  TsBuilder stream;
  add_television(stream, first_dts, pictures);
  return stream;
}

/// What players would receive.
struct Output {
  std::vector<std::byte> bytes;

  void take(Splicer& splicer) {
    bytes.insert(bytes.end(), splicer.output().begin(), splicer.output().end());
    splicer.clear_output();
  }
  [[nodiscard]] std::string violations() const {
    std::string text;
    Checker checker(
        [&](const Violation& v) { text.append(name_of(v.kind)).append(": ").append(v.text).append("\n"); });
    checker.push(bytes);
    checker.finish();
    return text;
  }
  /// The PTS of every unit on a PID, in order.
  [[nodiscard]] std::vector<Ticks> pts(Pid pid) const {
    std::vector<Ticks> found;
    for_each(pid, [&](PacketView packet) {
      PesHeader header;
      if (packet.unit_start() && parse_pes_header(packet.payload(), header) == PesParse::Ok && header.pts)
        found.push_back(*header.pts);
    });
    return found;
  }
  template <class Fn>
  void for_each(Pid pid, Fn fn) const {
    for (std::size_t at = 0; at < bytes.size(); at += kPacketSize)
      if (const PacketView packet{&bytes[at]}; packet.pid() == pid) fn(packet);
  }
  [[nodiscard]] Pmt pmt() const {
    PsiTracker tracker;
    for (std::size_t at = 0; at < bytes.size(); at += kPacketSize)
      if (const PacketView packet{&bytes[at]}; tracker.follows(packet.pid())) tracker.push(packet);
    return tracker.pmt().value();
  }
};

constexpr Pid kOutVideo = 0x100;
constexpr Pid kOutAudio = 0x110;

void push(Splicer& splicer, SourceId id, Bytes bytes, Output& output) {
  std::vector<std::byte> copy(bytes.begin(), bytes.end());
  splicer.push(id, copy);
  output.take(splicer);
}

/// Each part is played to its end and left for the next.
Output splice(const std::vector<Bytes>& parts) {
  Splicer splicer;
  Output output;
  for (const Bytes part : parts) {
    const SourceId id = splicer.add_source();
    splicer.switch_to(id);
    push(splicer, id, part, output);
  }
  return output;
}

/// Steps between pictures in the order in which they are shown; each once.
std::vector<Ticks> steps(std::vector<Ticks> pts) {
  for (std::size_t i = 1; i < pts.size(); ++i)
    pts[i] = pts[i - 1] + wrapped_difference(pts[i], pts[i - 1], kTicksModulus);
  std::ranges::sort(pts);
  std::vector<Ticks> found;
  for (std::size_t i = 1; i < pts.size(); ++i)
    found.push_back(pts[i] - pts[i - 1]);
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

const std::vector<Ticks> kEven{kPicture};

} // namespace

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

TEST_CASE("a loss costs the unit that it hits") {
  TsBuilder a = television(kStart, 60);
  a.erase(a.find(kVideoPid, 40)); // inside or between pictures
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() == 59);
}

TEST_CASE("damaged and repeated packets, and bytes that are none, do not get through") {
  TsBuilder a = television(kStart, 60);
  const std::size_t hit = a.find(kVideoPid, 50);
  store_u8(&a.bytes[hit * kPacketSize + 1], load_u8(&a.bytes[hit * kPacketSize + 1]) | 0x80); // damaged
  const std::size_t again = a.find(kAudioPid, 31);
  const std::vector<std::byte> repeated(&a.bytes[again * kPacketSize], &a.bytes[(again + 1) * kPacketSize]);
  a.bytes.insert(a.bytes.begin() + static_cast<std::ptrdiff_t>((again + 1) * kPacketSize), repeated.begin(),
                 repeated.end());
  a.bytes.insert(a.bytes.begin() + 90 * kPacketSize, 100, std::byte{0x47});
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() > 55);
}

TEST_CASE("a clock that jumps inside a source is joined picture to picture") {
  for (const Ticks jump : {Ticks{3600} * kTicksPerSecond, -5 * kTicksPerSecond}) {
    CAPTURE(jump);
    TsBuilder a;
    add_television(a, kStart, 30);
    for (int i = 30; i < 60; ++i) { // no random access point at the jump
      add_picture(a, kStart + jump + i * kPicture, i % kGop == 0);
      add_sound(a, kStart + jump + i * kPicture);
    }
    const Output output = splice({a.bytes});
    CHECK(output.violations() == "");
    CHECK(output.pts(kOutVideo).size() == 60);
    CHECK(steps(output.pts(kOutVideo)) == kEven);
    CHECK(output.pts(kOutAudio).size() > 55);
  }
}

TEST_CASE("a stream may join the programme inside the header of the picture at which the clock jumps") {
  constexpr Ticks kJumped = 1000 * kTicksPerSecond;
  TsBuilder pes;
  pes.unit(kVideoPid, 0xe0, h264_picture(false, 100), kJumped + kPicture, {.dts = kJumped});
  const Bytes picture = pes.at(0).payload();
  TsBuilder a = television(kStart, 20);
  a.payload(kVideoPid, picture.first(10));
  a.pmt.streams.push_back({0x06, 0x103, from_hex("5606646575021000")});
  a.tables();
  a.unit(0x103, 0xbd, from_hex("10"), kJumped);
  const std::size_t rest = a.packets();
  a.payload(kVideoPid, picture.subspan(10));
  store_u8(&a.at(rest).data()[1], load_u8(&a.at(rest).data()[1]) & 0xbf); // no unit starts here
  for (int i = 1; i < 20; ++i) {
    add_picture(a, kJumped + i * kPicture, false);
    a.unit(0x103, 0xbd, from_hex("10"), kJumped + i * kPicture);
  }
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() == 39); // the one whose header is in two packets is not seen here
  CHECK(output.pts(0x140).size() > 10);
}

TEST_CASE("after a jump with a loss the source is entered anew at a random access point") {
  TsBuilder a = television(kStart, 30);
  TsBuilder restarted = television(kTicksPerSecond, 60);
  const std::size_t middle = restarted.find(kVideoPid, 60) * kPacketSize;
  a.bytes.insert(a.bytes.end(), restarted.bytes.begin() + static_cast<std::ptrdiff_t>(middle),
                 restarted.bytes.end());
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(steps(output.pts(kOutVideo)) == kEven);
}

TEST_CASE("a source that moves to other PIDs goes on where it was") {
  TsBuilder a = television(kStart, 30);
  TsBuilder moved;
  moved.pmt = television_pmt();
  moved.pmt.version = 1;
  moved.pmt.pcr_pid = 0x300;
  moved.pmt.streams[0].pid = 0x300;
  moved.pmt.streams[1].pid = 0x301;
  for (int i = 0; i < 30; ++i) {
    const Ticks dts = kStart + (30 + i) * kPicture;
    if (i % kGop == 0) moved.tables();
    moved.unit(0x300, 0xe0, h264_picture(i % kGop == 0), dts + kPicture,
               {.dts = dts, .pcr = (dts - kLead) * kPcrPerTick});
    moved.unit(0x301, 0xc0, std::vector<std::byte>(300), dts);
  }
  a.bytes.insert(a.bytes.end(), moved.bytes.begin(), moved.bytes.end());
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() == 60);
  CHECK(steps(output.pts(kOutVideo)) == kEven);
}

TEST_CASE("what a source sent between two moves, without an entry, is not sent on") {
  TsBuilder a = television(kStart, 30);
  for (const Pid base : {Pid{0x300}, Pid{0x400}}) {
    a.pmt.pcr_pid = base;
    a.pmt.streams[0].pid = base;
    a.pmt.streams[1].pid = static_cast<Pid>(base + 1);
    a.tables();
    for (int i = 0; i < 20; ++i) {
      const Ticks dts = kStart + (30 + i) * kPicture;
      const bool enters = base == 0x400 && i == 5;
      a.unit(base, 0xe0, h264_picture(enters), dts + kPicture,
             {.dts = dts, .pcr = (dts - kLead) * kPcrPerTick});
      a.unit(static_cast<Pid>(base + 1), 0xc0, std::vector<std::byte>(300), dts);
    }
  }
  Splicer splicer;
  Output output;
  const SourceId id = splicer.add_source();
  splicer.switch_to(id);
  for (Bytes rest{a.bytes}; !rest.empty(); rest = rest.subspan(std::min<std::size_t>(rest.size(), 1000)))
    push(splicer, id, rest.first(std::min<std::size_t>(rest.size(), 1000)), output);
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() == 45);
}

TEST_CASE("a source that is left while it looks for an entry finds one later") {
  TsBuilder a = television(kStart, 30);
  a.pmt.streams[0].stream_type = 0x24; // another codec, and no entry in it
  a.tables();
  for (int i = 0; i < 10; ++i) {
    a.unit(kVideoPid, 0xe0, h264_picture(false), kStart + (30 + i) * kPicture);
    add_sound(a, kStart + (30 + i) * kPicture);
  }
  Splicer splicer;
  Output output;
  const SourceId id = splicer.add_source();
  splicer.switch_to(id);
  push(splicer, id, a.bytes, output);
  splicer.switch_to(id);
  a.bytes.clear();
  a.pmt.streams[0].stream_type = 0x1b;
  add_television(a, kStart + 50 * kPicture, 30);
  push(splicer, id, a.bytes, output);
  CHECK(splicer.counters().joints == 2);
  CHECK(output.violations() == "");
}

TEST_CASE("gaps in the clock of a source are filled") {
  TsBuilder a;
  for (int i = 0; i < 60; ++i) {
    const Ticks dts = kStart + i * kPicture;
    if (i % kGop == 0) a.tables();
    UnitOptions options{.dts = dts};
    if (i % 15 == 0) options.pcr = (dts - kLead) * kPcrPerTick; // every 600 ms
    a.unit(kVideoPid, 0xe0, h264_picture(i % kGop == 0), dts + kPicture, options);
  }
  CHECK(splice({a.bytes}).violations() == "");
}

TEST_CASE("a source without any clock gets one") {
  TsBuilder a;
  for (int i = 0; i < 60; ++i) {
    const Ticks dts = kStart + i * kPicture;
    if (i % kGop == 0) a.tables();
    a.unit(kVideoPid, 0xe0, h264_picture(i % kGop == 0), dts + kPicture, {.dts = dts});
  }
  CHECK(splice({a.bytes}).violations() == "");
}

TEST_CASE("a source whose main stream changes before its first entry is sent from an entry on") {
  TsBuilder a{radio_pmt()};
  a.pmt.streams.insert(a.pmt.streams.begin(), {0x03, 0x102, {}}); // announced, but never comes
  add_radio(a, kStart, 20);
  a.pmt.streams.pop_back();
  std::swap(a.pmt.streams[0], a.pmt.streams.emplace_back(radio_pmt().streams[0]));
  add_radio(a, kStart + 20 * kPicture, 20);
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutAudio).size() == 20);
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

TEST_CASE("a unit that never ends does not hold up the others for ever") {
  TsBuilder a;
  a.pmt.streams.push_back({0x06, 0x103, from_hex("590873706110000100ff")});
  add_television(a, kStart, 20);
  a.unit(0x103, 0xbd, from_hex("2000"), kStart + 20 * kPicture, {.declared = 4000});
  add_television(a, kStart + 20 * kPicture, 100);
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() > 60);
}

TEST_CASE("scrambled packets pass, and nothing of them is believed") {
  TsBuilder a = television(kStart, 60);
  for (std::size_t n = 60; n < 80; ++n) {
    const std::size_t packet = a.find(kVideoPid, n);
    store_u8(&a.bytes[packet * kPacketSize + 3], load_u8(&a.bytes[packet * kPacketSize + 3]) | 0x80);
  }
  Splicer splicer;
  Output output;
  const SourceId id = splicer.add_source();
  splicer.switch_to(id);
  push(splicer, id, a.bytes, output);
  CHECK(splicer.source(id).counters().scrambled_packets == 20);
  CHECK(output.violations().starts_with("scrambled"));
  int scrambled = 0;
  output.for_each(kOutVideo, [&](PacketView packet) { scrambled += packet.scrambling() != 0; });
  CHECK(scrambled == 20);
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
