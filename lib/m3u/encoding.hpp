// SPDX-License-Identifier: LGPL-2.1-or-later
// Text as it is, made into the text that we keep.
#pragma once

#include <string>
#include <string_view>

namespace relevo::m3u {

/// Needs no cleaning: printable ASCII.
[[nodiscard]] bool is_plain(std::string_view text) noexcept;
[[nodiscard]] bool has_controls(std::string_view text) noexcept;
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// Appends `text` as UTF-8 without control characters: they become blanks, and every byte that is not part of
/// UTF-8 is taken as Windows-1252.
void append_clean(std::string& out, std::string_view text);

} // namespace relevo::m3u
