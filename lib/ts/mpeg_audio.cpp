// SPDX-License-Identifier: LGPL-2.1-or-later
// The frame header of MPEG audio.
#include "mpeg_audio.hpp"

#include "ts/bits.hpp"

#include <array>

namespace relevo::ts::mpeg_audio {
namespace {

struct Header {
  bool valid = false;
  bool full_rate = false; // MPEG-1; the others have half the samples in layer III
  unsigned layer = 0;     // 1 to 3
  std::uint32_t rate = 0;
  std::uint32_t bitrate = 0;
  bool padding = false;
  bool mono = false;
};

using Kilobits =
    std::array<std::uint16_t, 16>; // 0: free format and the forbidden value, whose size no header tells
constexpr std::array<Kilobits, 3> kFullRate = {{
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0},
}};
constexpr std::array<Kilobits, 3> kLowRate = {{
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},
}};
constexpr std::array<std::uint32_t, 4> kRates = {44100, 48000, 32000, 0};

enum Version : std::uint32_t { kMpeg25 = 0, kReserved = 1, kMpeg2 = 2 };

Header read_header(Bytes bytes) noexcept {
  BitReader in(bytes);
  Header h;
  in.skip(11); // sync word
  const std::uint32_t version = in.u(2);
  h.layer = 4 - in.u(2);
  in.skip(1); // protection
  const std::uint32_t bitrate_index = in.u(4);
  const std::uint32_t rate_index = in.u(2);
  h.padding = in.flag();
  in.skip(1);
  h.mono = in.u(2) == 3;
  if (version == kReserved || h.layer == 4) return h;
  h.full_rate = version > kMpeg2;
  h.rate = kRates[rate_index] >> (version == kMpeg25 ? 2 : version == kMpeg2 ? 1 : 0);
  h.bitrate = (h.full_rate ? kFullRate : kLowRate)[h.layer - 1][bitrate_index] * 1000U;
  h.valid = h.rate != 0 && h.bitrate != 0;
  return h;
}

std::uint32_t samples_of(const Header& h) noexcept {
  if (h.layer == 1) return 384;
  return h.layer == 3 && !h.full_rate ? 576 : 1152;
}

} // namespace

std::optional<AudioSpan> measure(Bytes bytes) noexcept {
  if ((load_be16(bytes.data()) & 0xffe0) != 0xffe0) return std::nullopt;
  const Header h = read_header(bytes);
  if (!h.valid) return std::nullopt;
  const std::uint32_t slot = h.layer == 1 ? 4 : 1;
  const std::uint32_t slots = samples_of(h) / 8 / slot * h.bitrate / h.rate + (h.padding ? 1 : 0);
  return AudioSpan{std::size_t{slots} * slot, kHeaderSize};
}

AudioFrame parse(Bytes head) noexcept {
  constexpr AudioProfile kLayers[] = {AudioProfile::Layer1, AudioProfile::Layer2, AudioProfile::Layer3};
  const Header h = read_header(head);
  AudioFrame frame;
  frame.kind = AudioFrame::Kind::Programme;
  frame.format.codec = Codec::MpegAudio;
  frame.format.profile = kLayers[h.layer - 1];
  frame.format.sample_rate = h.rate;
  frame.format.channels = h.mono ? 1 : 2;
  frame.samples = samples_of(h);
  frame.bitrate = h.bitrate;
  return frame;
}

} // namespace relevo::ts::mpeg_audio
