// SPDX-License-Identifier: LGPL-2.1-or-later
// AAC in ADTS and in LATM with LOAS (ISO/IEC 13818-7, 14496-3).
#pragma once

#include "ts/audio.hpp"

namespace relevo::ts::aac {

inline constexpr std::size_t kAdtsHeaderSize = 7;
inline constexpr std::size_t kLoasHeaderSize = 3;

[[nodiscard]] std::optional<AudioSpan> measure_adts(Bytes bytes) noexcept;
[[nodiscard]] AudioFrame parse_adts(Bytes head) noexcept;

[[nodiscard]] std::optional<AudioSpan> measure_loas(Bytes bytes) noexcept;
[[nodiscard]] AudioFrame parse_loas(Bytes head, std::optional<AudioFrame>& config) noexcept;

} // namespace relevo::ts::aac
