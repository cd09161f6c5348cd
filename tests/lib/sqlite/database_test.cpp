// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sqlite/database.hpp"
#include "temporary_folder.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <limits>
#include <thread>
#include <vector>

using namespace relevo;
using sqlite::Database;
using sqlite::Failure;
using sqlite::Problem;
using sqlite::Statement;
using sqlite::Transaction;

using test::TemporaryFolder;

namespace {

Database in_memory() {
  auto database = Database::open_in_memory();
  REQUIRE(database);
  return *std::move(database);
}

Database opened(const std::string& file) {
  auto database = Database::open(file);
  REQUIRE_MESSAGE(database, database.error().message);
  return *std::move(database);
}

std::int64_t count(const Database& database) {
  Statement row(database, "SELECT count(*) FROM t");
  REQUIRE(row.step());
  return row.column<std::int64_t>(0);
}

template <class F>
Problem problem_of(F&& call) {
  try {
    call();
  } catch (const Failure& failure) {
    return failure.problem();
  }
  FAIL("nothing was thrown");
  return Problem::Other;
}

void write(const std::string& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
}

} // namespace

TEST_CASE("values come back as they were") {
  auto database = in_memory();
  database.exec("CREATE TABLE t (i, r, s, n)");
  const std::string text("zero \0 inside", 13);
  Statement(database, "INSERT INTO t VALUES (?, ?, ?, ?)")
      .run(std::numeric_limits<std::int64_t>::min(), 0.25, text, std::optional<int>());
  Statement row(database, "SELECT i, r, s, n FROM t");
  REQUIRE(row.step());
  CHECK(row.column<std::int64_t>(0) == std::numeric_limits<std::int64_t>::min());
  CHECK(row.column<double>(1) == 0.25);
  CHECK(row.column<std::string>(2) == text);
  CHECK(row.column<std::optional<int>>(3) == std::nullopt);
  CHECK(row.column<std::optional<std::string>>(2) == text);
  CHECK(row.column<std::string_view>(3).empty());
  CHECK(row.column<bool>(0));
  CHECK_FALSE(row.step());
}

TEST_CASE("an empty text is no null") {
  auto database = in_memory();
  database.exec("CREATE TABLE t (s TEXT NOT NULL)");
  Statement(database, "INSERT INTO t VALUES (?)").run(std::string_view());
  CHECK(count(database) == 1);
}

TEST_CASE("a statement runs again with other values") {
  auto database = in_memory();
  database.exec("CREATE TABLE t (i INTEGER PRIMARY KEY)");
  Statement insert(database, "INSERT INTO t VALUES (?)");
  for (int i = 1; i <= 3; ++i)
    insert.run(i);
  CHECK(database.last_insert_id() == 3);
  CHECK(problem_of([&] { insert.run(2); }) == Problem::Constraint);
  insert.run(4); // goes on after a failure
  Statement row(database, "SELECT i FROM t WHERE i > ? ORDER BY i");
  for (const int above : {1, 3}) {
    row.start(above);
    REQUIRE(row.step());
    CHECK(row.column<int>(0) == above + 1);
  }
  Statement(database, "DELETE FROM t WHERE i > ?").run(1);
  CHECK(database.changes() == 3);
}

TEST_CASE("values can be put together at run time") {
  auto database = in_memory();
  Statement row(database, "SELECT (?1 + ?2) || ?3");
  row.start_with(std::vector<sqlite::Value>{std::int64_t{1}, 2.5, "x"});
  REQUIRE(row.step());
  CHECK(row.column<std::string>(0) == "3.5x");
}

TEST_CASE("a failure names the statement") {
  auto database = in_memory();
  CHECK_THROWS_WITH_AS(Statement(database, "SELEC 1"),
                       "database in memory: near \"SELEC\": syntax error, in \"SELEC 1\"", Failure);
}

TEST_CASE("a transaction is kept whole, or not at all") {
  auto database = in_memory();
  database.exec("CREATE TABLE t (i)");
  {
    Transaction transaction(database);
    database.exec("INSERT INTO t VALUES (1)");
    transaction.commit();
  }
  CHECK(count(database) == 1);
  const auto broken = [&] {
    Transaction transaction(database);
    database.exec("INSERT INTO t VALUES (2)");
    throw std::runtime_error("something");
  };
  CHECK_THROWS_AS(broken(), std::runtime_error);
  CHECK(count(database) == 1);
}

