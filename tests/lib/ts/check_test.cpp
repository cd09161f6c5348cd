// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/check.hpp"

#include "ts_builder.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <random>

using namespace relevo;
using namespace relevo::ts;
using namespace relevo::test;

namespace {

constexpr Ticks kStart = 10 * kTicksPerSecond;
constexpr int kPictures = 30;

std::vector<Violation> check(Bytes bytes, std::function<std::size_t()> next_size = {}) {
  std::vector<Violation> found;
  Checker checker([&](const Violation& violation) { found.push_back(violation); });
  while (!bytes.empty()) {
    const std::size_t size = std::min(next_size ? next_size() : bytes.size(), bytes.size());
    checker.push(bytes.first(size));
    bytes = bytes.subspan(size);
  }
  checker.finish();
  return found;
}

std::string kinds_of(const std::vector<Violation>& violations) {
  std::string kinds;
  for (const Violation& violation : violations)
    kinds.append(kinds.empty() ? "" : " ").append(name_of(violation.kind));
  return kinds;
}

std::string kinds_of(const TsBuilder& stream) {
  return kinds_of(check(stream.bytes));
}

TsBuilder television() {
  TsBuilder stream;
  add_television(stream, kStart, kPictures);
  return stream;
}

struct Row {
  std::string what;
  std::string kinds;
  std::function<void(TsBuilder&)> spoil; // of a stream without a fault
};

void run(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.what);
    TsBuilder stream = television();
    row.spoil(stream);
    CHECK(kinds_of(stream) == row.kinds);
  }
}

} // namespace

TEST_CASE("a stream without a fault has no violation") {
  CHECK(kinds_of(television()) == "");
  TsBuilder wrapping;
  add_television(wrapping, kTicksModulus - 5 * kPicture, kPictures);
  CHECK(kinds_of(wrapping) == "");
  TsBuilder radio{radio_pmt()};
  add_radio(radio, kStart, kPictures);
  CHECK(kinds_of(radio) == "");
}

TEST_CASE("the end of a stream may lie anywhere") {
  const TsBuilder stream = television();
  const std::size_t from = stream.bytes.size() - 12 * kPacketSize;
  for (std::size_t size = from; size < stream.bytes.size(); size += 31) {
    CAPTURE(size);
    CHECK(kinds_of(check(Bytes{stream.bytes}.first(size))) == "");
  }
}

TEST_CASE("faults of packets are found") {
  run({
      {"bytes between packets", "sync",
       [](TsBuilder& s) { s.bytes.insert(s.bytes.begin() + 40 * 188, 17, std::byte{0x11}); }},
      {"bytes in front", "sync", [](TsBuilder& s) { s.bytes.insert(s.bytes.begin(), 9, std::byte{0x11}); }},
      {"a damaged packet", "tei",
       [](TsBuilder& s) { store_u8(s.at(40).data() + 1, load_u8(s.at(40).data() + 1) | 0x80U); }},
      {"a lost packet of a picture", "cc", [](TsBuilder& s) { s.erase(s.find(kVideoPid, 30)); }},
      {"a duplicate", "",
       [](TsBuilder& s) {
         const auto at = s.bytes.begin() + 40 * 188;
         const std::vector<std::byte> copy(at, at + 188);
         s.bytes.insert(at, copy.begin(), copy.end());
       }},
      {"two duplicates", "cc",
       [](TsBuilder& s) {
         const auto at = s.bytes.begin() + 40 * 188;
         std::vector<std::byte> copies(at, at + 188);
         copies.insert(copies.end(), at, at + 188);
         s.bytes.insert(at, copies.begin(), copies.end());
       }},
      {"another packet of the same counter", "cc",
       [](TsBuilder& s) {
         const auto at = s.bytes.begin() + static_cast<std::ptrdiff_t>(s.find(kVideoPid, 41) * 188);
         std::vector<std::byte> copy(at, at + 188);
         copy.back() ^= std::byte{1};
         s.bytes.insert(at, copy.begin(), copy.end());
       }},
      {"an adaptation field longer than its packet", "adaptation",
       [](TsBuilder& s) {
         TsBuilder other;
         other.pcr(kPatPid, 0);
         store_u8(other.at(0).data() + 4, 200);
         s.append(packetize(Bytes{}, 0x11).front());
         s.bytes.insert(s.bytes.end(), other.bytes.begin(), other.bytes.end());
         s.at(s.packets() - 1).set_continuity(s.at(s.find(kPatPid, 2)).continuity());
       }},
      {"a scrambled PID, said once", "scrambled",
       [](TsBuilder& s) {
         for (std::size_t i = s.find(kAudioPid, 40); i < s.packets(); ++i)
           if (s.at(i).pid() == kAudioPid) store_u8(s.at(i).data() + 3, load_u8(s.at(i).data() + 3) | 0x80U);
       }},
      {"a PID that no table mentions, said once", "unreferenced",
       [](TsBuilder& s) {
         for (unsigned i = 0; i < 3; ++i)
           s.append(make_payload_packet(0x300, i, true, std::vector<std::byte>(100)));
       }},
      {"null packets", "",
       [](TsBuilder& s) {
         for (unsigned i = 0; i < 3; ++i)
           s.append(make_payload_packet(kNullPid, 5, false, std::vector<std::byte>(184)));
       }},
  });
}

