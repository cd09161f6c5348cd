// SPDX-License-Identifier: LGPL-2.1-or-later
// What single values mean, and values emptied for the next element.
#pragma once

#include "xmltv/guide.hpp"

namespace relevo::xmltv {

[[nodiscard]] std::optional<bool> read_yes_no(std::string_view text);
/// Units that are not there are minutes.
[[nodiscard]] std::optional<std::chrono::seconds> read_length(std::string_view text, std::string_view units);

/// Empties it but for the line, and its vectors keep their memory.
void clear(Channel& channel, std::size_t line);
void clear(Programme& programme, std::size_t line);

} // namespace relevo::xmltv
