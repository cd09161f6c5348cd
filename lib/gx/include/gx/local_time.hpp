// SPDX-License-Identifier: LGPL-2.1-or-later
// The clock on the wall.
#pragma once

#include <chrono>
#include <string>

namespace relevo::gx {

/// How far the time of this machine's zone is ahead of UTC at a moment.
[[nodiscard]] std::chrono::seconds utc_offset(std::chrono::sys_seconds time);

/// That zone, as the database of zones calls it: "Europe/London". Empty: it is not said so.
[[nodiscard]] std::string zone_name();

} // namespace relevo::gx
