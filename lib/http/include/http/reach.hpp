// SPDX-License-Identifier: LGPL-2.1-or-later
// A reach for those who connect by other means than a Client.
#pragma once

#include "ip/reach.hpp"

#include <optional>
#include <string>

namespace relevo::http {

/// Looks the name in the URL up, and judges each of its addresses. Whoever connects then may get another
/// answer, and redirects are his. Blocks. Why not; empty: it may be opened, or its name has no address.
[[nodiscard]] std::optional<std::string> look_up_objection(const ip::Reach& reach, const std::string& url);

} // namespace relevo::http
