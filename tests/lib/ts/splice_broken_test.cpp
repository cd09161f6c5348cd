// SPDX-License-Identifier: LGPL-2.1-or-later
// Sources that are damaged, break, or leave something out.
#include "splice_output.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::ts;
using namespace relevo::test;

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

TEST_CASE("where the clock of a source stands still for long, the tables come all the same") {
  TsBuilder a;
  for (int i = 0; i < 60; ++i) {
    const Ticks dts = kStart + i * kPicture;
    if (i == 0) a.tables();
    UnitOptions options{.dts = dts};
    if (i % 45 == 0) options.pcr = (dts - kLead) * kPcrPerTick; // every 1.8 s
    a.unit(kVideoPid, 0xe0, h264_picture(i == 0), dts + kPicture, options);
  }
  CHECK(splice({a.bytes}).violations() == "");
}

TEST_CASE("a source without any clock has one from its first picture on") {
  TsBuilder a;
  a.tables();
  for (int i = 0; i < 2; ++i)
    a.unit(kVideoPid, 0xe0, h264_picture(i == 0), kStart + i * kPicture);
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() == 2);
}

TEST_CASE("a unit that is longer than it declares is dropped") {
  TsBuilder a = television(kStart, 20);
  a.unit(kVideoPid, 0xe0, h264_picture(false), kStart + 21 * kPicture,
         {.dts = kStart + 20 * kPicture, .declared = 100});
  add_picture(a, kStart + 21 * kPicture, false);
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() == 21);
}

TEST_CASE("a source is entered at a picture that is whole") {
  TsBuilder a = television(kStart, 60);
  a.erase(a.find(kVideoPid, 1)); // of the first picture
  const Output output = splice({a.bytes});
  CHECK(output.violations() == "");
  CHECK(output.pts(kOutVideo).size() == 60 - kGop);
}

TEST_CASE("a source that stands by is ready when its first picture is whole") {
  TsBuilder a = television(kStart, 1);
  const std::size_t half = a.find(kVideoPid, 1) * kPacketSize;
  Splicer splicer;
  const SourceId id = splicer.add_source();
  splicer.push(id, Bytes{a.bytes}.first(half));
  CHECK_FALSE(splicer.ready(id));
  splicer.push(id, Bytes{a.bytes}.subspan(half));
  CHECK(splicer.ready(id));
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
