// SPDX-License-Identifier: LGPL-2.1-or-later
// What is secret in the tables: sealed when it is written, opened when it is read, by functions in SQL.
#pragma once

#include "sqlite/database.hpp"

namespace relevo::store {

/// The file of the key, beside that of the database.
[[nodiscard]] std::string key_file_of(const std::string& database);

/// Gives the connection seal(text, place, id) and unseal(value, place, id), with the key from that file,
/// where none is made. A place is "table.column". What was never sealed is as it was. An error says what is
/// wrong with the key.
[[nodiscard]] Result<void> take_key(sqlite::Database& database, const std::string& key_file);
/// The same with a key in that file that is made where there is none.
[[nodiscard]] Result<void> take_or_make_key(sqlite::Database& database, const std::string& key_file);
/// The same with a key that nobody will ever have again.
void take_passing_key(sqlite::Database& database);

/// Whether its permissions let others read it.
[[nodiscard]] bool is_open_to_others(const std::string& key_file);

/// Whether its secrets are sealed; an older file's are not.
[[nodiscard]] bool is_sealed(const sqlite::Database& database);
/// Whether it is with the key that was taken.
[[nodiscard]] bool has_its_key(const sqlite::Database& database);

/// For INSERT … SELECT: one row with one column, the id that the table gives next.
[[nodiscard]] std::string next_id_of(std::string_view table);

} // namespace relevo::store
