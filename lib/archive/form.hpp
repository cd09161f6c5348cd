// SPDX-License-Identifier: LGPL-2.1-or-later
// What bytes are packed as.
#pragma once

#include "base/bytes.hpp"

#include <cstdint>
#include <string_view>

namespace relevo::archive {

enum class Form : std::uint8_t { Plain, Gzip, Bzip2, Xz, Zstd, Zip };

inline constexpr std::size_t kHeadSize = 10; // is enough for form_of()

/// By how they begin.
[[nodiscard]] Form form_of(Bytes head) noexcept;
/// "gzip", "zip" …
[[nodiscard]] std::string_view name_of(Form form) noexcept;

} // namespace relevo::archive
