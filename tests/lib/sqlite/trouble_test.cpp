// SPDX-License-Identifier: LGPL-2.1-or-later
// Files that others hold, disks that are full, calls that take too long.
#include "open_database.hpp"
#include "temporary_folder.hpp"

#include <filesystem>
#include <sched.h>
#include <sys/mount.h>
#include <thread>

using namespace relevo;
using sqlite::Database;
using sqlite::Problem;
using sqlite::Statement;
using sqlite::Transaction;
using test::count;
using test::fill;
using test::opened;
using test::opened_foreign;
using test::problem_of;
using test::TemporaryFolder;

namespace {

/// Runs in a thread that alone sees what it mounts. Only root may mount, and not in every chroot.
template <class F>
void with_own_mounts(F&& run) {
  bool allowed = false;
  std::thread([&] {
    allowed = ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    if (allowed) run();
  }).join();
  if (!allowed) MESSAGE("nothing can be mounted here: not tested");
}

/// Endless, but for an interruption.
constexpr const char* kEndless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

} // namespace

TEST_CASE("of two who write one waits, as long as it may") {
  const TemporaryFolder folder;
  auto first = opened(folder.file("a.db"));
  auto second = opened(folder.file("a.db"));
  auto patient = Database::open(folder.file("a.db"));
  REQUIRE(patient);
  fill(first, 1);
  auto transaction = std::make_unique<Transaction>(first);
  first.exec("INSERT INTO t VALUES (1)");
  CHECK(problem_of([&] { Transaction other(second); }) == Problem::Busy);
  CHECK(problem_of([&] { second.exec("INSERT INTO t VALUES (2)"); }) == Problem::Busy);
  CHECK(count(second) == 1);
  std::thread waiting([&] { patient->exec("INSERT INTO t VALUES (3)"); });
  transaction->commit();
  transaction.reset();
  waiting.join();
  CHECK(count(second) == 3);
}

TEST_CASE("somebody else's file that is being written to") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  auto theirs = opened(file);
  SUBCASE("with a write-ahead log: it is read as it was") {
    fill(theirs, 1);
    const Transaction transaction(theirs);
    theirs.exec("INSERT INTO t VALUES (1)");
    CHECK(count(opened_foreign(file)) == 1);
  }
  SUBCASE("without: it says so") {
    theirs.exec("PRAGMA journal_mode = DELETE");
    fill(theirs, 1);
    theirs.exec("BEGIN EXCLUSIVE");
    const auto ours = Database::open_foreign(file, std::chrono::milliseconds(0));
    REQUIRE_FALSE(ours);
    CHECK(ours.error().message == "cannot open " + file + ": database is locked");
    theirs.exec("COMMIT");
    CHECK(count(opened_foreign(file)) == 1);
    CHECK_FALSE(std::filesystem::exists(file + "-wal"));
  }
}

TEST_CASE("somebody else's file where nothing can be written") {
  const TemporaryFolder folder;
  const auto file = folder.file("100%?#.db"); // what means something in an URI
  {
    auto theirs = opened(file);
    fill(theirs, 3);
  }
  with_own_mounts([&] {
    const auto path = folder.path();
    REQUIRE(::mount(path.c_str(), path.c_str(), nullptr, MS_BIND, nullptr) == 0);
    REQUIRE(::mount("none", path.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) == 0);
    CHECK(count(opened_foreign(file)) == 3);
    CHECK_FALSE(Database::open(file));
    CHECK_FALSE(Database::open_foreign(folder.file("no.db")));
  });
}

TEST_CASE("a full disk loses nothing, whenever it gets full") {
  const TemporaryFolder folder;
  const auto path = folder.path();
  with_own_mounts([&] {
    for (int kib = 40; kib <= 400; kib += 20) {
      CAPTURE(kib);
      const auto size = "size=" + std::to_string(kib) + "k";
      REQUIRE(::mount("none", path.c_str(), "tmpfs", 0, size.c_str()) == 0);
      int kept = 0;
      bool full = false;
      {
        auto database = Database::open(folder.file("a.db"), std::chrono::milliseconds(0));
        for (int i = 0; database && i < 400 && !full; i += 10) {
          try {
            fill(*database, 10);
            kept += 10;
          } catch (const sqlite::Failure& failure) {
            CHECK_MESSAGE(failure.problem() == Problem::Full, failure.what());
            full = true;
          }
        }
        CHECK((full || !database));
        if (kept > 0) CHECK(count(*database) == kept);
      }
      REQUIRE(::mount("none", path.c_str(), nullptr, MS_REMOUNT, "size=4m") == 0); // now there is room
      auto database = opened(folder.file("a.db"));
      CHECK(database.check());
      fill(database, 10);
      CHECK(count(database) == kept + 10);
      database.exec("PRAGMA wal_checkpoint");
      REQUIRE(::umount2(path.c_str(), MNT_DETACH) == 0);
    }
  });
}

TEST_CASE("a broken file is an error of what reads it") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  {
    auto database = opened(file);
    fill(database, 1000);
  }
  test::damage(file, 10 * 4096, 100 * 4096);
  auto database = opened(file);
  CHECK(problem_of([&] { Statement(database, "SELECT count(*) FROM t").step(); }) == Problem::Damaged);
  CHECK_FALSE(database.check());
}

TEST_CASE("a cancelled token ends what takes long, also what begins later") {
  auto database = *Database::open_in_memory();
  fill(database, 100);
  gx::CancelToken token;
  {
    const sqlite::Interrupter interrupter(database, token);
    CHECK(count(database) == 100);
    token.cancel();
    for (int i = 0; i < 2; ++i)
      CHECK(problem_of([&] { Statement(database, kEndless).step(); }) == Problem::Cancelled);
    Transaction transaction(database); // its end is short enough
    database.exec("DELETE FROM t WHERE rowid = 1");
  }
  CHECK(count(database) == 100);
  Statement(database, "SELECT count(*) FROM t a, t b, t c WHERE a.s > b.s").step(); // nothing is left of it
}