TEST_CASE("who reads sees the old state until the new one is kept") {
  const TemporaryFolder folder;
  auto writer = opened(folder.file("a.db"));
  writer.exec("CREATE TABLE t (i)");
  auto reader = opened(folder.file("a.db"));
  Transaction transaction(writer);
  writer.exec("INSERT INTO t VALUES (1)");
  CHECK(count(reader) == 0);
  transaction.commit();
  CHECK(count(reader) == 1);
}

TEST_CASE("what is read in a snapshot stays as it is") {
  const TemporaryFolder folder;
  auto reader = opened(folder.file("a.db")), writer = opened(folder.file("a.db"));
  writer.exec("CREATE TABLE t (x)");
  {
    const sqlite::Snapshot snapshot(reader);
    writer.exec("INSERT INTO t VALUES (1)");
    CHECK(count(reader) == 0);
  }
  CHECK(count(reader) == 1);
}

TEST_CASE("what keeps a file from being used is told apart") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  SUBCASE("no database") {
    write(file, std::string(5000, 'x'));
    const auto database = Database::open(file);
    REQUIRE_FALSE(database);
    CHECK(database.error().message == "cannot open " + file + ": file is not a database");
  }
  SUBCASE("a folder that is not there") {
    CHECK_FALSE(Database::open(folder.file("no/a.db")));
  }
  SUBCASE("somebody else's that is not there: it is not made") {
    CHECK_FALSE(Database::open_foreign(file));
    CHECK_FALSE(std::filesystem::exists(file));
  }
  SUBCASE("full") {
    auto database = opened(file);
    database.exec("CREATE TABLE t (s); PRAGMA max_page_count = 2");
    CHECK(problem_of([&] {
            Statement(database, "INSERT INTO t VALUES (?)").run(std::string(100'000, 'x'));
          }) == Problem::Full);
    CHECK(count(database) == 0);
  }
  SUBCASE("somebody else's is never written to") {
    opened(file).exec("CREATE TABLE t (i)");
    auto database = Database::open_foreign(file);
    REQUIRE(database);
    CHECK(problem_of([&] { database->exec("INSERT INTO t VALUES (1)"); }) == Problem::ReadOnly);
    CHECK(count(*database) == 0);
  }
}

TEST_CASE("a broken file is found out") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  {
    auto database = opened(file);
    database.exec("CREATE TABLE t (s); CREATE INDEX x ON t (s)");
    for (int i = 0; i < 500; ++i)
      Statement(database, "INSERT INTO t VALUES (?)").run(std::string(100, static_cast<char>('a' + i % 26)));
    CHECK(database.check());
  }
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(3 * 4096);
  stream << std::string(4096, '\7');
  stream.close();
  auto database = Database::open(file);
  REQUIRE(database);
  CHECK_FALSE(database->check());
}

TEST_CASE("the version belongs to whoever counts it") {
  const TemporaryFolder folder;
  auto database = opened(folder.file("a.db"));
  CHECK(database.version() == 0);
  database.set_version(7);
  CHECK(opened(folder.file("a.db")).version() == 7);
}

TEST_CASE("a backup is whole, though others write meanwhile") {
  const TemporaryFolder folder;
  auto database = opened(folder.file("a.db"));
  database.exec("CREATE TABLE t (s)");
  Statement insert(database, "INSERT INTO t VALUES (?)");
  for (int i = 0; i < 100; ++i)
    insert.run(std::string(1000, 'x'));
  std::thread other([&folder] {
    auto writer = Database::open(folder.file("a.db"));
    for (int i = 0; writer && i < 100; ++i)
      Statement(*writer, "INSERT INTO t VALUES (?)").run(std::string(1000, 'y'));
  });
  database.back_up(folder.file("b.db"), {});
  other.join();
  auto copy = opened(folder.file("b.db"));
  CHECK(copy.check());
  CHECK(count(copy) >= 100);
  gx::CancelToken token;
  token.cancel();
  CHECK(problem_of([&] { database.back_up(folder.file("c.db"), token); }) == Problem::Cancelled);
}

TEST_CASE("another thread ends what takes too long") {
  auto database = in_memory();
  gx::CancelToken token;
  const sqlite::Interrupter interrupter(database, token);
  std::atomic<bool> running = false;
  std::thread other([&] {
    while (!running)
      std::this_thread::yield();
    token.cancel();
  });
  Statement endless(database,
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n");
  REQUIRE(endless.step());
  running = true;
  CHECK(problem_of([&] {
          while (endless.step()) {
          }
        }) == Problem::Cancelled);
  other.join();
}
