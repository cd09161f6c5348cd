// SPDX-License-Identifier: LGPL-2.1-or-later
// Credentials as they stand in headers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace relevo::access {

inline constexpr std::string_view kSessionCookie = "relevo_session";

/// Name and password of "Basic …"; empty where it is none.
[[nodiscard]] std::optional<std::pair<std::string, std::string>> parse_basic(std::string_view authorization);
/// The value of a cookie of the header; "": there is none.
[[nodiscard]] std::string_view find_cookie(std::string_view header, std::string_view name) noexcept;

} // namespace relevo::access
