// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/analyse.hpp"

#include "ts_builder.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <random>

using namespace relevo;
using namespace relevo::ts;
using namespace std::string_view_literals;
using namespace relevo::test;

namespace {

constexpr Ticks kStart = 10 * kTicksPerSecond;

StreamReport analyse(Bytes bytes, const std::function<std::size_t()>& next_size = {}) {
  Analyser analyser;
  while (!bytes.empty()) {
    const std::size_t size = std::min(next_size ? next_size() : bytes.size(), bytes.size());
    analyser.push(bytes.first(size));
    bytes = bytes.subspan(size);
  }
  analyser.finish();
  return analyser.report();
}

const PidReport& at(const StreamReport& report, Pid pid) {
  const auto it = std::ranges::find(report.pids, pid, &PidReport::pid);
  REQUIRE(it != report.pids.end());
  return *it;
}

TsBuilder television(int pictures = 3 * kGop + 1) {
  TsBuilder stream;
  add_television(stream, kStart, pictures);
  return stream;
}

} // namespace

TEST_CASE("a programme is described by its tables") {
  TsBuilder stream;
  const auto bytes = [](std::string_view text) {
    return DescriptorLoop(as_bytes(text).begin(), as_bytes(text).end());
  };
  stream.pmt.streams[1].descriptors = bytes("\x0a\x04spa\0"sv);
  stream.pmt.streams.push_back({0x06, 0x102, bytes("\x56\x05spa\x10\x88"sv)});
  stream.pmt.streams.push_back({0x06, 0x103,
                                bytes("\x59\x08"
                                      "deu\x10\0\x02\0\x03"sv)});
  Sdt sdt;
  sdt.services.push_back({.id = 1, .descriptors = make_service_descriptor("Prov", "Señal 1")});
  stream.section(kSdtPid, write_sdt(sdt).value().front());
  add_television(stream, kStart, 5);
  const StreamReport report = analyse(stream.bytes);

  REQUIRE(report.programmes.size() == 1);
  const ProgrammeReport& programme = report.programmes[0];
  CHECK(programme.number == 1);
  CHECK(programme.pmt_pid == kPmtPid);
  CHECK(programme.name == "Señal 1");
  CHECK(programme.provider == "Prov");
  CHECK(programme.streams == std::vector<Pid>{kVideoPid, kAudioPid, 0x102, 0x103});
  CHECK(at(report, kVideoPid).codec == Codec::H264);
  CHECK(at(report, kAudioPid).codec == Codec::AacAdts);
  CHECK(at(report, kAudioPid).language == "spa");
  REQUIRE(at(report, 0x102).teletext.size() == 1);
  CHECK(at(report, 0x102).teletext[0].page == 888);
  REQUIRE(at(report, 0x103).subtitles.size() == 1);
  CHECK(at(report, 0x103).subtitles[0].composition_page == 2);
  CHECK(at(report, 0x103).packets == 0);
  CHECK(at(report, kPmtPid).programme == 0);
}

TEST_CASE("what is no language is none") {
  TsBuilder stream;
  const auto loop = as_bytes("\x0a\x04po\xe7\0"sv);
  stream.pmt.streams[1].descriptors = DescriptorLoop(loop.begin(), loop.end());
  add_television(stream, kStart, 5);
  CHECK(at(analyse(stream.bytes), kAudioPid).language.empty());
}

TEST_CASE("pictures, their distances and their format are found") {
  const StreamReport report = analyse(television().bytes);
  const PidReport& pid = at(report, kVideoPid);
  CHECK(pid.role == Role::Video);
  CHECK(pid.random_access_points == 4);
  REQUIRE(pid.video);
  const VideoReport& video = *pid.video;
  CHECK(video.pictures == 3 * kGop + 1);
  REQUIRE(video.format);
  CHECK(video.format->width == 320);
  CHECK(video.format->frame_rate == Rational{25, 1});
  CHECK(video.frame_rate == Rational{25, 1});
  REQUIRE(video.last_gop);
  CHECK(video.last_gop->pictures == kGop);
  CHECK(video.shortest_gop->duration == kGop * kPicture);
  CHECK(video.longest_gop->duration == kGop * kPicture);
  CHECK(at(report, kAudioPid).random_access_points == 0); // sound is no place to start at beside pictures
}