TEST_CASE("packets without payload keep the counter") {
  TsBuilder stream = television();
  stream.pcr(kVideoPid, (kStart + kPictures * kPicture - kLead) * kPcrPerTick);
  add_television(stream, kStart + kPictures * kPicture, kGop);
  CHECK(kinds_of(stream) == "pcr-back"); // the same PCR twice
  TsBuilder moved = television();
  moved.pcr(kVideoPid, (kStart + kPictures * kPicture - kLead) * kPcrPerTick - 300);
  auto last = moved.at(moved.packets() - 1);
  last.set_continuity(last.continuity() + 1U);
  CHECK(kinds_of(moved) == "cc");
}

TEST_CASE("faults of tables are found") {
  const auto write = [](TsBuilder& s) { s.section(kPmtPid, write_pmt(s.pmt).value()); };
  run({
      {"a wrong CRC", "psi-crc",
       [](TsBuilder& s) {
         auto section = write_pmt(s.pmt).value();
         section.back() ^= std::byte{1};
         s.section(kPmtPid, section);
       }},
      {"another content of the same version", "psi-version",
       [&](TsBuilder& s) {
         s.pmt.streams.push_back({0x0f, 0x102, {}});
         write(s);
       }},
      {"a new version", "",
       [&](TsBuilder& s) {
         s.pmt.streams.push_back({0x0f, 0x102, {}});
         s.pmt.version = 1;
         write(s);
       }},
      {"two programmes", "programmes",
       [](TsBuilder& s) {
         const Pat pat{.transport_stream_id = 1, .version = 1, .programmes = {{1, kPmtPid}, {2, 0x1001}}};
         s.section(kPatPid, write_pat(pat).front());
       }},
      {"neither PAT nor PMT for more than half a second", "psi-missing psi-missing",
       [](TsBuilder& s) {
         const Ticks next = kStart + kPictures * kPicture;
         for (int i = 0; i < kGop; ++i)
           add_picture(s, next + i * kPicture, false);
       }},
  });
  CHECK(kinds_of(check({})) == "psi-missing psi-missing");
}

TEST_CASE("faults of the clock are found") {
  const Ticks next = kStart + kPictures * kPicture;
  run({
      {"a PCR that goes back", "pcr-back",
       [&](TsBuilder& s) { s.pcr(kVideoPid, (next - kLead - 2 * kPicture) * kPcrPerTick); }},
      {"104 ms from PCR to PCR", "pcr-gap",
       [&](TsBuilder& s) { s.pcr(kVideoPid, (next - kLead - kPicture) * kPcrPerTick + 2'808'000); }},
      {"100 ms", "",
       [&](TsBuilder& s) { s.pcr(kVideoPid, (next - kLead - kPicture) * kPcrPerTick + 2'700'000); }},
      {"a new time base that is announced", "",
       [&](TsBuilder& s) {
         s.pcr(kVideoPid, 0, true);
         add_television(s, kLead + kPicture, kPictures);
       }},
      {"a new time base that is not", "pcr-back dts-order dts-order",
       [&](TsBuilder& s) { add_television(s, kStart - kTicksPerSecond, 5); }},
  });
  TsBuilder no_clock;
  no_clock.pmt.pcr_pid = 0x1abc;
  add_television(no_clock, kStart, kPictures);
  CHECK(kinds_of(no_clock) == "pcr-missing");
}

