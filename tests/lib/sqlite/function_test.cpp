// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sqlite/function.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::sqlite;

TEST_CASE("a function of ours gets values and gives one") {
  auto database = *Database::open_in_memory();
  define(database, "joined", 2, Gives::Text, [](std::span<const Argument> arguments) {
    return std::string(arguments[0].bytes) + (arguments[1].is_blob ? "b" : "t") +
           std::string(arguments[1].bytes);
  });
  define(database, "as_blob", 1, Gives::Blob,
         [](std::span<const Argument> arguments) { return std::string(arguments[0].bytes); });
  Statement row(database,
                "SELECT joined(7, x'00ff'), joined('', NULL), typeof(as_blob('x')), typeof(joined(1, 2))");
  REQUIRE(row.step());
  CHECK(row.column<std::string>(0) == std::string("7b\0\xff", 4));
  CHECK(row.column<std::string>(1) == "t");
  CHECK(row.column<std::string>(2) == "blob");
  CHECK(row.column<std::string>(3) == "text");
}

TEST_CASE("what it throws is the failure of the statement") {
  auto database = *Database::open_in_memory();
  define(database, "broken", 0, Gives::Text,
         [](std::span<const Argument>) -> std::string { throw std::runtime_error("it is broken"); });
  Statement row(database, "SELECT broken()");
  CHECK_THROWS_WITH_AS(row.step(), "database in memory: it is broken, in \"SELECT broken()\"", Failure);
}

TEST_CASE("views cannot call it") {
  auto database = *Database::open_in_memory();
  define(database, "secret", 0, Gives::Text, [](std::span<const Argument>) { return std::string("x"); });
  database.exec("CREATE VIEW trap AS SELECT secret() AS told");
  CHECK_THROWS_AS(Statement(database, "SELECT told FROM trap").step(), Failure);
}
