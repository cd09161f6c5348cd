// SPDX-License-Identifier: LGPL-2.1-or-later
// Passwords that people choose, kept as yescrypt hashes.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace relevo::access {

inline constexpr std::size_t kShortestPassword = 8;

/// Why nobody may have this password; about its length and its bytes, not about how good it is.
[[nodiscard]] Result<void> check_password_form(std::string_view password);

/// As crypt(5) writes it, with a salt of its own. Takes some hundredths of a second: not in the main thread.
/// Throws std::system_error.
[[nodiscard]] std::string hash_password(const std::string& password);

/// Takes as long. A hash of "" is nobody's, and takes the same time: so nobody can tell who has an account.
[[nodiscard]] bool is_password(const std::string& password, const std::string& hash);

} // namespace relevo::access
