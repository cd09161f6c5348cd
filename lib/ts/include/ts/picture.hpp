// SPDX-License-Identifier: LGPL-2.1-or-later
// What the head of an access unit tells about its picture, and what the readers of the codecs fill in.
#pragma once

#include "ts/parameter_sets.hpp"
#include "ts/video.hpp"

#include <optional>

namespace relevo::ts {

struct PictureHead {
  PictureType type = PictureType::Unknown;
  /// Decoding can start here, with the kept parameter sets in front where needs_parameter_sets says so.
  bool random_access = false;
  /// A random access picture whose access unit does not bring every set that it uses.
  bool needs_parameter_sets = false;
  /// At a random access picture: pictures that are shown before it may follow, and need pictures from before
  /// it.
  bool leading_possible = false;
  bool field = false; // H.264, MPEG-2: one field of a frame
  /// Parameter sets that are put in front belong behind the delimiter.
  bool has_access_unit_delimiter = false;

  bool operator==(const PictureHead&) const = default;
};

/// The largest start of a unit (NAL unit, MPEG-2 header) that a reader is given; a unit of this size may be
/// cut.
inline constexpr std::size_t kMaxUnitSize = 4096;

/// A NAL unit ends in a one bit: zero bytes behind it belong to the byte stream around it.
[[nodiscard]] constexpr Bytes without_trailing_zeros(Bytes unit) noexcept {
  while (unit.size() > 1 && unit.back() == std::byte{0})
    unit = unit.first(unit.size() - 1);
  return unit;
}

/// The state that the reader of each codec works on: the picture under way and what outlives it.
struct PictureContext {
  PictureHead head;
  ParameterSets sets;
  std::optional<VideoFormat> format;
};

} // namespace relevo::ts
