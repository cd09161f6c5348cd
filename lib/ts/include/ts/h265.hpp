// SPDX-License-Identifier: LGPL-2.1-or-later
// H.265 (ITU-T H.265, ISO/IEC 23008-2): parameter sets, slice headers, random access.
#pragma once

#include "base/bytes.hpp"
#include "ts/picture.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace relevo::ts::h265 {

struct Sps {
  std::uint8_t id = 0;
  std::uint8_t vps_id = 0;
  VideoFormat format;
};

struct Pps {
  std::uint8_t id = 0;
  std::uint8_t sps_id = 0;
  std::uint8_t extra_slice_header_bits = 0;
};

/// Each takes a NAL unit from its two header bytes on, with its emulation prevention, of the type it is named
/// for.
[[nodiscard]] std::optional<std::uint8_t> parse_vps_id(Bytes unit) noexcept;
[[nodiscard]] std::optional<Sps> parse_sps(Bytes unit) noexcept;
[[nodiscard]] std::optional<Pps> parse_pps(Bytes unit) noexcept;
/// The PPS that a picture's first slice segment uses; none for any other segment.
[[nodiscard]] std::optional<std::uint8_t> parse_slice_pps_id(Bytes slice_unit) noexcept;
[[nodiscard]] PictureType parse_slice_type(Bytes slice_unit, const Pps& pps) noexcept;

/// Finds random access points: IDR, CRA and BLA pictures.
class HeadReader {
 public:
  /// Of a unit that begins with this byte: how many of its bytes are of use.
  [[nodiscard]] std::size_t wanted(std::uint8_t first_byte) const noexcept;
  void begin() noexcept {}
  /// A unit that has ended, or as many of its bytes as were wanted. True when the picture is decided.
  bool take(Bytes unit, PictureContext& context) noexcept;

 private:
  void take_vps(Bytes unit, PictureContext& context) noexcept;
  void take_sps(Bytes unit, PictureContext& context) noexcept;
  void take_pps(Bytes unit, PictureContext& context) noexcept;
  void take_slice(Bytes unit, PictureContext& context) noexcept;

  std::array<std::optional<Sps>, 16> sps_;
  std::array<std::optional<Pps>, 64> pps_;
};

} // namespace relevo::ts::h265
