// SPDX-License-Identifier: LGPL-2.1-or-later
// Text as it is compared: plain letters whatever case, accents and fancy alphabets a provider wrote it in.
#pragma once

#include <string>
#include <string_view>

namespace relevo::lineup {

/// Accents of Latin, Greek and Cyrillic letters dropped; superscripts, small capitals, full width, circled
/// and mathematical letters as ASCII; flags as "[gb]"; every other symbol as '|', ' ', '-' or a quote that
/// separates as it did. Letters of other scripts stay. Case of ASCII letters stays, others are lower case.
/// Bytes that are no UTF-8 are read as Latin-1. What comes out is UTF-8, and comes out again when it is put
/// in.
[[nodiscard]] std::string simplify(std::string_view text);

/// The same in lower case.
[[nodiscard]] std::string fold(std::string_view text);

} // namespace relevo::lineup
