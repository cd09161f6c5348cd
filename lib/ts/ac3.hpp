// SPDX-License-Identifier: LGPL-2.1-or-later
// AC-3 and E-AC-3 (ETSI TS 102 366): one sync word, told apart frame by frame.
#pragma once

#include "ts/audio.hpp"

namespace relevo::ts::ac3 {

inline constexpr std::size_t kMeasureSize = 6;

[[nodiscard]] std::optional<AudioSpan> measure(Bytes bytes) noexcept;
[[nodiscard]] AudioFrame parse(Bytes head) noexcept;

} // namespace relevo::ts::ac3
