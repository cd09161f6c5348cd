// SPDX-License-Identifier: LGPL-2.1-or-later
// AAC headers: ADTS, and the stream configuration that LATM carries.
#include "aac.hpp"

#include "ts/bits.hpp"

#include <algorithm>
#include <array>

namespace relevo::ts::aac {
namespace {

constexpr std::array<std::uint32_t, 13> kRates = {96000, 88200, 64000, 48000, 44100, 32000, 24000,
                                                  22050, 16000, 12000, 11025, 8000,  7350};
constexpr std::uint32_t kExplicitRate = 15;
constexpr std::uint32_t kMaxRate = 192000;

constexpr std::array<std::uint8_t, 16> kChannels = {0, 1, 2, 3, 4, 5, 6, 8, 0, 0, 0, 7, 8, 24, 8, 0};
constexpr std::uint16_t kLfeConfigurations = 1 << 6 | 1 << 7 | 1 << 11 | 1 << 12 | 1 << 13 | 1 << 14;

constexpr std::uint32_t kProgramConfigElement = 5;
constexpr std::size_t kProgramConfigHead = 48; // a plain one has under 20 bytes

enum ObjectType : std::uint32_t {
  kMain = 1,
  kLc = 2,
  kSsr = 3,
  kLtp = 4,
  kSbr = 5,
  kScalable = 6,
  kEscape = 31,
  kPs = 29
};

AudioProfile profile_of(std::uint32_t object_type) noexcept {
  switch (object_type) {
  case kMain: return AudioProfile::AacMain;
  case kLc: return AudioProfile::AacLc;
  case kSsr: return AudioProfile::AacSsr;
  case kLtp: return AudioProfile::AacLtp;
  case kSbr: return AudioProfile::HeAac;
  case kPs: return AudioProfile::HeAacV2;
  default: return AudioProfile::OtherAac;
  }
}

void set_channels(AudioFormat& format, std::uint32_t configuration) noexcept {
  format.channels = kChannels[configuration & 15];
  format.lfe = (kLfeConfigurations >> (configuration & 15) & 1) != 0;
}

// The layout in words, where no number stands for it. Channels stay unknown when it cannot be read.
void read_program_config(BitReader& in, AudioFormat& format) noexcept {
  in.skip(10); // tag, object type, rate
  const std::uint32_t elements = in.u(4);
  const std::uint32_t side = in.u(4);
  const std::uint32_t back = in.u(4);
  const std::uint32_t lfe = in.u(2);
  in.skip(7);                // associated data, coupling
  if (in.flag()) in.skip(4); // mono mixdown
  if (in.flag()) in.skip(4); // stereo mixdown
  if (in.flag()) in.skip(3); // matrix mixdown
  std::uint32_t channels = lfe;
  for (std::uint32_t i = 0; i < elements + side + back; ++i) {
    channels += in.flag() ? 2 : 1;
    in.skip(4);
  }
  in.skip(std::size_t{lfe} * 4);
  if (!in.ok()) return;
  format.channels = static_cast<std::uint8_t>(channels);
  format.lfe = lfe > 0;
}

std::uint32_t read_object_type(BitReader& in) noexcept {
  const std::uint32_t type = in.u(5);
  return type == kEscape ? 32 + in.u(6) : type;
}

std::uint32_t read_rate(BitReader& in) noexcept {
  const std::uint32_t index = in.u(4);
  const std::uint32_t rate = index == kExplicitRate ? in.u(24) : index < kRates.size() ? kRates[index] : 0;
  if (rate == 0 || rate > kMaxRate) in.fail();
  return rate;
}

// AudioSpecificConfig. Samples count at the rate that comes out: with the high band announced, two for each
// of the core's.
void read_specific_config(BitReader& in, AudioFrame& frame) noexcept {
  std::uint32_t object_type = read_object_type(in);
  const std::uint32_t core_rate = read_rate(in);
  const std::uint32_t configuration = in.u(4);
  frame.kind = AudioFrame::Kind::Programme;
  frame.format.codec = Codec::AacLatm;
  frame.format.profile = profile_of(object_type);
  frame.format.sample_rate = core_rate;
  set_channels(frame.format, configuration);
  if (object_type == kSbr || object_type == kPs) {
    frame.format.sample_rate = read_rate(in);
    if (object_type == kPs && configuration == 1) frame.format.channels = 2;
    object_type = read_object_type(in);
  }
  if (!in.ok()) return;
  std::uint32_t core_samples = 1024;
  if (object_type >= kMain && object_type <= kScalable) {
    if (in.flag()) core_samples = 960;
    if (in.flag()) in.skip(14); // delay against the core coder
    in.skip(1);
    if (configuration == 0) read_program_config(in, frame.format);
  }
  frame.samples =
      static_cast<std::uint32_t>(std::uint64_t{core_samples} * frame.format.sample_rate / core_rate);
}

std::uint32_t read_latm_value(BitReader& in) noexcept {
  const std::uint32_t bytes = in.u(2) + 1;
  return in.u(8 * bytes);
}

// StreamMuxConfig, of which the first layer of the first programme is read.
std::optional<AudioFrame> read_mux_config(BitReader& in) noexcept {
  const bool version1 = in.flag();
  if (version1 && in.flag()) return std::nullopt; // a syntax that is reserved
  if (version1) static_cast<void>(read_latm_value(in));
  in.skip(1); // same time framing
  const std::uint32_t subframes = in.u(6) + 1;
  in.skip(4 + 3); // numbers of programmes and layers
  if (version1) static_cast<void>(read_latm_value(in));
  AudioFrame frame;
  read_specific_config(in, frame);
  if (!in.ok()) return std::nullopt;
  frame.samples *= subframes;
  return frame;
}

} // namespace

std::optional<AudioSpan> measure_adts(Bytes bytes) noexcept {
  if ((load_be16(bytes.data()) & 0xfff6) != 0xfff0) return std::nullopt; // sync word, and layer 0
  BitReader in(bytes);
  in.skip(15);
  const bool checked = !in.flag();
  in.skip(2); // profile
  const std::uint32_t rate = in.u(4);
  in.skip(1);
  const std::uint32_t configuration = in.u(3);
  in.skip(4);
  const std::size_t size = in.u(13);
  const std::size_t header = checked ? kAdtsHeaderSize + 2 : kAdtsHeaderSize;
  if (!in.ok() || rate >= kRates.size() || size <= header) return std::nullopt;
  return AudioSpan{size, configuration == 0 ? std::min(size, kProgramConfigHead) : kAdtsHeaderSize};
}

AudioFrame parse_adts(Bytes head) noexcept {
  BitReader in(head);
  in.skip(15);
  const bool checked = !in.flag();
  AudioFrame frame;
  frame.kind = AudioFrame::Kind::Programme;
  frame.format.codec = Codec::AacAdts;
  frame.format.profile = profile_of(in.u(2) + 1);
  frame.format.sample_rate = kRates[in.u(4)];
  in.skip(1);
  const std::uint32_t configuration = in.u(3);
  set_channels(frame.format, configuration);
  in.skip(4 + 13 + 11);
  frame.samples = 1024 * (in.u(2) + 1);
  if (configuration == 0) {
    if (checked) in.skip(16);
    if (in.u(3) == kProgramConfigElement) read_program_config(in, frame.format);
  }
  return frame;
}

std::optional<AudioSpan> measure_loas(Bytes bytes) noexcept {
  const std::uint32_t header = load_be24(bytes.data());
  const std::size_t payload = header & 0x1fff;
  if (header >> 13 != 0x2b7 || payload == 0) return std::nullopt;
  const std::size_t size = kLoasHeaderSize + payload;
  return AudioSpan{size, std::min(size, kMaxAudioHead)};
}

AudioFrame parse_loas(Bytes head, std::optional<AudioFrame>& config) noexcept {
  BitReader in(head.subspan(kLoasHeaderSize));
  const bool same_config = in.flag();
  if (!same_config) config = read_mux_config(in);
  return config.value_or(AudioFrame{});
}

} // namespace relevo::ts::aac
