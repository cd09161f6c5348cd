// SPDX-License-Identifier: LGPL-2.1-or-later
// The CRC-32 of MPEG-2 sections (ISO/IEC 13818-1, annex A): polynomial 0x04c11db7, no reflection.
#pragma once

#include "base/bytes.hpp"

namespace relevo {

/// Over a section together with its CRC field the result is 0.
[[nodiscard]] std::uint32_t crc32_mpeg2(Bytes bytes) noexcept;

} // namespace relevo
