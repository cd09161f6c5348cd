// SPDX-License-Identifier: LGPL-2.1-or-later
// MPEG-1 and MPEG-2 video (ISO/IEC 11172-2, 13818-2): sequence, GOP and picture headers, random access.
#pragma once

#include "base/bytes.hpp"
#include "ts/picture.hpp"

#include <cstdint>
#include <optional>

namespace relevo::ts::mpeg2 {

/// Each takes a header from its start code's last byte on. A sequence header alone is one of MPEG-1; its
/// extension makes it one of MPEG-2.
[[nodiscard]] std::optional<VideoFormat> parse_sequence_header(Bytes unit) noexcept;
[[nodiscard]] std::optional<VideoFormat> parse_sequence_extension(Bytes unit,
                                                                  const VideoFormat& header) noexcept;
[[nodiscard]] PictureType parse_picture_type(Bytes unit) noexcept;
/// Whether the pictures of the GOP that are shown before its first I picture decode without what precedes it.
[[nodiscard]] bool is_closed_gop(Bytes unit) noexcept;

/// Finds random access points: I pictures of a known sequence.
class HeadReader {
 public:
  /// Of a header whose start code ends with this byte: how many of its bytes are of use.
  [[nodiscard]] std::size_t wanted(std::uint8_t first_byte) const noexcept;
  void begin() noexcept { has_gop_ = closed_gop_ = false; }
  /// A header that has ended, or as many of its bytes as were wanted. True when the picture is decided.
  bool take(Bytes unit, PictureContext& context) noexcept;

 private:
  void take_sequence_header(Bytes unit, PictureContext& context) noexcept;
  bool take_extension(Bytes unit, PictureContext& context) noexcept;
  void decide(PictureContext& context) const noexcept;

  std::optional<VideoFormat> header_; // of the newest sequence header, without its extension
  bool has_gop_ = false;
  bool closed_gop_ = false;
};

} // namespace relevo::ts::mpeg2
