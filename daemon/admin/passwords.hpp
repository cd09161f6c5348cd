// SPDX-License-Identifier: LGPL-2.1-or-later
// Passwords in what operations are told.
#pragma once

#include "admin/operation.hpp"

namespace relevo::admin {

/// Takes the member out of the body; empty where it is not there. Refuses what is no text.
[[nodiscard]] std::optional<std::string> take_text(Json& body, const char* name);
/// The same of a member that must be there.
[[nodiscard]] std::string need_text(Json& body, const char* name);
/// Hashed. Refuses what cannot be a password.
[[nodiscard]] std::string take_password_hash(const std::string& password,
                                             const std::string& where = "password");

} // namespace relevo::admin
