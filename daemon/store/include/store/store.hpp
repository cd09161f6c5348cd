// SPDX-License-Identifier: LGPL-2.1-or-later
// The file of state: opened, brought to this version's schema, checked.
#pragma once

#include "base/log.hpp"
#include "sqlite/database.hpp"

#include <string>

namespace relevo::store {

/// The version of the schema that this program writes.
[[nodiscard]] int schema_version() noexcept;

/// Opens the file for the program's start, and makes it where there is none: what an earlier version wrote is
/// brought to this schema, one transaction for each step; what a later one wrote is refused. After a crash
/// its integrity is checked first. What is secret in it is sealed with the key in "relevo.key" beside it,
/// which is made where there is none yet; all who read and write it see clear text. An error says what is
/// wrong with which file; the file is then as it was.
[[nodiscard]] Result<sqlite::Database> open(const std::string& file, const Log& log);

/// Opens it once more, for another thread. Throws sqlite::Failure.
[[nodiscard]] sqlite::Database open_again(const std::string& file);

/// The same schema, for tests.
[[nodiscard]] Result<sqlite::Database> open_in_memory();

} // namespace relevo::store
