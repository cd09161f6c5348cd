// SPDX-License-Identifier: LGPL-2.1-or-later
// Secrets that the daemon makes: tokens, and what is kept of them.
#pragma once

#include <string>
#include <string_view>

namespace relevo::access {

/// 128 bits of the system's randomness in 22 letters, digits, "-" and "_". Throws std::system_error.
[[nodiscard]] std::string make_token();

/// What is kept of a token, and what it is looked up by: its SHA-256, in hexadecimal digits. Good for secrets
/// that nobody can guess; passwords need more.
[[nodiscard]] std::string hash_of(std::string_view token);

/// Takes as long for any two texts of the same length.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b) noexcept;

/// What a page has to show besides the cookie of its session, where it changes something: other sites can
/// make a browser send the cookie, but cannot read this.
[[nodiscard]] std::string csrf_token_of(std::string_view session_token);

} // namespace relevo::access
