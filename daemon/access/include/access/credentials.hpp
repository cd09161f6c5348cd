// SPDX-License-Identifier: LGPL-2.1-or-later
// Credentials as they stand in requests.
#pragma once

#include "net/request.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relevo::access {

inline constexpr std::string_view kSessionCookie = "relevo_session";

struct Login {
  std::string name{};
  std::string password{};

  bool operator==(const Login&) const = default;
};

/// Name and password of "Basic …"; empty where it is none.
[[nodiscard]] std::optional<Login> parse_basic(std::string_view authorization);
/// Name and password that a player shows: by Basic, in the path, in the query or a form (username, password).
/// Empty where it shows none, or leaves both blank.
[[nodiscard]] std::optional<Login> find_login(const net::Request& request);
/// The value of a cookie of the header; "": there is none.
[[nodiscard]] std::string_view find_cookie(std::string_view header, std::string_view name) noexcept;

} // namespace relevo::access
