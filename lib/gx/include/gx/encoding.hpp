// SPDX-License-Identifier: LGPL-2.1-or-later
// Encodings that have one byte for a character.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace relevo::gx {

/// The code point of each byte, -1 where it has none. Empty: the name is not known, or a character may take
/// several bytes.
[[nodiscard]] std::optional<std::array<int, 256>> find_encoding(std::string_view name);

} // namespace relevo::gx
