// SPDX-License-Identifier: LGPL-2.1-or-later
// AC-3 and E-AC-3 frame headers, with the substreams that carry more than 5.1 channels.
#include "ac3.hpp"

#include "ts/bits.hpp"

#include <array>
#include <bit>

namespace relevo::ts {
namespace {

// Locations of a channel map, first location highest.
constexpr std::uint16_t location(int index) {
  return static_cast<std::uint16_t>(0x8000 >> index);
}
constexpr std::uint16_t kLeft = location(0);
constexpr std::uint16_t kCentre = location(1);
constexpr std::uint16_t kRight = location(2);
constexpr std::uint16_t kSurrounds = location(3) | location(4);
constexpr std::uint16_t kBack = location(7);
constexpr std::uint16_t kLfe = location(15);
constexpr std::uint16_t kAnyLfe = location(14) | kLfe;
constexpr std::uint16_t kPairs =
    location(5) | location(6) | location(9) | location(10) | location(11) | location(13);

} // namespace

int count_channels(std::uint16_t channel_map) noexcept {
  return std::popcount(channel_map) + std::popcount(static_cast<std::uint16_t>(channel_map & kPairs));
}

bool has_lfe(std::uint16_t channel_map) noexcept {
  return (channel_map & kAnyLfe) != 0;
}

namespace ac3 {
namespace {

constexpr std::array<std::uint32_t, 3> kRates = {48000, 44100, 32000};
constexpr std::array<std::uint32_t, 19> kKilobits = {32,  40,  48,  56,  64,  80,  96,  112, 128, 160,
                                                     192, 224, 256, 320, 384, 448, 512, 576, 640};
constexpr std::array<std::uint8_t, 4> kBlocks = {1, 2, 3, 6};
constexpr std::uint32_t kSamplesPerBlock = 256;

// By audio coding mode; two separate programmes in one stream count as left and right.
constexpr std::array<std::uint16_t, 8> kModeMaps = {
    kLeft | kRight,
    kCentre,
    kLeft | kRight,
    kLeft | kCentre | kRight,
    kLeft | kRight | kBack,
    kLeft | kCentre | kRight | kBack,
    kLeft | kRight | kSurrounds,
    kLeft | kCentre | kRight | kSurrounds,
};

constexpr std::uint8_t kLastAc3Version = 10; // bsid: 9 and 10 halve and quarter the rate
constexpr std::uint8_t kLastVersion = 16;
constexpr std::size_t kAc3Head = 7;
constexpr std::size_t kEac3Head = 12;

std::uint8_t version_of(Bytes bytes) noexcept {
  return static_cast<std::uint8_t>(load_u8(bytes.data() + 5) >> 3);
}

std::optional<AudioSpan> measure_ac3(Bytes bytes) noexcept {
  const std::uint32_t rate_code = load_u8(bytes.data() + 4) >> 6;
  const std::uint32_t size_code = load_u8(bytes.data() + 4) & 0x3f;
  if (rate_code >= kRates.size() || size_code / 2 >= kKilobits.size()) return std::nullopt;
  // Words of a frame of 1536 samples; at 44.1 kHz the code's last bit adds the word that keeps the rate on
  // average.
  std::uint32_t words = kKilobits[size_code / 2] * 1000 / 16 * 1536 / kRates[rate_code];
  if (rate_code == 1) words += size_code & 1;
  return AudioSpan{std::size_t{words} * 2, kAc3Head};
}

std::optional<AudioSpan> measure_eac3(Bytes bytes) noexcept {
  const std::size_t size = (std::size_t{load_be16(bytes.data() + 2)} % 2048 + 1) * 2;
  const std::uint32_t type = load_u8(bytes.data() + 2) >> 6;
  const std::uint32_t rate_codes = load_u8(bytes.data() + 4) >> 4;
  if (size < kEac3Head || type == 3 || rate_codes == 15) return std::nullopt; // reserved values
  return AudioSpan{size, kEac3Head};
}

void set_map(AudioFrame& frame, std::uint32_t mode, bool lfe) noexcept {
  frame.channel_map = static_cast<std::uint16_t>(kModeMaps[mode] | (lfe ? kLfe : 0));
}

AudioFrame parse_ac3(Bytes head) noexcept {
  BitReader in(head.subspan(4));
  const std::uint32_t rate_code = in.u(2);
  const std::uint32_t size_code = in.u(6);
  const std::uint32_t version = in.u(5);
  in.skip(3); // service
  const std::uint32_t mode = in.u(3);
  if ((mode & 1) != 0 && mode != 1) in.skip(2); // level of the centre
  if ((mode & 4) != 0) in.skip(2);              // level of the surrounds
  if (mode == 2) in.skip(2);                    // surround, matrixed
  const bool lfe = in.flag();
  const unsigned shift = version > 8 ? version - 8 : 0;
  AudioFrame frame;
  frame.kind = AudioFrame::Kind::Programme;
  frame.format.codec = Codec::Ac3;
  frame.format.sample_rate = kRates[rate_code] >> shift;
  frame.bitrate = kKilobits[size_code / 2] * 1000 >> shift;
  frame.samples = 6 * kSamplesPerBlock;
  set_map(frame, mode, lfe);
  return frame;
}

AudioFrame parse_eac3(Bytes head, std::size_t size) noexcept {
  BitReader in(head.subspan(2));
  const bool dependent = in.u(2) == 1;
  const std::uint32_t substream = in.u(3);
  in.skip(11); // size
  const std::uint32_t rate_code = in.u(2);
  const std::uint32_t second_code = in.u(2); // blocks, or the rate once more: half rates have six blocks
  const std::uint32_t mode = in.u(3);
  const bool lfe = in.flag();
  in.skip(5 + 5);            // version, dialogue level
  if (in.flag()) in.skip(8); // compression
  if (mode == 0) {
    in.skip(5);
    if (in.flag()) in.skip(8);
  }
  AudioFrame frame;
  frame.format.codec = Codec::Eac3;
  const bool half = rate_code == 3;
  frame.format.sample_rate = half ? kRates[second_code] / 2 : kRates[rate_code];
  frame.samples = kSamplesPerBlock * (half ? 6 : kBlocks[second_code]);
  frame.bitrate =
      static_cast<std::uint32_t>(std::uint64_t{size} * 8 * frame.format.sample_rate / frame.samples);
  set_map(frame, mode, lfe);
  if (dependent) {
    frame.kind = AudioFrame::Kind::Dependent;
    if (in.flag()) frame.channel_map = static_cast<std::uint16_t>(in.u(16));
  } else if (substream == 0) {
    frame.kind = AudioFrame::Kind::Programme;
  }
  return frame;
}

} // namespace

std::optional<AudioSpan> measure(Bytes bytes) noexcept {
  if (load_be16(bytes.data()) != 0x0b77 || version_of(bytes) > kLastVersion) return std::nullopt;
  return version_of(bytes) <= kLastAc3Version ? measure_ac3(bytes) : measure_eac3(bytes);
}

AudioFrame parse(Bytes head) noexcept {
  const bool plain = version_of(head) <= kLastAc3Version;
  AudioFrame frame = plain ? parse_ac3(head) : parse_eac3(head, measure_eac3(head)->size);
  frame.format.channels = static_cast<std::uint8_t>(count_channels(frame.channel_map));
  frame.format.lfe = has_lfe(frame.channel_map);
  return frame;
}

} // namespace ac3
} // namespace relevo::ts
