// SPDX-License-Identifier: LGPL-2.1-or-later
#include "ts/audio_probe.hpp"

#include "audio_streams.hpp"
#include "bit_writer.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <tuple>

using namespace relevo;
using namespace relevo::ts;
using relevo::test::audio_stream;
using relevo::test::audio_streams;
using relevo::test::AudioStream;
using relevo::test::BitWriter;

namespace {

using Buffer = std::vector<std::byte>;

void push_split(AudioProbe& probe, Bytes bytes, std::size_t chunk) {
  for (; !bytes.empty(); bytes = bytes.subspan(std::min(chunk, bytes.size()))) {
    probe.push(bytes.first(std::min(chunk, bytes.size())));
  }
}

Buffer repeat(const Buffer& bytes, int times) {
  Buffer all;
  for (int i = 0; i < times; ++i)
    all.insert(all.end(), bytes.begin(), bytes.end());
  return all;
}

auto answer(const AudioProbe& probe) {
  return std::tuple(probe.frames(), probe.duration_90k(), probe.format(), probe.bitrate(),
                    probe.lost_syncs());
}

// An E-AC-3 frame of 64 bytes and 1536 samples at 48 kHz.
Buffer make_eac3(bool dependent, unsigned mode, bool lfe, unsigned channel_map = 0) {
  BitWriter out;
  out.u(16, 0x0b77)
      .u(2, dependent ? 1 : 0)
      .u(3, 0)
      .u(11, 31)
      .u(2, 0)
      .u(2, 3)
      .u(3, mode)
      .u(1, lfe)
      .u(5, 16)
      .u(5, 31)
      .u(1, 0);
  if (dependent) out.u(1, 1).u(16, channel_map);
  Buffer bytes = out.bytes();
  bytes.resize(64);
  return bytes;
}

} // namespace

TEST_CASE("formats and durations of real streams") {
  for (const AudioStream& stream : audio_streams()) {
    CAPTURE(stream.name);
    AudioProbe probe{stream.format.codec};
    const auto bytes = stream.bytes();
    std::uint32_t frames = 0;
    std::uint64_t ticks = 0;
    for (int packet = 0; packet < 5; ++packet) {
      probe.begin();
      probe.push(bytes);
      CHECK(probe.frames() == stream.frames.size());
      frames += probe.frames();
      ticks += probe.duration_90k();
    }
    const double exact = static_cast<double>(stream.ticks) * frames / 100;
    CHECK(static_cast<double>(ticks) == doctest::Approx(exact).epsilon(0.0003));
    REQUIRE(probe.format().has_value());
    CHECK(probe.format()->codec == stream.format.codec);
    CHECK(probe.format()->profile == stream.format.profile);
    CHECK(probe.format()->sample_rate == stream.format.sample_rate);
    CHECK(probe.format()->channels == stream.format.channels);
    CHECK(probe.format()->lfe == stream.format.lfe);
    CHECK(probe.bitrate() == stream.bitrate);
    CHECK(probe.lost_syncs() == 0);
  }
}

TEST_CASE("every split of the same packets gives the same answer") {
  for (const AudioStream& stream : audio_streams()) {
    CAPTURE(stream.name);
    const auto bytes = repeat(stream.bytes(), 4);
    for (std::size_t packet_size : {std::size_t{100}, std::size_t{333}, bytes.size()}) {
      for (std::size_t chunk = 1; chunk <= 184; ++chunk) {
        AudioProbe whole{stream.format.codec};
        AudioProbe split{stream.format.codec};
        for (std::size_t at = 0; at < bytes.size(); at += packet_size) {
          const Bytes packet = Bytes{bytes}.subspan(at, std::min(packet_size, bytes.size() - at));
          whole.begin();
          whole.push(packet);
          split.begin();
          push_split(split, packet, chunk);
          REQUIRE(answer(whole) == answer(split));
        }
      }
    }
  }
}

TEST_CASE("frames that straddle packets count once") {
  for (const AudioStream& stream : audio_streams()) {
    CAPTURE(stream.name);
    const auto bytes = repeat(stream.bytes(), 4);
    AudioProbe probe{stream.format.codec};
    std::size_t frames = 0;
    for (std::size_t at = 0; at < bytes.size(); at += 301) {
      probe.begin();
      probe.push(Bytes{bytes}.subspan(at, std::min<std::size_t>(301, bytes.size() - at)));
      frames += probe.frames();
    }
    CHECK(frames == 4 * stream.frames.size());
    CHECK(probe.lost_syncs() == 0);
  }
}

