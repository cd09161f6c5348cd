// SPDX-License-Identifier: LGPL-2.1-or-later
// The part of H.264's syntax that says how to show a stream and where to enter it.
#include "ts/h264.hpp"

#include "ts/bits.hpp"

#include <algorithm>

namespace relevo::ts::h264 {
namespace {

enum NalType : std::uint8_t {
  kSlice = 1,
  kSlicePartitionA = 2,
  kIdrSlice = 5,
  kSei = 6,
  kSpsUnit = 7,
  kPpsUnit = 8,
  kDelimiter = 9,
};

constexpr std::uint8_t kSpsKind = 1;
constexpr std::uint8_t kPpsKind = 2;
constexpr std::uint32_t kRecoveryPointMessage = 6;
constexpr std::uint8_t kExtendedSar = 255;
constexpr std::uint32_t kMaxMacroblocks = 1024; // a side of 16384, twice what any level allows

// Up to the field flag: four codes of at most 32, 7, 17 and 16 bits, a colour plane, and emulation
// prevention.
constexpr std::size_t kSliceHeadSize = 20;

constexpr std::uint8_t type_of(Bytes unit) noexcept {
  return load_u8(unit.data()) & 0x1f;
}

BitReader reader_of(Bytes unit) noexcept {
  return BitReader(unit.subspan(std::min<std::size_t>(1, unit.size())), Emulation::Remove);
}

bool has_chroma_format(unsigned profile) noexcept {
  constexpr std::uint8_t kProfiles[] = {44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244};
  return std::ranges::binary_search(kProfiles, profile);
}

void skip_scaling_list(BitReader& in, unsigned size) noexcept {
  int last = 8;
  int next = 8;
  for (unsigned i = 0; i < size && in.ok(); ++i) {
    if (next != 0) next = (last + in.se() % 256 + 256) % 256;
    if (next != 0) last = next;
  }
}

void read_chroma(BitReader& in, Sps& sps) noexcept {
  const std::uint32_t chroma = in.ue();
  if (chroma > 3) return in.fail();
  sps.format.chroma_format = static_cast<std::uint8_t>(chroma);
  if (chroma == 3) sps.separate_colour_planes = in.flag();
  const std::uint32_t luma_depth = in.ue();
  in.skip_ue(); // chroma depth
  if (luma_depth > 6) return in.fail();
  sps.format.bit_depth = static_cast<std::uint8_t>(8 + luma_depth);
  in.skip(1); // lossless bypass
  if (!in.flag()) return;
  const unsigned lists = chroma == 3 ? 12 : 8;
  for (unsigned i = 0; i < lists; ++i) {
    if (in.flag()) skip_scaling_list(in, i < 6 ? 16 : 64);
  }
}

void skip_picture_order(BitReader& in) noexcept {
  const std::uint32_t type = in.ue();
  if (type > 2) return in.fail();
  if (type == 0) in.skip_ue();
  if (type != 1) return;
  in.skip(1);
  in.skip_ue();
  in.skip_ue();
  const std::uint32_t cycle = in.ue();
  if (cycle > 255) return in.fail();
  for (std::uint32_t i = 0; i < cycle; ++i)
    in.skip_ue();
}

// The four offsets of the cropping rectangle count in chroma samples, and vertically in those of a field.
void crop(BitReader& in, Sps& sps, std::uint32_t width, std::uint32_t height) noexcept {
  std::uint64_t left = 0, right = 0, top = 0, bottom = 0;
  if (in.flag()) {
    left = in.ue();
    right = in.ue();
    top = in.ue();
    bottom = in.ue();
  }
  const std::uint8_t chroma = sps.separate_colour_planes ? std::uint8_t{0} : sps.format.chroma_format;
  const std::uint64_t across = (left + right) * (chroma == 1 || chroma == 2 ? 2 : 1);
  const std::uint64_t down = (top + bottom) * (chroma == 1 ? 2 : 1) * (sps.frame_mbs_only ? 1 : 2);
  if (across >= width || down >= height) return in.fail();
  sps.format.width = static_cast<std::uint16_t>(width - across);
  sps.format.height = static_cast<std::uint16_t>(height - down);
}

void read_size(BitReader& in, Sps& sps) noexcept {
  const std::uint64_t columns = std::uint64_t{in.ue()} + 1;
  const std::uint64_t map_rows = std::uint64_t{in.ue()} + 1;
  sps.frame_mbs_only = in.flag();
  const std::uint64_t rows = map_rows * (sps.frame_mbs_only ? 1 : 2);
  if (columns > kMaxMacroblocks || rows > kMaxMacroblocks) return in.fail();
  if (!sps.frame_mbs_only) in.skip(1); // frames may mix field and frame macroblocks
  in.skip(1);                          // direct 8x8 inference
  sps.format.interlaced = !sps.frame_mbs_only;
  crop(in, sps, static_cast<std::uint32_t>(columns * 16), static_cast<std::uint32_t>(rows * 16));
}

Rational read_frame_rate(BitReader& in) noexcept {
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
  if (!in.flag()) return {};
  const std::uint64_t tick = in.u(32);
  const std::uint64_t scale = in.u(32);
  return in.ok() ? make_rational(scale, tick * 2) : Rational{}; // the clock counts fields
}

} // namespace

std::optional<Sps> parse_sps(Bytes unit) noexcept {
  BitReader in = reader_of(unit);
  Sps sps;
  sps.format.codec = Codec::H264;
  sps.format.profile = static_cast<std::uint16_t>(in.u(8));
  sps.format.compatibility = in.u(8);
  sps.format.level = static_cast<std::uint16_t>(in.u(8));
  const std::uint32_t id = in.ue();
  if (id > 31) return std::nullopt;
  sps.id = static_cast<std::uint8_t>(id);
  if (has_chroma_format(sps.format.profile)) read_chroma(in, sps);
  const std::uint32_t frame_num = in.ue();
  if (frame_num > 12) return std::nullopt;
  sps.frame_num_bits = static_cast<std::uint8_t>(4 + frame_num);
  skip_picture_order(in);
  in.skip_ue(); // reference frames
  in.skip(1);   // gaps in frame_num
  read_size(in, sps);
  const bool has_vui = in.flag();
  if (!in.ok()) return std::nullopt;
  // Some encoders end their usability information early: what stood before it is good all the same.
  if (has_vui) sps.format.frame_rate = read_frame_rate(in);
  return sps;
}

std::optional<Pps> parse_pps(Bytes unit) noexcept {
  BitReader in = reader_of(unit);
  const std::uint32_t id = in.ue();
  const std::uint32_t sps_id = in.ue();
  if (!in.ok() || id > 255 || sps_id > 31) return std::nullopt;
  return Pps{static_cast<std::uint8_t>(id), static_cast<std::uint8_t>(sps_id)};
}

std::optional<Slice> parse_slice(Bytes unit) noexcept {
  BitReader in = reader_of(unit);
  in.skip_ue(); // first macroblock
  const std::uint32_t type = in.ue();
  const std::uint32_t pps_id = in.ue();
  if (!in.ok() || type > 9 || pps_id > 255) return std::nullopt;
  // P, B, I, SP, SI; from 5 on the same again, with the promise that all slices of the picture agree.
  constexpr PictureType kTypes[] = {PictureType::P, PictureType::B, PictureType::I, PictureType::P,
                                    PictureType::I};
  return Slice{kTypes[type % 5], static_cast<std::uint8_t>(pps_id)};
}

bool parse_field_flag(Bytes slice_unit, const Sps& sps) noexcept {
  if (sps.frame_mbs_only) return false;
  BitReader in = reader_of(slice_unit);
  in.skip_ue();
  in.skip_ue();
  in.skip_ue();
  if (sps.separate_colour_planes) in.skip(2);
  in.skip(sps.frame_num_bits);
  return in.flag();
}

bool has_recovery_point(Bytes unit) noexcept {
  BitReader in = reader_of(unit);
  while (in.ok()) {
    std::uint32_t type = 0;
    std::uint32_t size = 0;
    std::uint32_t part = 255;
    while (in.ok() && part == 255)
      type += part = in.u(8);
    part = 255;
    while (in.ok() && part == 255)
      size += part = in.u(8);
    if (!in.ok()) break;
    if (type == kRecoveryPointMessage && size > 0) return true;
    in.skip(std::size_t{size} * 8);
  }
  return false;
}

std::size_t HeadReader::wanted(std::uint8_t first_byte) const noexcept {
  switch (first_byte & 0x1f) {
  case kSlice:
  case kSlicePartitionA:
  case kIdrSlice: return kSliceHeadSize;
  case kSei:
  case kSpsUnit:
  case kPpsUnit: return kMaxUnitSize;
  case kDelimiter: return 1;
  default: return 0;
  }
}

bool HeadReader::take(Bytes unit, PictureContext& context) noexcept {
  unit = without_trailing_zeros(unit);
  switch (type_of(unit)) {
  case kDelimiter: context.head.has_access_unit_delimiter = true; return false;
  case kSei: recovery_point_ = recovery_point_ || has_recovery_point(unit); return false;
  case kSpsUnit: take_sps(unit, context); return false;
  case kPpsUnit: take_pps(unit, context); return false;
  case kSlice:
  case kSlicePartitionA:
  case kIdrSlice: take_slice(unit, context); return true;
  default: return false;
  }
}

void HeadReader::take_sps(Bytes unit, PictureContext& context) noexcept {
  const auto sps = unit.size() < kMaxUnitSize ? parse_sps(unit) : std::nullopt;
  if (!sps) return;
  sps_[sps->id] = sps;
  context.format = sps->format;
  if (context.sets.put(kSpsKind, sps->id, unit) != ParameterSets::Put::Changed) return;
  // Picture parameter sets are read by the rules of their sequence: those of another sequence mean nothing
  // now.
  for (const auto& pps : pps_) {
    if (pps && pps->sps_id == sps->id) context.sets.drop_stale(kPpsKind, pps->id);
  }
}

void HeadReader::take_pps(Bytes unit, PictureContext& context) noexcept {
  const auto pps = unit.size() < kMaxUnitSize ? parse_pps(unit) : std::nullopt;
  if (!pps) return;
  pps_[pps->id] = pps;
  context.sets.put(kPpsKind, pps->id, unit);
}

void HeadReader::take_slice(Bytes unit, PictureContext& context) noexcept {
  const auto slice = parse_slice(unit);
  if (!slice) return;
  PictureHead& head = context.head;
  const ParameterSets& sets = context.sets;
  head.type = slice->type;
  if (!sets.has(kPpsKind, slice->pps_id)) return;
  const std::uint8_t sps_id = pps_[slice->pps_id]->sps_id;
  if (!sets.has(kSpsKind, sps_id)) return;

  head.field = parse_field_flag(unit, *sps_[sps_id]);
  const bool brings_sets = sets.in_unit(kPpsKind, slice->pps_id) && sets.in_unit(kSpsKind, sps_id);
  const bool idr = type_of(unit) == kIdrSlice;
  const bool self_contained = slice->type == PictureType::I && brings_sets;
  head.random_access = idr || recovery_point_ || self_contained;
  head.needs_parameter_sets = head.random_access && !brings_sets;
  head.leading_possible = head.random_access && !idr;
}

} // namespace relevo::ts::h264
