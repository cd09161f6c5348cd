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

/// Whatever is on the disk of it.
std::string bytes_of(const std::string& file) {
  std::string bytes;
  for (const char* end : {"", "-wal"}) {
    std::ifstream stream(file + end, std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(stream), {});
  }
  return bytes;
}

void write_first_release(const std::string& file) {
  std::ifstream script(SCHEMA_1);
  sqlite::Database::open(file)->exec(std::string(std::istreambuf_iterator<char>(script), {}));
}

/// An account with a login, a stream and a guide, of which all is secret that can be.
void write_secrets(sqlite::Database& database) {
  model::Account account;
  account.name = "Ours";
  account.location = "http://panel/?password=hush";
  account.requests = {"", {{"Authorization", "hush"}}, "http://joe:hush@proxy"};
  store::save_account(database, account);
  model::Login login;
  login.account = account.id;
  login.name = "joe";
  login.username = login.password = login.search = login.replace = "hush";
  store::save_login(database, login);
  model::GuideSource guide;
  guide.name = "Guide";
  guide.location = "http://joe:hush@guide/";
  guide.requests = account.requests;
  store::save_guide_source(database, guide);
  const auto group = store::insert_group(database, {{}, account.id, model::StreamKind::Live, "UK", true});
  store::StreamWriter(database, account.id)
      .insert({.name = "One", .url = "http://a/joe/hush/1", .details = R"({"headers":{"Cookie":"hush"}})"},
              group, 0, {});
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
  write_first_release(file);
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

TEST_CASE("secrets are not in the file, and are there for who has its key") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  {
    auto database = store::open(file, Lines().log);
    REQUIRE(database);
    write_secrets(*database);
    CHECK(bytes_of(file).find("hush") == std::string::npos);
  }
  CHECK(bytes_of(file).find("hush") == std::string::npos);
  CHECK(bytes_of(file).find("Ours") != std::string::npos);
  auto database = store::open_again(file);
  const auto account = store::load_accounts(database).at(0);
  CHECK(account.location == "http://panel/?password=hush");
  CHECK(account.requests == model::Requests{"", {{"Authorization", "hush"}}, "http://joe:hush@proxy"});
  const auto login = store::load_logins(database, account.id).at(0);
  for (const auto& text : {login.username, login.password, login.search, login.replace})
    CHECK(text == "hush");
  CHECK(store::load_guide_sources(database).at(0).location == "http://joe:hush@guide/");
  const auto stream = store::list_streams(database, {}).items.at(0);
  CHECK(stream.url == "http://a/joe/hush/1");
  CHECK(stream.details == R"({"headers":{"Cookie":"hush"}})");
  CHECK((std::filesystem::status(folder.file("relevo.key")).permissions() & std::filesystem::perms::all) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("what an earlier version wrote in clear is sealed, and wiped") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  write_first_release(file);
  const char* const in_clear[] = {"/joe/secret/1", "joesecret"}; // the latter: two columns of a login
  for (const char* text : in_clear)
    CHECK(bytes_of(file).find(text) != std::string::npos);
  Lines lines;
  auto database = store::open(file, lines.log);
  REQUIRE(database);
  for (const char* text : in_clear)
    CHECK(bytes_of(file).find(text) == std::string::npos);
  CHECK(store::list_streams(*database, {}).items.at(0).url == "http://a.example/joe/secret/1");
  CHECK(store::load_accounts(*database).at(0).location == "http://a.example/get.m3u");
  CHECK(lines.lines.empty());
}

TEST_CASE("without its key a file is refused, and left alone") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db"), key = folder.file("relevo.key"), kept = folder.file("kept");
  {
    auto database = store::open(file, Lines().log);
    REQUIRE(database);
    write_secrets(*database);
  }
  std::filesystem::rename(key, kept);
  CHECK(refusal(file).starts_with("cannot read " + key + ": No such file or directory; what is secret in " +
                                  file));
  CHECK(refusal(file).find("Put that " + key + " back") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(key));
  CHECK_THROWS_AS(static_cast<void>(store::open_again(file)), sqlite::Failure);
  std::ofstream(key) << "too short";
  CHECK(refusal(file).starts_with(key + " is no key of Relevo: it has not 32 bytes; "));
  std::ofstream(key) << std::string(32, 'x');
  CHECK(refusal(file).starts_with(key + " is the key of another database; "));
  std::filesystem::rename(kept, key);
  CHECK(refusal(file).empty());
  auto database = store::open_again(file);
  CHECK(store::load_logins(database, store::load_accounts(database).at(0).id).at(0).password == "hush");
}

TEST_CASE("a key that others may read is told") {
  const TemporaryFolder folder;
  const auto file = folder.file("a.db");
  CHECK(store::open(file, Lines().log));
  std::filesystem::permissions(folder.file("relevo.key"), std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  Lines lines;
  CHECK(store::open(file, lines.log));
  REQUIRE(lines.lines.size() == 1);
  CHECK(lines.lines[0].starts_with("others may read the key "));
}

TEST_CASE("what is sealed for one place does not open in another") {
  auto database = store::open_in_memory();
  REQUIRE(database);
  write_secrets(*database);
  SUBCASE("of another column") {
    database->exec("UPDATE account SET location = proxy");
    CHECK_THROWS_AS(static_cast<void>(store::load_accounts(*database)), sqlite::Failure);
  }
  SUBCASE("of another row") {
    database->exec("UPDATE guide_source SET id = 7");
    CHECK_THROWS_AS(static_cast<void>(store::load_guide_sources(*database)), sqlite::Failure);
  }
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
