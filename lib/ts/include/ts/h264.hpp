// SPDX-License-Identifier: LGPL-2.1-or-later
// H.264 (ITU-T H.264, ISO/IEC 14496-10): parameter sets, slice headers, recovery points, random access.
#pragma once

#include "base/bytes.hpp"
#include "ts/picture.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace relevo::ts::h264 {

struct Sps {
  std::uint8_t id = 0;
  std::uint8_t frame_num_bits = 4;
  bool frame_mbs_only = true;
  bool separate_colour_planes = false;
  VideoFormat format;
};

struct Pps {
  std::uint8_t id = 0;
  std::uint8_t sps_id = 0;
};

struct Slice {
  PictureType type = PictureType::Unknown;
  std::uint8_t pps_id = 0;
};

/// Each takes a NAL unit from its header byte on, with its emulation prevention, of the type it is named for.
[[nodiscard]] std::optional<Sps> parse_sps(Bytes unit) noexcept;
[[nodiscard]] std::optional<Pps> parse_pps(Bytes unit) noexcept;
[[nodiscard]] std::optional<Slice> parse_slice(Bytes unit) noexcept;
[[nodiscard]] bool parse_field_flag(Bytes slice_unit, const Sps& sps) noexcept;
/// Whether any message of the SEI unit is a recovery point.
[[nodiscard]] bool has_recovery_point(Bytes unit) noexcept;

/// Finds random access points: an IDR picture, a recovery point, or an I picture that brings its parameter
/// sets.
class HeadReader {
 public:
  /// Of a unit that begins with this byte: how many of its bytes are of use.
  [[nodiscard]] std::size_t wanted(std::uint8_t first_byte) const noexcept;
  void begin() noexcept { recovery_point_ = false; }
  /// A unit that has ended, or as many of its bytes as were wanted. True when the picture is decided.
  bool take(Bytes unit, PictureContext& context) noexcept;

 private:
  void take_sps(Bytes unit, PictureContext& context) noexcept;
  void take_pps(Bytes unit, PictureContext& context) noexcept;
  void take_slice(Bytes unit, PictureContext& context) noexcept;

  std::array<std::optional<Sps>, 32> sps_;
  std::array<std::optional<Pps>, 256> pps_;
  bool recovery_point_ = false;
};

} // namespace relevo::ts::h264
