// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading JSON that a client sent.
#pragma once

#include "base/result.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace relevo::net {

/// An error says what is wrong, at its byte. More than 64 levels are refused: whoever walks a value may
/// recurse.
[[nodiscard]] Result<nlohmann::json> parse_json(std::string_view text);

} // namespace relevo::net