TEST_CASE("a missing byte costs one loss of sync") {
  for (const AudioStream& stream : audio_streams()) {
    CAPTURE(stream.name);
    auto bytes = repeat(stream.bytes(), 6);
    bytes.erase(bytes.begin() + 60);
    AudioProbe probe{stream.format.codec};
    probe.begin();
    probe.push(bytes);
    CHECK(probe.lost_syncs() == 1);
    CHECK(probe.format() == stream.format);
    // The header behind the hole is missed with the byte before it, and the next one found is not believed
    // yet.
    CHECK(probe.frames() == 6 * stream.frames.size() - 2);
  }
}

TEST_CASE("a stream that is joined in the middle is believed at its second header") {
  for (const AudioStream& stream : audio_streams()) {
    CAPTURE(stream.name);
    const auto bytes = repeat(stream.bytes(), 3);
    AudioProbe probe{stream.format.codec};
    probe.begin();
    probe.push(Bytes{bytes}.subspan(stream.frames[0].size - 10, 10 + 20));
    CHECK(probe.frames() == 0);
    CHECK_FALSE(probe.format().has_value());
    probe.push(Bytes{bytes}.subspan(stream.frames[0].size + 20));
    CHECK(probe.lost_syncs() == 0);
    CHECK(probe.frames() == 3 * stream.frames.size() - 2 - (stream.format.codec == Codec::AacLatm ? 1 : 0));
  }
}

TEST_CASE("where packets begin with frames, a packet cut short does not hide the next") {
  const AudioStream& stream = audio_stream("ADTS stereo");
  const auto bytes = stream.bytes();
  AudioProbe probe{Codec::AacAdts};
  for (int packet = 0; packet < 3; ++packet) {
    probe.begin();
    probe.push(bytes);
  }
  probe.begin();
  probe.push(Bytes{bytes}.first(200)); // into the second frame
  CHECK(probe.frames() == 2);
  probe.begin();
  probe.push(bytes);
  CHECK(probe.frames() == 3);
  CHECK(probe.lost_syncs() == 1);
}

TEST_CASE("a stream that changes where packets begin inside frames is followed after a while") {
  const auto before = audio_stream("layer II, half rate").bytes();
  const auto after = repeat(audio_stream("layer II").bytes(), 12);
  AudioProbe probe{Codec::MpegAudio};
  probe.begin();
  probe.push(before);
  probe.push(Bytes{after}.subspan(10));
  CHECK(probe.lost_syncs() == 1);
  CHECK(probe.format()->sample_rate == 44100);
}

TEST_CASE("LATM without its configuration keeps step and counts nothing") {
  const auto bytes = audio_stream("LATM").bytes();
  AudioProbe probe{Codec::AacLatm};
  probe.begin();
  probe.push(Bytes{bytes}.subspan(142)); // the two frames that repeat the configuration of the first
  CHECK(probe.frames() == 0);
  CHECK_FALSE(probe.format().has_value());
  probe.begin();
  probe.push(bytes);
  CHECK(probe.frames() == 3);
  CHECK(probe.lost_syncs() == 0);
}

TEST_CASE("dependent substreams add their channels to the programme's") {
  const Buffer core = make_eac3(false, 7, true);
  const Buffer back = make_eac3(true, 6, false, 0x1a00); // the surrounds again, and a pair behind them
  AudioProbe probe{Codec::Eac3};
  probe.begin();
  probe.push(core);
  CHECK(probe.format()->channels == 6);
  const std::uint32_t core_rate = probe.bitrate();
  probe.push(back);
  CHECK(probe.format()->channels == 8);
  CHECK(probe.bitrate() == 2 * core_rate);
  CHECK(probe.frames() == 1);
  CHECK(probe.duration_90k() == 2880);
  probe.begin();
  probe.push(core);
  CHECK(probe.format()->channels == 8); // what belongs to this frame may be still to come
  probe.push(core);
  CHECK(probe.format()->channels == 6); // it was not
  CHECK(probe.bitrate() == core_rate);
  CHECK(probe.format()->lfe);
  CHECK(probe.lost_syncs() == 0);
}

TEST_CASE("a format that changes is reported with its first frame") {
  AudioProbe probe{Codec::Eac3};
  probe.begin();
  probe.push(make_eac3(false, 7, true));
  probe.push(make_eac3(true, 6, false, 0x1a00));
  probe.push(make_eac3(false, 2, false));
  CHECK(probe.format() == AudioFormat{Codec::Eac3, AudioProfile::Unknown, 48000, 2, false});
  probe.push(audio_stream("AC-3 5.1").bytes()); // announced as E-AC-3, sent as AC-3
  CHECK(probe.format()->codec == Codec::Ac3);
  CHECK(probe.lost_syncs() == 0);
}

TEST_CASE("a codec that the probe does not know has no frames") {
  AudioProbe probe{Codec::OtherAudio};
  probe.begin();
  probe.push(audio_stream("AC-3 5.1").bytes());
  CHECK(probe.frames() == 0);
  CHECK_FALSE(probe.format().has_value());
}
