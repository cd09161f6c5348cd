// SPDX-License-Identifier: LGPL-2.1-or-later
// Codes of SQLite turned into failures.
#pragma once

#include "sqlite/database.hpp"

namespace relevo::sqlite {

[[nodiscard]] Problem problem_of(int code) noexcept;

/// Throws what the last call on the connection failed with, while it did `what`.
[[noreturn]] void fail_call(sqlite3* handle, std::string_view what);

} // namespace relevo::sqlite
