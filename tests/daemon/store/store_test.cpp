// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/store.hpp"

#include "store/accounts.hpp"
#include "store/channels.hpp"
#include "store/dummy_rules.hpp"
#include "store/guide.hpp"
#include "store/profiles.hpp"
#include "store/streams.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace relevo;
using test::TemporaryFolder;

namespace {

/// A log that keeps its lines.
struct Lines {
  std::vector<std::string> lines;
  Log log{LogLevel::Debug, [this](LogLevel, std::string_view line) { lines.emplace_back(line); }};
};

std::string refusal(const std::string& file) {
  const auto database = store::open(file, Lines().log);
  return database ? "" : database.error().message;
}

/// Of all tables and indexes, the statements that made them.
std::vector<std::string> schema_of(const sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name");
  std::vector<std::string> all;
  while (row.step())
    all.push_back(row.column<std::string>(0));
  return all;
}

} // namespace

TEST_CASE("a file is made, and opened again with what is in it") {
  const TemporaryFolder folder;
  Lines lines;
  model::Account account;
  account.name = "Ours";
  {
    auto database = store::open(folder.file("a.db"), lines.log);
    REQUIRE(database);
    CHECK(database->version() == store::schema_version());
    store::save_account(*database, account);
  }
  auto database = store::open(folder.file("a.db"), lines.log);
  REQUIRE(database);
  CHECK(store::load_accounts(*database) == std::vector{account});
  CHECK(lines.lines.empty());
}

TEST_CASE("what an earlier version wrote goes on") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  std::ifstream script(SCHEMA_1);
  sqlite::Database::open(file)->exec(std::string(std::istreambuf_iterator<char>(script), {}));
  auto database = store::open(file, Lines().log);
  REQUIRE(database);
  CHECK(database->version() == store::schema_version());
  const auto fresh = store::open(folder.file("b.db"), Lines().log);
  CHECK(schema_of(*database) == schema_of(*fresh));

  const auto accounts = store::load_accounts(*database);
  REQUIRE(accounts.size() == 1);
  CHECK(store::load_logins(*database, accounts[0].id)[0].password == "secret");
  CHECK(store::load_groups(*database, accounts[0].id)[0].sync->first == 100);
  const auto channels = store::load_channels(*database);
  REQUIRE(channels.size() == 2);
  CHECK(channels[0].name == "Eins");
  CHECK(channels[0].has_settled(model::Field::Name));
  const auto stream = store::load_channel_streams(*database, channels[1].id)[0].stream;
  CHECK(store::find_stream(*database, stream)->name == "Zw\u00f6lf");
  CHECK(store::load_profile_channels(*database, store::load_profiles(*database)[0].id) ==
        std::vector{channels[1].id});
  CHECK(store::load_dummy_rules(*database)[0].name == "Fights");
  CHECK(store::count_programmes(*database, store::load_guide_sources(*database)[0].id) == 1);
}

TEST_CASE("what a later version wrote is refused, and left alone") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  sqlite::Database::open(file)->set_version(store::schema_version() + 1);
  CHECK(refusal(file).starts_with(file + " was written by a later version of Relevo (schema "));
  CHECK(sqlite::Database::open(file)->version() == store::schema_version() + 1);
}

TEST_CASE("after a crash the file is checked") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  Lines lines;
  {
    const auto database = store::open(file, lines.log);
    REQUIRE(database);
    // As a crash leaves them: the log is still there.
    for (const char* end : {"", "-wal"})
      std::filesystem::copy(file + end, folder.file("crashed.db") + end);
  }
  const auto crashed = folder.file("crashed.db");
  SUBCASE("and is whole") {
    const auto database = store::open(crashed, lines.log);
    REQUIRE(database);
    CHECK(database->version() == store::schema_version());
    CHECK(lines.lines == std::vector{crashed + " was not closed the last time: checking it"});
  }
  SUBCASE("and is damaged") {
    CHECK(sqlite::Database::open(crashed)); // brings the log into the file
    const auto size = std::filesystem::file_size(crashed);
    std::fstream stream(crashed, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(static_cast<std::streamoff>(size) - 4096); // its last page: a table, and not the schema
    stream << std::string(4096, '\7');
    stream.close();
    std::ofstream(crashed + "-wal");
    CHECK(refusal(crashed).starts_with(crashed + " is damaged ("));
  }
}

TEST_CASE("what is no database is named") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  std::ofstream(file) << std::string(5000, 'x');
  CHECK(refusal(file) == "cannot open " + file + ": file is not a database");
}
