// SPDX-License-Identifier: LGPL-2.1-or-later
// Units of H.265 as the head of an access unit needs them; the sequence parameter set has its own file.
#include "ts/h265.hpp"

#include "ts/bits.hpp"

namespace relevo::ts::h265 {
namespace {

enum NalType : std::uint8_t {
  kBlaWithLeading = 16,
  kCra = 21,
  kLastIrapReserved = 23,
  kLastVcl = 31,
  kVpsUnit = 32,
  kSpsUnit = 33,
  kPpsUnit = 34,
  kDelimiter = 35,
};

constexpr std::uint8_t kVpsKind = 0;
constexpr std::uint8_t kSpsKind = 1;
constexpr std::uint8_t kPpsKind = 2;

// Two header bytes, two flags, the PPS id, up to seven reserved bits and the slice type, with emulation
// prevention.
constexpr std::size_t kSliceHeadSize = 12;

constexpr std::uint8_t type_of(std::uint8_t first_byte) noexcept {
  return first_byte >> 1 & 0x3f;
}
constexpr std::uint8_t type_of(Bytes unit) noexcept {
  return type_of(load_u8(unit.data()));
}

/// Enhancement layers repeat the types of the base layer.
bool is_base_layer(Bytes unit) noexcept {
  return unit.size() >= 2 && (load_be16(unit.data()) >> 3 & 0x3f) == 0;
}

bool is_random_access(std::uint8_t type) noexcept {
  return type >= kBlaWithLeading && type <= kCra;
}

BitReader payload_of(Bytes unit) noexcept {
  return BitReader(unit.size() >= 2 ? unit.subspan(2) : Bytes{}, Emulation::Remove);
}

// Leaves the reader behind the PPS id.
std::optional<std::uint8_t> read_slice_pps_id(BitReader& in, std::uint8_t type) noexcept {
  if (!in.flag()) return std::nullopt; // not the first segment of its picture
  if (type >= kBlaWithLeading && type <= kLastIrapReserved) in.skip(1); // no output of prior pictures
  const std::uint32_t id = in.ue();
  if (!in.ok() || id > 63) return std::nullopt;
  return static_cast<std::uint8_t>(id);
}

} // namespace

std::optional<std::uint8_t> parse_vps_id(Bytes unit) noexcept {
  BitReader in = payload_of(unit);
  const std::uint32_t id = in.u(4);
  if (!in.ok()) return std::nullopt;
  return static_cast<std::uint8_t>(id);
}

std::optional<Pps> parse_pps(Bytes unit) noexcept {
  BitReader in = payload_of(unit);
  const std::uint32_t id = in.ue();
  const std::uint32_t sps_id = in.ue();
  in.skip(2); // dependent slice segments, output flags
  const std::uint32_t extra_bits = in.u(3);
  if (!in.ok() || id > 63 || sps_id > 15) return std::nullopt;
  return Pps{static_cast<std::uint8_t>(id), static_cast<std::uint8_t>(sps_id),
             static_cast<std::uint8_t>(extra_bits)};
}

std::optional<std::uint8_t> parse_slice_pps_id(Bytes slice_unit) noexcept {
  if (slice_unit.empty()) return std::nullopt;
  BitReader in = payload_of(slice_unit);
  return read_slice_pps_id(in, type_of(slice_unit));
}

PictureType parse_slice_type(Bytes slice_unit, const Pps& pps) noexcept {
  if (slice_unit.empty()) return PictureType::Unknown;
  BitReader in = payload_of(slice_unit);
  if (!read_slice_pps_id(in, type_of(slice_unit))) return PictureType::Unknown;
  in.skip(pps.extra_slice_header_bits);
  const std::uint32_t type = in.ue();
  if (!in.ok() || type > 2) return PictureType::Unknown;
  constexpr PictureType kTypes[] = {PictureType::B, PictureType::P, PictureType::I};
  return kTypes[type];
}

std::size_t HeadReader::wanted(std::uint8_t first_byte) const noexcept {
  const std::uint8_t type = type_of(first_byte);
  if (type <= kLastVcl) return kSliceHeadSize;
  if (type <= kPpsUnit) return kMaxUnitSize;
  return type == kDelimiter ? 2 : 0;
}

bool HeadReader::take(Bytes unit, PictureContext& context) noexcept {
  unit = without_trailing_zeros(unit);
  if (!is_base_layer(unit)) return false;
  const std::uint8_t type = type_of(unit);
  switch (type) {
  case kVpsUnit: take_vps(unit, context); return false;
  case kSpsUnit: take_sps(unit, context); return false;
  case kPpsUnit: take_pps(unit, context); return false;
  case kDelimiter: context.head.has_access_unit_delimiter = true; return false;
  default: take_slice(unit, context); return true;
  }
}

void HeadReader::take_vps(Bytes unit, PictureContext& context) noexcept {
  const auto id = unit.size() < kMaxUnitSize ? parse_vps_id(unit) : std::nullopt;
  if (id) context.sets.put(kVpsKind, *id, unit);
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
  const auto pps_id = parse_slice_pps_id(unit);
  if (!pps_id || !context.sets.has(kPpsKind, *pps_id)) return;
  const Pps& pps = *pps_[*pps_id];
  PictureHead& head = context.head;
  const ParameterSets& sets = context.sets;
  head.type = parse_slice_type(unit, pps);
  const std::uint8_t type = type_of(unit);
  if (!is_random_access(type) || !sets.has(kSpsKind, pps.sps_id)) return;

  const std::uint8_t vps_id = sps_[pps.sps_id]->vps_id;
  head.random_access = true;
  head.needs_parameter_sets = !sets.in_unit(kPpsKind, *pps_id) || !sets.in_unit(kSpsKind, pps.sps_id) ||
                              (sets.has(kVpsKind, vps_id) && !sets.in_unit(kVpsKind, vps_id));
  // The other kinds of BLA, and IDR, have either no leading pictures or such as decode from here on.
  head.leading_possible = type == kCra || type == kBlaWithLeading;
}

} // namespace relevo::ts::h265
