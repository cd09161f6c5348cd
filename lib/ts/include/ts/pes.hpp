// SPDX-License-Identifier: LGPL-2.1-or-later
// The header of a PES packet: its length, its time stamps and where they stand, so that they can be moved in
// place.
#pragma once

#include "ts/timeline.hpp"

#include <optional>

namespace relevo::ts {

struct PesHeader {
  std::uint8_t stream_id = 0;
  std::size_t size = 0;        // of the header; the elementary stream begins behind it
  std::size_t packet_size = 0; // of the whole PES packet; 0: not bounded (video only)
  bool scrambled = false;
  std::optional<Ticks> pts; // 33 bits, as they stand
  std::optional<Ticks> dts; // absent where it equals the PTS
  std::size_t escr_at = 0;  // where the elementary stream clock stands; 0: nowhere

  static constexpr std::size_t kPtsAt = 9;
  static constexpr std::size_t kDtsAt = 14;
  static constexpr std::size_t kMaxSize = 9 + 255;
};

enum class PesParse : std::uint8_t { Ok, NeedMore, Invalid };

/// `bytes` begins at the start code and may be shorter than the header (NeedMore) or longer.
[[nodiscard]] PesParse parse_pes_header(Bytes bytes, PesHeader& header) noexcept;

/// Moves PTS and DTS to these values, and the ESCR by `shift`. `bytes` holds the whole header.
void rewrite_pes_header(MutableBytes bytes, const PesHeader& header, Ticks pts, Ticks dts,
                        Ticks shift) noexcept;

} // namespace relevo::ts
