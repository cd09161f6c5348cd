// SPDX-License-Identifier: LGPL-2.1-or-later
#include "open_database.hpp"
#include "temporary_folder.hpp"

#include <filesystem>

using namespace relevo;
using sqlite::Database;
using sqlite::Problem;
using test::count;
using test::fill;
using test::opened;
using test::problem_of;
using test::TemporaryFolder;

TEST_CASE("a backup is what was there when it began, whoever writes meanwhile") {
  const TemporaryFolder folder;
  auto database = opened(folder.file("a.db"));
  fill(database, 10'000);
  auto other = opened(folder.file("a.db"));
  int calls = 0;
  int last = 0;
  database.back_up(folder.file("b.db"), {}, [&](int done, int all) {
    fill(other, 10); // between any two steps
    ++calls;
    CHECK(done > last);
    CHECK(done <= all);
    last = done;
    CHECK_FALSE(std::filesystem::exists(folder.file("b.db")));
  });
  CHECK(calls >= 3);
  CHECK(count(other) == 10'000 + 10 * calls);
  auto copy = opened(folder.file("b.db"));
  CHECK(copy.check());
  CHECK(count(copy) == 10'000);
  CHECK_FALSE(std::filesystem::exists(folder.file("b.db.part")));
  fill(database, 1); // no transaction is left open
}

TEST_CASE("a backup that does not end leaves the last one") {
  const TemporaryFolder folder;
  auto database = opened(folder.file("a.db"));
  fill(database, 5);
  database.back_up(folder.file("b.db"), {});
  fill(database, 5000);
  gx::CancelToken token;
  CHECK(problem_of([&] {
          database.back_up(folder.file("b.db"), token, [&](int, int) { token.cancel(); });
        }) == Problem::Cancelled);
  CHECK(count(opened(folder.file("b.db"))) == 5);
  CHECK_FALSE(std::filesystem::exists(folder.file("b.db.part")));
  CHECK_THROWS_AS(database.back_up(folder.file("no/b.db"), {}), sqlite::Failure);
  std::filesystem::create_directory(folder.file("c.db"));
  CHECK_THROWS_AS(database.back_up(folder.file("c.db"), {}), sqlite::Failure);
  database.back_up(folder.file("b.db"), {});
  CHECK(count(opened(folder.file("b.db"))) == 5005);
}

TEST_CASE("a backup takes the place of what is there, for everyone who has it open") {
  const TemporaryFolder folder;
  auto database = opened(folder.file("a.db"));
  fill(database, 3000);
  database.set_version(3);
  database.back_up(folder.file("b.db"), {});
  fill(database, 7);
  database.exec("CREATE TABLE later (i)");
  database.set_version(4);
  auto other = opened(folder.file("a.db"));
  sqlite::Statement counts(other, "SELECT count(*) FROM t");
  REQUIRE(database.restore(folder.file("b.db"), {}));
  for (const auto* one : {&database, &other}) {
    CHECK(count(*one) == 3000);
    CHECK(one->version() == 3);
  }
  REQUIRE(counts.step());
  CHECK(counts.column<int>(0) == 3000);
  CHECK(database.check());
  CHECK_THROWS_AS(sqlite::Statement(database, "SELECT * FROM later"), sqlite::Failure);
}

TEST_CASE("what is no whole backup changes nothing") {
  const TemporaryFolder folder;
  auto database = opened(folder.file("a.db"));
  fill(database, 6000);
  database.back_up(folder.file("b.db"), {});
  fill(database, 7);
  SUBCASE("none") {
    CHECK_FALSE(database.restore(folder.file("no.db"), {}));
  }
  SUBCASE("no database") {
    test::write(folder.file("b.db"), std::string(5000, 'x'));
    CHECK_FALSE(database.restore(folder.file("b.db"), {}));
  }
  SUBCASE("cut") {
    std::filesystem::resize_file(folder.file("b.db"), 1'000'000);
    CHECK_FALSE(database.restore(folder.file("b.db"), {}));
  }
  SUBCASE("damaged inside") {
    test::damage(folder.file("b.db"), 500'000, 10'000);
    const auto restored = database.restore(folder.file("b.db"), {});
    REQUIRE_FALSE(restored);
    CHECK(restored.error().message.starts_with(folder.file("b.db") + " is damaged: "));
  }
  SUBCASE("cancelled") {
    gx::CancelToken token;
    CHECK(problem_of([&] {
            static_cast<void>(
                database.restore(folder.file("b.db"), token, [&](int, int) { token.cancel(); }));
          }) == Problem::Cancelled);
  }
  SUBCASE("somebody else writes") {
    auto other = opened(folder.file("a.db"));
    const sqlite::Transaction transaction(other);
    CHECK(problem_of([&] { static_cast<void>(database.restore(folder.file("b.db"), {})); }) == Problem::Busy);
  }
  CHECK(count(database) == 6007);
  CHECK(database.check());
  fill(database, 1);
}
