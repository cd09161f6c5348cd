// SPDX-License-Identifier: LGPL-2.1-or-later
// Functions of ours in SQL.
#include "sqlite/function.hpp"

#include "failure.hpp"

#include <vector>

namespace relevo::sqlite {
namespace {

struct Defined {
  Function function;
  Gives gives;
};

Argument read(sqlite3_value* value) {
  const bool is_blob = sqlite3_value_type(value) == SQLITE_BLOB;
  const void* data = is_blob ? sqlite3_value_blob(value) : sqlite3_value_text(value);
  if (!data) return {is_blob, {}};
  return {is_blob, {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_value_bytes(value))}};
}

void call(sqlite3_context* context, int count, sqlite3_value** values) noexcept {
  const auto& defined = *static_cast<const Defined*>(sqlite3_user_data(context));
  try {
    std::vector<Argument> arguments;
    for (int i = 0; i < count; ++i)
      arguments.push_back(read(values[i]));
    const auto result = defined.function(arguments);
    if (defined.gives == Gives::Blob)
      sqlite3_result_blob64(context, result.data(), result.size(), SQLITE_TRANSIENT);
    else
      sqlite3_result_text64(context, result.data(), result.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } catch (const std::exception& error) {
    sqlite3_result_error(context, error.what(), -1);
  }
}

void destroy(void* defined) noexcept {
  delete static_cast<Defined*>(defined);
}

} // namespace

void define(Database& database, const char* name, int arguments, Gives gives, Function function) {
  // SQLite destroys it, also where this fails.
  auto* defined = new Defined{std::move(function), gives};
  if (sqlite3_create_function_v2(database.get(), name, arguments, SQLITE_UTF8 | SQLITE_DIRECTONLY, defined,
                                 &call, nullptr, nullptr, &destroy) != SQLITE_OK)
    fail_call(database.get(), name);
}

} // namespace relevo::sqlite