TEST_CASE("the format of sound is found") {
  TsBuilder radio{radio_pmt()};
  radio.pmt.streams[0].stream_type = 0x03;
  // MPEG-1 layer II, 192 kbit/s, 48 kHz, stereo: 576 bytes a frame
  std::vector<std::byte> frame = from_hex("fffda404");
  frame.resize(576);
  for (int i = 0; i < 5; ++i) {
    radio.tables();
    radio.unit(kAudioPid, 0xc0, frame, kStart + i * 2160);
  }
  const PidReport report = at(analyse(radio.bytes), kAudioPid);
  REQUIRE(report.audio);
  REQUIRE(report.audio->format);
  CHECK(report.audio->format->profile == AudioProfile::Layer2);
  CHECK(report.audio->format->sample_rate == 48000);
  CHECK(report.audio->format->channels == 2);
  CHECK(report.audio->bit_rate == 192'000);
}

TEST_CASE("short and long GOPs are told apart, and none spans a break of the clock") {
  TsBuilder stream = television(kGop);
  const Ticks next = kStart + kGop * kPicture;
  add_television(stream, next, 5);
  add_picture(stream, next + 5 * kPicture, true);
  stream.pcr(kVideoPid, 0, true);
  add_television(stream, kLead + kPicture, kGop);
  const StreamReport report = analyse(stream.bytes);
  const VideoReport video = *at(report, kVideoPid).video;
  CHECK(video.shortest_gop->pictures == 5);
  CHECK(video.longest_gop->pictures == kGop);
  CHECK(video.last_gop->pictures == 5);
  CHECK(report.programmes[0].pcr.breaks == 1);
}

TEST_CASE("no GOP spans a change of the format") {
  TsBuilder stream = television(kGop);
  TsBuilder other;
  add_television(other, kStart + kGop * kPicture, kGop);
  const auto sequence = from_hex("674d400c"); // of level 1.2
  const auto found = std::ranges::search(other.bytes, sequence).begin();
  REQUIRE(found != other.bytes.end());
  found[3] = std::byte{0x0d};
  stream.bytes.insert(stream.bytes.end(), other.bytes.begin(), other.bytes.end());
  const VideoReport video = *at(analyse(stream.bytes), kVideoPid).video;
  CHECK(video.format->level == 13);
  CHECK_FALSE(video.last_gop);
  CHECK(video.frame_rate == Rational{0, 1});
  CHECK(video.pictures == 2 * kGop);
}

TEST_CASE("without pictures every unit of sound is a place to start at") {
  TsBuilder radio{radio_pmt()};
  add_radio(radio, kStart, 20);
  const PidReport report = at(analyse(radio.bytes), kAudioPid);
  CHECK(report.random_access_points == 20);
  CHECK_FALSE(report.video);
}

TEST_CASE("bit rates are packets by PCR time") {
  TsBuilder stream;
  constexpr int kPictures = 101;
  for (int i = 0; i < kPictures; ++i) { // two seconds of small pictures, then two of large ones
    if (i % 5 == 0) stream.tables();
    const Ticks dts = kStart + i * kPicture;
    stream.unit(kVideoPid, 0xe0, h264_picture(i == 0, i < 50 ? 400 : 800), dts,
                {.pcr = (dts - kLead) * kPcrPerTick});
  }
  const StreamReport report = analyse(stream.bytes);
  const BitRate rate = at(report, kVideoPid).rate;
  CHECK(report.duration == 100 * kPicture);
  // 3 packets a picture, then 5
  CHECK(rate.current == 5 * 25 * 188 * 8);
  CHECK(rate.overall == doctest::Approx(4 * 25 * 188 * 8).epsilon(0.02));
  CHECK(report.rate.current > rate.current);
}

TEST_CASE("the clock is measured") {
  TsBuilder stream;
  stream.tables();
  const Pcr step = kPcrPerSecond / 50;
  for (const Pcr late : {0, 0, 500, 0, 0}) { // one PCR is 500 units later than its place
    stream.pcr(kVideoPid, static_cast<Pcr>(stream.packets()) * step + late);
    Packet filler = make_payload_packet(kNullPid, 0, false, std::vector<std::byte>(184));
    stream.append(filler);
  }
  const PcrReport clock = analyse(stream.bytes).programmes.at(0).pcr;
  CHECK(clock.pid == kVideoPid);
  CHECK(clock.count == 5);
  CHECK(clock.shortest == 2 * step - 500);
  CHECK(clock.longest == 2 * step + 500);
  CHECK(clock.mean == 2 * step);
  CHECK(clock.position_jitter == 500);
  CHECK(clock.arrival_jitter == 0);
}

TEST_CASE("arrival is compared with the clock") {
  TsBuilder lead;
  for (int i = 0; i < 4; ++i)
    lead.tables(); // enough for sync: from here on packets are seen as they come
  Analyser analyser;
  analyser.push(lead.bytes, std::chrono::milliseconds(0));
  int i = 0;
  for (const int arrival_ms : {100, 120, 147, 160}) { // one comes 7 ms late
    TsBuilder packet;
    packet.pcr(kVideoPid, i++ * kPcrPerSecond / 50);
    analyser.push(packet.bytes, std::chrono::milliseconds(arrival_ms));
  }
  const PcrReport clock = analyser.report().programmes.at(0).pcr;
  CHECK(clock.count == 4);
  CHECK(clock.arrival_jitter == 7 * kPcrPerSecond / 1000);
}

TEST_CASE("faults are counted where they are") {
  TsBuilder stream = television();
  stream.erase(stream.find(kVideoPid, 30));
  auto damaged = stream.at(stream.find(kAudioPid, 10));
  store_u8(damaged.data() + 1, load_u8(damaged.data() + 1) | 0x80U);
  auto scrambled = stream.at(stream.find(kAudioPid, 20));
  store_u8(scrambled.data() + 3, load_u8(scrambled.data() + 3) | 0xc0U);
  auto broken = stream.at(stream.find(kPmtPid, 1));
  broken.data()[10] ^= std::byte{1};
  stream.bytes.insert(stream.bytes.begin() + 50 * 188, 33, std::byte{0});
  const StreamReport report = analyse(stream.bytes);
  CHECK(at(report, kVideoPid).continuity_errors == 1);
  CHECK(at(report, kAudioPid).transport_errors == 1);
  CHECK(at(report, kAudioPid).scrambled_packets == 1);
  CHECK(report.broken_sections == 1);
  CHECK(report.sync_losses == 1);
  CHECK(report.skipped_bytes == 33);
  CHECK(report.packets == stream.packets());
  CHECK(report.transport_errors == 1);
  CHECK(report.scrambled_packets == 1);
}

TEST_CASE("any split of the same bytes gives the same report") {
  const auto describe = [](const StreamReport& r) {
    std::string text = std::to_string(r.packets) + " " + std::to_string(r.skipped_bytes) + " " +
                       std::to_string(r.duration) + " " + std::to_string(r.broken_sections) + " " +
                       std::to_string(r.rate.overall);
    for (const PidReport& pid : r.pids)
      text += "\n" + std::to_string(pid.pid) + " " + std::to_string(pid.packets) + " " +
              std::to_string(pid.units) + " " + std::to_string(pid.random_access_points) + " " +
              std::to_string(pid.continuity_errors) + " " + std::to_string(pid.rate.current);
    for (const ProgrammeReport& p : r.programmes)
      text += "\n" + std::to_string(p.pcr.position_jitter);
    return text;
  };
  std::mt19937 random{5};
  for (int round = 0; round < 30; ++round) {
    CAPTURE(round);
    TsBuilder stream = television();
    for (int fault = 0; fault < 8; ++fault)
      stream.bytes[random() % stream.bytes.size()] = static_cast<std::byte>(random());
    const std::string whole = describe(analyse(stream.bytes));
    CHECK(describe(analyse(stream.bytes, [&] { return 1 + random() % 700; })) == whole);
    CHECK(describe(analyse(stream.bytes, [] { return 1; })) == whole);
  }
}
