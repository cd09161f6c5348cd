// SPDX-License-Identifier: LGPL-2.1-or-later
// MAC addresses, by which portals know a box.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace relevo::stalker {

/// As boxes write it: "00:1A:79:0B:0C:0D". Read with colons, hyphens or nothing between the bytes, in upper
/// and lower case. The error is for people.
[[nodiscard]] Result<std::string> parse_mac(std::string_view text);

} // namespace relevo::stalker
