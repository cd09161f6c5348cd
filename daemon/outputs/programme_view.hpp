// SPDX-License-Identifier: LGPL-2.1-or-later
// A programme as it is kept, seen as XMLTV names its parts.
#pragma once

#include "model/guide.hpp"
#include "xmltv/guide.hpp"

#include <nlohmann/json.hpp>

namespace relevo::outputs {

/// Its details, read; an empty object where they cannot be.
[[nodiscard]] nlohmann::json read_details(const model::Programme& programme);

/// Views of what it is given. `channel`: the id of its channel. A programme without a title has `title`: the
/// format asks for one.
[[nodiscard]] xmltv::Programme view(const model::Programme& programme, const nlohmann::json& details,
                                    std::string_view channel, std::string_view title);

} // namespace relevo::outputs
