// SPDX-License-Identifier: LGPL-2.1-or-later
// The sequence parameter set of H.265: size, depth and rate lie behind nearly all of its other syntax.
#include "ts/bits.hpp"
#include "ts/h265.hpp"

#include <algorithm>
#include <array>

namespace relevo::ts::h265 {
namespace {

constexpr std::uint8_t kExtendedSar = 255;
constexpr std::uint32_t kMaxSide = 16384; // twice what any level allows
constexpr unsigned kMaxRefPicSets = 64;

void read_profile_tier_level(BitReader& in, unsigned max_sub_layers_minus1, VideoFormat& format) noexcept {
  in.skip(2); // profile space
  format.high_tier = in.flag();
  format.profile = static_cast<std::uint16_t>(in.u(5));
  format.compatibility = in.u(32);
  const bool progressive = in.flag();
  const bool interlaced = in.flag();
  format.interlaced = interlaced && !progressive;
  in.skip(46); // further constraints and reserved bits
  format.level = static_cast<std::uint16_t>(in.u(8));
  if (max_sub_layers_minus1 == 0) return;

  std::array<bool, 8> has_profile{};
  std::array<bool, 8> has_level{};
  for (unsigned i = 0; i < max_sub_layers_minus1; ++i) {
    has_profile[i] = in.flag();
    has_level[i] = in.flag();
  }
  in.skip(2 * (8 - max_sub_layers_minus1)); // alignment
  for (unsigned i = 0; i < max_sub_layers_minus1; ++i) {
    if (has_profile[i]) in.skip(88);
    if (has_level[i]) in.skip(8);
  }
}

void read_size(BitReader& in, VideoFormat& format) noexcept {
  const std::uint32_t chroma = in.ue();
  if (chroma > 3) return in.fail();
  format.chroma_format = static_cast<std::uint8_t>(chroma);
  const bool separate_planes = chroma == 3 && in.flag();
  const std::uint32_t width = in.ue();
  const std::uint32_t height = in.ue();
  std::uint64_t left = 0, right = 0, top = 0, bottom = 0;
  if (in.flag()) { // the conformance window, in chroma samples
    left = in.ue();
    right = in.ue();
    top = in.ue();
    bottom = in.ue();
  }
  const std::uint64_t across = (left + right) * (!separate_planes && (chroma == 1 || chroma == 2) ? 2 : 1);
  const std::uint64_t down = (top + bottom) * (chroma == 1 ? 2 : 1);
  if (width > kMaxSide || height > kMaxSide || across >= width || down >= height) return in.fail();
  format.width = static_cast<std::uint16_t>(width - across);
  format.height = static_cast<std::uint16_t>(height - down);
}

void skip_scaling_lists(BitReader& in) noexcept {
  for (unsigned size = 0; size < 4; ++size) {
    const unsigned coefficients = std::min(64U, 1U << (4 + 2 * size));
    for (unsigned matrix = 0; matrix < 6 && in.ok(); matrix += size == 3 ? 3 : 1) {
      if (!in.flag()) {
        in.skip_ue(); // copied from another
        continue;
      }
      if (size > 1) in.skip_ue(); // the DC coefficient
      for (unsigned i = 0; i < coefficients && in.ok(); ++i)
        in.skip_ue();
    }
  }
}

// A set that is predicted from the one before it has a flag or two for each of that one's pictures, so that
// the number of pictures must be carried along. Returns that of this set.
unsigned skip_ref_pic_set(BitReader& in, bool may_predict, unsigned previous_pictures) noexcept {
  if (may_predict && in.flag()) {
    in.skip(1);   // sign of the difference
    in.skip_ue(); // its size
    unsigned pictures = 0;
    for (unsigned i = 0; i <= previous_pictures && in.ok(); ++i) {
      const bool used = in.flag();
      if (used || in.flag()) ++pictures;
    }
    return pictures;
  }
  const std::uint32_t negative = in.ue();
  const std::uint32_t positive = in.ue();
  if (negative > 16 || positive > 16) {
    in.fail();
    return 0;
  }
  for (std::uint32_t i = 0; i < negative + positive; ++i) {
    in.skip_ue();
    in.skip(1);
  }
  return negative + positive;
}

void skip_reference_pictures(BitReader& in, unsigned order_count_bits) noexcept {
  const std::uint32_t sets = in.ue();
  if (sets > kMaxRefPicSets) return in.fail();
  unsigned pictures = 0;
  for (std::uint32_t i = 0; i < sets && in.ok(); ++i)
    pictures = skip_ref_pic_set(in, i != 0, pictures);
  if (!in.flag()) return;
  const std::uint32_t long_term = in.ue();
  if (long_term > 32) return in.fail();
  in.skip(std::size_t{long_term} * (order_count_bits + 1));
}

// What lies between the bit depths and the usability information.
void skip_coding_tools(BitReader& in, unsigned max_sub_layers_minus1) noexcept {
  const std::uint32_t order_count = in.ue();
  if (order_count > 12) return in.fail();
  const unsigned orderings = in.flag() ? max_sub_layers_minus1 + 1 : 1;
  for (unsigned i = 0; i < 3 * orderings + 6; ++i)
    in.skip_ue(); // buffering; block sizes and depths
  if (in.flag() && in.flag()) skip_scaling_lists(in);
  in.skip(2);      // asymmetric partitions, sample adaptive offset
  if (in.flag()) { // PCM blocks
    in.skip(8);
    in.skip_ue();
    in.skip_ue();
    in.skip(1);
  }
  skip_reference_pictures(in, order_count + 4);
  in.skip(2); // temporal motion vectors, strong intra smoothing
}

void read_usability(BitReader& in, VideoFormat& format) noexcept {
  if (in.flag() && in.u(8) == kExtendedSar) in.skip(32);
  if (in.flag()) in.skip(1); // overscan
  if (in.flag()) {           // video signal
    in.skip(4);
    if (in.flag()) in.skip(24);
  }
  if (in.flag()) { // position of chroma samples
    in.skip_ue();
    in.skip_ue();
  }
  in.skip(1); // neutral chroma
  const bool field_sequence = in.flag();
  in.skip(1);      // timing messages tell fields from frames
  if (in.flag()) { // default display window
    for (int i = 0; i < 4; ++i)
      in.skip_ue();
  }
  const bool has_timing = in.flag();
  const std::uint64_t tick = has_timing ? in.u(32) : 0;
  const std::uint64_t scale = has_timing ? in.u(32) : 0;
  if (!in.ok()) return;
  // Pictures of a field sequence are fields; a format is that of frames.
  if (field_sequence) {
    format.interlaced = true;
    format.height = static_cast<std::uint16_t>(format.height * 2);
  }
  format.frame_rate = make_rational(scale, field_sequence ? tick * 2 : tick);
}

} // namespace

std::optional<Sps> parse_sps(Bytes unit) noexcept {
  if (unit.size() < 2) return std::nullopt;
  BitReader in(unit.subspan(2), Emulation::Remove);
  Sps sps;
  sps.format.codec = Codec::H265;
  sps.vps_id = static_cast<std::uint8_t>(in.u(4));
  const unsigned max_sub_layers_minus1 = in.u(3);
  in.skip(1); // temporal nesting
  if (max_sub_layers_minus1 > 6) return std::nullopt;
  read_profile_tier_level(in, max_sub_layers_minus1, sps.format);
  const std::uint32_t id = in.ue();
  if (id > 15) return std::nullopt;
  sps.id = static_cast<std::uint8_t>(id);
  read_size(in, sps.format);
  const std::uint32_t luma_depth = in.ue();
  in.skip_ue(); // chroma depth
  if (!in.ok() || luma_depth > 8) return std::nullopt;
  sps.format.bit_depth = static_cast<std::uint8_t>(8 + luma_depth);
  skip_coding_tools(in, max_sub_layers_minus1);
  const bool has_usability = in.flag();
  if (!in.ok()) return std::nullopt;
  // Some encoders end their usability information early: what stood before it is good all the same.
  if (has_usability) read_usability(in, sps.format);
  return sps;
}

} // namespace relevo::ts::h265
