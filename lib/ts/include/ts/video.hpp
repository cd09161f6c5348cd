// SPDX-License-Identifier: LGPL-2.1-or-later
// What the headers of a video stream say about its pictures.
#pragma once

#include "ts/codec.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace relevo::ts {

struct Rational {
  std::uint32_t num = 0;
  std::uint32_t den = 1;

  bool operator==(const Rational&) const = default;
};

/// In lowest terms, so that equal rates compare equal; 0/1 when either part is 0 or does not fit once
/// reduced.
[[nodiscard]] Rational make_rational(std::uint64_t num, std::uint64_t den) noexcept;

enum class PictureType : std::uint8_t { Unknown, I, P, B };

/// Sizes and rates are those of frames, also where the pictures are fields. Sizes are what is displayed:
/// after cropping.
struct VideoFormat {
  Codec codec = Codec::Unknown;
  std::uint16_t profile = 0;       // profile_idc; MPEG-2: the escape bit and the profile, 0 in MPEG-1
  std::uint16_t level = 0;         // level_idc; MPEG-2: the level's code
  std::uint32_t compatibility = 0; // H.264: the byte of constraint flags; H.265: profile compatibility flags
  bool high_tier = false;          // H.265
  bool interlaced = false;         // the sequence allows fields or says that its source had them
  std::uint16_t width = 0;
  std::uint16_t height = 0;
  Rational frame_rate;            // 0/1 where the headers do not tell
  std::uint8_t chroma_format = 1; // chroma_format_idc: 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
  std::uint8_t bit_depth = 8;     // of luma

  bool operator==(const VideoFormat&) const = default;
};

/// "High", "Main 10" …; empty for a number without a name.
[[nodiscard]] std::string_view profile_name(const VideoFormat& format) noexcept;
/// "4.1", "Main"; empty when unknown.
[[nodiscard]] std::string level_name(const VideoFormat& format);

} // namespace relevo::ts
