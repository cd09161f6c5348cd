// SPDX-License-Identifier: LGPL-2.1-or-later
// Days as boxes write them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace relevo::stalker {

/// "2026-11-27".
[[nodiscard]] std::string write_date(std::chrono::sys_days day);
[[nodiscard]] std::optional<std::chrono::sys_days> parse_date(std::string_view text) noexcept;

/// "05" of 5.
[[nodiscard]] std::string two_digits(unsigned number);

} // namespace relevo::stalker
