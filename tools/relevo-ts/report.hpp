// SPDX-License-Identifier: LGPL-2.1-or-later
// An analyser's report as text for people and as JSON for programs.
#pragma once

#include "ts/analyse.hpp"

#include <string>

namespace relevo::tool {

[[nodiscard]] std::string text_of(const ts::StreamReport& report);
[[nodiscard]] std::string json_of(const ts::StreamReport& report);

} // namespace relevo::tool
