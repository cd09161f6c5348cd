// SPDX-License-Identifier: LGPL-2.1-or-later
// The fields of a form that a client sent.
#pragma once

#include "base/result.hpp"
#include "net/request.hpp"

#include <string_view>

namespace relevo::net {

/// Of application/x-www-form-urlencoded, as a query has them; or of a JSON object: its members that are text,
/// numbers or flags. Any other type has none.
[[nodiscard]] Result<Fields> parse_form(std::string_view content_type, std::string_view body);

} // namespace relevo::net
