// SPDX-License-Identifier: LGPL-2.1-or-later
// The order in which people look for names.
#pragma once

#include <string_view>

namespace relevo::sqlite {

/// Below, at or above 0, for names in UTF-8: upper and lower case are the same, and what is a number counts
/// by its value, so that "BBC 2" comes before "bbc 10". Names that differ in nothing else are ordered by
/// their bytes. SQL knows it as the collation NATURAL_ORDER. No index may use it: other programs could not
/// write to its table.
[[nodiscard]] int compare_natural(std::string_view a, std::string_view b) noexcept;

} // namespace relevo::sqlite
