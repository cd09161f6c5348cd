// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading and moving the header of a PES packet.
#include "ts/pes.hpp"

namespace relevo::ts {
namespace {

constexpr std::size_t kShortHeaderSize = 6; // start code, stream id, length
constexpr std::size_t kFlaggedHeaderSize = 9;

/// Stream ids whose PES packets carry data right behind the length (ISO/IEC 13818-1, 2.4.3.7).
[[nodiscard]] constexpr bool has_no_flags(std::uint8_t stream_id) noexcept {
  switch (stream_id) {
  case 0xbc: // programme stream map
  case 0xbe: // padding
  case 0xbf: // private stream 2
  case 0xf0: // ECM
  case 0xf1: // EMM
  case 0xf2: // DSM-CC
  case 0xf8: // H.222.1 type E
  case 0xff: // programme stream directory
    return true;
  default: return false;
  }
}

/// ESCR: 33 bits of base and 9 of extension with marker bits between.
[[nodiscard]] Pcr load_escr(const std::byte* p) noexcept {
  const Pcr base = Pcr{load_u8(p) >> 3 & 0x07} << 30 | Pcr{load_be24(p) >> 3 & 0x7fff} << 15 |
                   Pcr{load_be24(p + 2) >> 3 & 0x7fff};
  return base * kPcrPerTick + (load_be16(p + 4) >> 1 & 0x1ff);
}

void store_escr(std::byte* p, Pcr escr) noexcept {
  const Pcr value = wrap(escr, kPcrModulus);
  const auto base = static_cast<std::uint64_t>(value / kPcrPerTick);
  const auto extension = static_cast<std::uint64_t>(value % kPcrPerTick);
  const std::uint64_t bits = (base >> 30 & 7) << 43 | std::uint64_t{1} << 42 | (base >> 15 & 0x7fff) << 27 |
                             std::uint64_t{1} << 26 | (base & 0x7fff) << 11 | std::uint64_t{1} << 10 |
                             extension << 1 | 1;
  store_be16(p, (load_be16(p) & 0xc000U) | static_cast<unsigned>(bits >> 32));
  store_be32(p + 2, static_cast<std::uint32_t>(bits));
}

} // namespace

PesParse parse_pes_header(Bytes bytes, PesHeader& header) noexcept {
  header = {};
  if (bytes.size() < kShortHeaderSize) return PesParse::NeedMore;
  const std::byte* const p = bytes.data();
  if (load_be24(p) != 1) return PesParse::Invalid;
  header.stream_id = load_u8(p + 3);
  const std::size_t length = load_be16(p + 4);
  header.packet_size = length == 0 ? 0 : kShortHeaderSize + length;
  if (has_no_flags(header.stream_id)) {
    header.size = kShortHeaderSize;
    return PesParse::Ok;
  }
  if (bytes.size() < kFlaggedHeaderSize) return PesParse::NeedMore;
  if ((load_u8(p + 6) & 0xc0) != 0x80) return PesParse::Invalid; // MPEG-1 systems are not carried in a TS
  header.scrambled = (load_u8(p + 6) & 0x30) != 0;
  const unsigned flags = load_u8(p + 7);
  header.size = kFlaggedHeaderSize + load_u8(p + 8);
  if (header.packet_size != 0 && header.size > header.packet_size) return PesParse::Invalid;
  if (bytes.size() < header.size) return PesParse::NeedMore;

  const bool has_pts = (flags & 0x80) != 0 && header.size >= PesHeader::kDtsAt;
  const bool has_dts = has_pts && (flags & 0x40) != 0 && header.size >= PesHeader::kDtsAt + 5;
  if (has_pts) header.pts = load_timestamp(p + PesHeader::kPtsAt);
  if (has_dts) header.dts = load_timestamp(p + PesHeader::kDtsAt);
  const std::size_t escr_at = kFlaggedHeaderSize + (has_pts ? 5 : 0) + (has_dts ? 5 : 0);
  if ((flags & 0x20) != 0 && header.size >= escr_at + 6) header.escr_at = escr_at;
  return PesParse::Ok;
}

void rewrite_pes_header(MutableBytes bytes, const PesHeader& header, Ticks pts, Ticks dts,
                        Ticks shift) noexcept {
  std::byte* const p = bytes.data();
  if (header.pts) store_timestamp(p + PesHeader::kPtsAt, pts);
  if (header.dts) store_timestamp(p + PesHeader::kDtsAt, dts);
  if (header.escr_at != 0)
    store_escr(p + header.escr_at, load_escr(p + header.escr_at) + shift * kPcrPerTick);
}

} // namespace relevo::ts
