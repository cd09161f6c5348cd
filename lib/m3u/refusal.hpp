// SPDX-License-Identifier: LGPL-2.1-or-later
// What came instead of a playlist.
#pragma once

#include <string>
#include <string_view>

namespace relevo::m3u {

/// A message about input that begins with this line.
[[nodiscard]] std::string refusal_of(std::string_view line);

} // namespace relevo::m3u
