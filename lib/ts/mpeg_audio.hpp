// SPDX-License-Identifier: LGPL-2.1-or-later
// MPEG-1 and MPEG-2 audio, layers I to III, with the half and quarter rates (ISO/IEC 11172-3, 13818-3).
#pragma once

#include "ts/audio.hpp"

namespace relevo::ts::mpeg_audio {

inline constexpr std::size_t kHeaderSize = 4;

[[nodiscard]] std::optional<AudioSpan> measure(Bytes bytes) noexcept;
[[nodiscard]] AudioFrame parse(Bytes head) noexcept;

} // namespace relevo::ts::mpeg_audio
