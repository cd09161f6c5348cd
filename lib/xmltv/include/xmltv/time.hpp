// SPDX-License-Identifier: LGPL-2.1-or-later
// Points in time as XMLTV writes them.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace relevo::xmltv {

/// How far local time is ahead of UTC, where a document does not say.
using DefaultOffset = std::function<std::chrono::seconds(std::chrono::local_seconds)>;

/// `YYYYMMDDhhmmss ZONE`. The digits may end after any of the parts; then what is left out is its beginning.
/// The zone is `+hhmm`, `+hh:mm`, `+hh`, `Z`, `UTC+hh` or one of the abbreviations of broadcasters; without
/// one the offset of the caller counts, or UTC where that is empty. Empty for everything else, and before
/// 1900 or after 2999.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_time(std::string_view text,
                                                                 const DefaultOffset& default_offset = {});

/// Appends `YYYYMMDDhhmmss +0000`. Expects a time that parse_time() gives.
void write_time(std::string& out, std::chrono::sys_seconds time);

} // namespace relevo::xmltv