TEST_CASE("faults of PES packets and their time stamps are found") {
  const Ticks next = kStart + kPictures * kPicture;
  run({
      {"less than the declared length", "pes",
       [&](TsBuilder& s) {
         add_sound(s, next, {.declared = 1000});
         add_sound(s, next + kPicture);
       }},
      {"more than the declared length", "pes", [&](TsBuilder& s) { add_sound(s, next, {.declared = 200}); }},
      {"a unit without start code", "pes",
       [](TsBuilder& s) { s.payload(kAudioPid, std::vector<std::byte>(100, std::byte{1})); }},
      {"DTS that stands still", "dts-order", [&](TsBuilder& s) { add_sound(s, next - kPicture); }},
      {"DTS that jumps", "dts-gap", [&](TsBuilder& s) { add_sound(s, next + kTicksPerSecond); }},
      {"PTS before DTS", "pts-before-dts",
       [&](TsBuilder& s) { s.unit(kVideoPid, 0xe0, h264_picture(false), next, {.dts = next + 1}); }},
      {"sound that comes too late", "late",
       [&](TsBuilder& s) {
         for (int i = 0; i < 14; ++i)
           add_picture(s, next + i * kPicture, i % 7 == 0);
         add_sound(s, next - kPicture / 2);
       }},
      {"more than 10 s ahead", "dts-gap lead dts-gap lead",
       [&](TsBuilder& s) {
         s.unit(kVideoPid, 0xe0, h264_picture(false), next + 11 * kTicksPerSecond);
         add_sound(s, next + 11 * kTicksPerSecond);
       }},
      {"payload before the first unit, said once", "orphan",
       [&](TsBuilder& s) {
         const std::size_t first = s.find(kAudioPid);
         for (std::size_t i = first; i < first + 2; ++i)
           store_u8(s.at(i).data() + 1, load_u8(s.at(i).data() + 1) & 0xbfU);
       }},
  });
}

TEST_CASE("a picture is late when its last byte comes after its DTS") {
  for (const int clocks : {1, 2, 3}) {
    CAPTURE(clocks);
    TsBuilder stream;
    stream.tables();
    const Ticks base = kStart - 2 * kPicture; // the clock when the picture begins to come
    stream.unit(kVideoPid, 0xe0, h264_picture(true, 4000), kStart, {.pcr = base * kPcrPerTick});
    const std::size_t middle = stream.find(kVideoPid, 10) * kPacketSize;
    TsBuilder passing;
    for (int i = 1; i <= clocks; ++i) {
      passing.pcr(kVideoPid, (base + i * kPicture) * kPcrPerTick);
      passing.at(passing.packets() - 1).set_continuity(9);
    }
    stream.bytes.insert(stream.bytes.begin() + static_cast<std::ptrdiff_t>(middle), passing.bytes.begin(),
                        passing.bytes.end());
    add_picture(stream, kStart + 20 * kPicture, false);
    const std::string kinds = kinds_of(stream);
    CHECK((kinds.find("late") != std::string::npos) == (clocks == 3));
  }
}

TEST_CASE("a stream begins with a random access picture, and again after a new clock or codec") {
  TsBuilder stream;
  stream.tables();
  add_picture(stream, kStart, false);
  CHECK(kinds_of(stream) == "first-picture");

  TsBuilder clock = television();
  clock.pcr(kVideoPid, 0, true);
  add_picture(clock, kLead + kPicture, false);
  CHECK(kinds_of(clock) == "first-picture");

  // Known parameter sets do not help who joins here.
  TsBuilder bare;
  bare.tables();
  const auto whole = h264_picture(true);
  std::vector<std::byte> picture(whole.begin(), whole.begin() + 6);
  picture.insert(picture.end(), whole.begin() + 43, whole.end());
  bare.unit(kVideoPid, 0xe0, picture, kStart, {.pcr = (kStart - kLead) * kPcrPerTick});
  CHECK(kinds_of(bare) == "first-picture");
}

TEST_CASE("random_access_indicator has to tell the truth about pictures") {
  TsBuilder stream = television();
  const Ticks next = kStart + kPictures * kPicture;
  stream.unit(kVideoPid, 0xe0, h264_picture(false), next, {.random_access = true});
  CHECK(kinds_of(stream) == "rai");
}

TEST_CASE("a violation tells where it is") {
  TsBuilder stream = television();
  const std::size_t lost = stream.find(kVideoPid, 31);
  stream.erase(lost);
  const auto found = check(stream.bytes);
  REQUIRE(found.size() == 1);
  CHECK(found[0].pid == kVideoPid);
  CHECK(found[0].offset == stream.find(kVideoPid, 31) * kPacketSize);
}

TEST_CASE("any split of the same bytes gives the same violations") {
  std::mt19937 random{11};
  for (int round = 0; round < 40; ++round) {
    CAPTURE(round);
    TsBuilder stream = television();
    for (int fault = 0; fault < 6; ++fault)
      stream.bytes[random() % stream.bytes.size()] = static_cast<std::byte>(random());
    stream.erase(random() % stream.packets());
    const auto describe = [](const std::vector<Violation>& violations) {
      std::string text;
      for (const Violation& v : violations)
        text += std::to_string(v.offset) + std::string(name_of(v.kind)) + v.text + "\n";
      return text;
    };
    const std::string whole = describe(check(stream.bytes));
    CHECK(describe(check(stream.bytes, [&] { return 1 + random() % 700; })) == whole);
    CHECK(describe(check(stream.bytes, [] { return 1; })) == whole);
  }
}
