// SPDX-License-Identifier: LGPL-2.1-or-later
// Text as SQL looks for it.
#pragma once

#include <string>
#include <string_view>

namespace relevo::store {

/// Of text anywhere, for LIKE ? ESCAPE '\'.
[[nodiscard]] std::string like_pattern(std::string_view text);

} // namespace relevo::store
