// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/vitals.hpp"

#include "ts_builder.hpp"

#include <doctest/doctest.h>
#include <functional>
#include <ostream>

using namespace relevo;
using namespace relevo::ts;
using namespace relevo::test;

namespace relevo::ts {

std::ostream& operator<<(std::ostream& out, const Vitals& vitals) {
  return out << (vitals.no_packets ? "no packets;" : "") << (vitals.scrambled ? "scrambled;" : "")
             << (vitals.no_video ? "no video;" : "");
}

} // namespace relevo::ts

namespace {

constexpr Vitals kWell{};
constexpr Vitals kNoPackets{.no_packets = true};
constexpr Vitals kScrambled{.scrambled = true};
constexpr Vitals kNoVideo{.no_video = true};

/// A source that goes on: a second at a time, each as sick as wanted.
class Patient {
 public:
  explicit Patient(const Pmt& pmt = television_pmt()) : stream_(pmt) {}

  void pictures_and_sound() {
    second([this](Ticks dts, bool first) {
      add_picture(stream_, dts, first);
      add_sound(stream_, dts);
    });
  }
  void pictures() {
    second([this](Ticks dts, bool first) { add_picture(stream_, dts, first); });
  }
  void sound() {
    second([this](Ticks dts, bool) { add_sound(stream_, dts); });
  }
  void tables() {
    send([this] { stream_.tables(); });
  }
  void scrambled(Pid pid) {
    const std::size_t begin = stream_.packets();
    add_television(stream_, dts_, kPictures);
    for (std::size_t i = begin; i < stream_.packets(); ++i) {
      if (stream_.at(i).pid() != pid) continue;
      std::byte* packet = stream_.at(i).data();
      store_u8(packet + 3, load_u8(packet + 3) | 0x80); // even key
    }
    dts_ += kPictures * kPicture;
    flush();
  }
  void noise() {
    std::vector<std::byte> bytes(40 * kPacketSize);
    for (std::size_t i = 0; i < bytes.size(); ++i)
      bytes[i] = static_cast<std::byte>(i * 7 % 0x40);
    source_.push(bytes, [] {});
  }
  void nothing() {}

  [[nodiscard]] Vitals look() { return watch_.look(source_); }

 private:
  static constexpr int kPictures = 25;

  void second(const std::function<void(Ticks, bool)>& add) {
    send([&] {
      for (int i = 0; i < kPictures; ++i, dts_ += kPicture)
        add(dts_, i == 0);
    });
  }
  void send(const std::function<void()>& add) {
    add();
    flush();
  }
  void flush() {
    source_.push(stream_.bytes, [] {});
    stream_.bytes.clear();
  }

  TsBuilder stream_;
  Ticks dts_ = 10 * kTicksPerSecond;
  Source source_;
  VitalsWatch watch_;
};

struct Step {
  std::string what;
  std::function<void(Patient&)> happens;
  Vitals vitals;
};

const Step kNothing{"nothing", &Patient::nothing, kWell};
const Step kAll{"pictures and sound", &Patient::pictures_and_sound, kWell};
const Step kPicturesAlone{"pictures", &Patient::pictures, kWell};
const Step kSoundAlone{"sound", &Patient::sound, kNoVideo};
const Step kNoise{"noise", &Patient::noise, kNoPackets};
const Step kTables{"tables", &Patient::tables, kWell};
const Step kVideoScrambled{
    "scrambled pictures", [](Patient& p) { p.scrambled(kVideoPid); }, {.scrambled = true, .no_video = true}};
const Step kSoundScrambled{"scrambled sound", [](Patient& p) { p.scrambled(kAudioPid); }, kWell};

void check(Patient& patient, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    CAPTURE(step.what);
    step.happens(patient);
    CHECK(patient.look() == step.vitals);
  }
}

} // namespace

TEST_CASE("what is wrong is seen at the next look, and what went well again, too") {
  const std::vector<std::vector<Step>> courses{
      {kNothing, kAll, kNothing, kAll},
      {kAll, kNoise, kNoise, kAll},
      {kAll, kSoundAlone, kNothing, kSoundAlone, kAll},
      {kAll, kPicturesAlone, kAll},
      {kAll, kVideoScrambled, kNothing, kAll},
      {kAll, kSoundScrambled, kAll},
      {kTables, kSoundAlone, kAll},
      {kNoise, kAll, kNothing},
  };
  for (std::size_t i = 0; i < courses.size(); ++i) {
    CAPTURE(i);
    Patient patient;
    check(patient, courses[i]);
  }
}

TEST_CASE("radio misses no pictures, and is scrambled where its sound is") {
  Patient patient{radio_pmt()};
  check(patient, {{"sound", &Patient::sound, kWell},
                  {"sound", &Patient::sound, kWell},
                  {"noise", &Patient::noise, kNoPackets}});
  Patient pay{radio_pmt()};
  check(pay, {kTables, {"scrambled sound", [](Patient& p) { p.scrambled(kAudioPid); }, kScrambled}});
}
