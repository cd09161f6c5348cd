// SPDX-License-Identifier: LGPL-2.1-or-later
// Functions of ours in SQL.
#pragma once

#include "sqlite/database.hpp"

namespace relevo::sqlite {

/// A value that the function gets.
struct Argument {
  bool is_blob = false;
  std::string_view bytes; // of the blob, or of the text that the value is
};
/// What it gives is a text or a blob, as it was defined. What it throws is the failure of the statement.
using Function = std::function<std::string(std::span<const Argument>)>;
enum class Gives { Text, Blob };

/// Statements of this connection, but no views or triggers, can call it by that name from now on. Of the same
/// arguments it may be called once or often.
void define(Database& database, const char* name, int arguments, Gives gives, Function function);

} // namespace relevo::sqlite
