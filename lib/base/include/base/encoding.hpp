// SPDX-License-Identifier: LGPL-2.1-or-later
// Text as it is, made into the text that we keep: UTF-8 recognised and written, Windows-1252 repaired.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace relevo {

/// Needs no cleaning: printable ASCII.
[[nodiscard]] bool is_plain(std::string_view text) noexcept;
[[nodiscard]] bool has_controls(std::string_view text) noexcept;
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// Length of the character that `text` begins with; 0 where that is no UTF-8 (Unicode, table 3-7).
[[nodiscard]] std::size_t utf8_length(std::string_view text) noexcept;

/// Appends a character. What is none (half of a surrogate pair, beyond Unicode) becomes U+FFFD.
void append_utf8(std::string& out, char32_t c);

/// U+FFFD for the five bytes that mean nothing.
[[nodiscard]] char32_t from_windows_1252(std::uint8_t byte) noexcept;

/// Appends `text` as UTF-8 without control characters: they become blanks, and every byte that is not part of
/// UTF-8 is taken as Windows-1252.
void append_clean(std::string& out, std::string_view text);

} // namespace relevo
