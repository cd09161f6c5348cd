// SPDX-License-Identifier: LGPL-2.1-or-later
// The parts of a request's URL, decoded.
#pragma once

#include "base/result.hpp"
#include "net/request.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relevo::net {

/// Refused: a % without two hexadecimal digits, and what then is no UTF-8 or holds a zero byte.
[[nodiscard]] Result<std::string> percent_decode(std::string_view text);

/// All but letters, digits and "-._~", so that the text can be a segment or a part of a query.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// What stands between the slashes: "/a/b%2Fc" is "a", "b/c"; "/a/" is "a", "". `path` begins with a slash.
[[nodiscard]] Result<std::vector<std::string>> parse_path(std::string_view path);

/// "a=1&b=x+y&a=2&c": a name without a value has an empty one, + is a space.
[[nodiscard]] Result<Fields> parse_query(std::string_view query);

} // namespace relevo::net
