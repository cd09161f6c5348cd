// SPDX-License-Identifier: LGPL-2.1-or-later
// JSON that a client sent, and errors that say more in it.
#pragma once

#include "base/result.hpp"
#include "net/response.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace relevo::net {

/// An error says what is wrong, at its byte. More than 64 levels are refused: whoever walks a value may
/// recurse.
[[nodiscard]] Result<nlohmann::json> parse_json(std::string_view text);

/// As the one of response.hpp, with members behind those that every error has.
[[nodiscard]] Response error_response(unsigned status, std::string_view code, std::string_view message,
                                      std::string_view where, nlohmann::json more);

} // namespace relevo::net
