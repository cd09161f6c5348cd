// SPDX-License-Identifier: LGPL-2.1-or-later
// Databases for tests.
#pragma once

#include "sqlite/database.hpp"

#include <doctest/doctest.h>
#include <fstream>

namespace relevo::test {

/// Waits for nobody.
[[nodiscard]] inline sqlite::Database opened(const std::string& file) {
  auto database = sqlite::Database::open(file, std::chrono::milliseconds(0));
  REQUIRE_MESSAGE(database, database.error().message);
  return *std::move(database);
}

[[nodiscard]] inline sqlite::Database opened_foreign(const std::string& file) {
  auto database = sqlite::Database::open_foreign(file, std::chrono::milliseconds(0));
  REQUIRE_MESSAGE(database, database.error().message);
  return *std::move(database);
}

/// A table t, with so many rows of about a kilobyte.
inline void fill(sqlite::Database& database, int rows) {
  database.exec("CREATE TABLE IF NOT EXISTS t (s)");
  sqlite::Transaction transaction(database);
  sqlite::Statement insert(database, "INSERT INTO t VALUES (?)");
  for (int i = 0; i < rows; ++i)
    insert.run(std::string(1000, static_cast<char>('a' + i % 26)));
  transaction.commit();
}

[[nodiscard]] inline int count(const sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT count(*) FROM t");
  REQUIRE(row.step());
  return row.column<int>(0);
}

/// What a call fails with.
template <class F>
sqlite::Problem problem_of(F&& call) {
  try {
    call();
  } catch (const sqlite::Failure& failure) {
    INFO(failure.what());
    return failure.problem();
  }
  FAIL("nothing was thrown");
  return sqlite::Problem::Other;
}

inline void write(const std::string& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
}

inline void damage(const std::string& file, int begin, int size) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(begin);
  stream << std::string(static_cast<std::size_t>(size), '\7');
}

} // namespace relevo::test
