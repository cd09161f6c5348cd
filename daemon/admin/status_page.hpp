// SPDX-License-Identifier: LGPL-2.1-or-later
// What plays, for anybody: names of channels and how many watch, but nobody's address and no provider.
#pragma once

#include "sessions/event.hpp"

#include <nlohmann/json.hpp>
#include <span>
#include <string>

namespace relevo::admin {

[[nodiscard]] nlohmann::json write_status(std::span<const sessions::SessionView> sessions);
/// As a page that loads itself again.
[[nodiscard]] std::string write_status_page(std::span<const sessions::SessionView> sessions);

} // namespace relevo::admin
