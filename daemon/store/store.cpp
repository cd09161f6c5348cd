// SPDX-License-Identifier: LGPL-2.1-or-later
// Opening, migrating, checking.
#include "store/store.hpp"

#include "base/text.hpp"
#include "migrations.hpp"
#include "sealing.hpp"

#include <filesystem>

namespace relevo::store {
namespace {

void migrate(sqlite::Database& database) {
  for (int version = database.version(); version < schema_version(); ++version) {
    sqlite::Transaction step(database);
    database.exec(kMigrations.at(static_cast<std::size_t>(version)));
    database.set_version(version + 1);
    step.commit();
  }
}

/// What an older version wrote in clear is still in pages that are free, and in the log.
void wipe(sqlite::Database& database, const std::string& file, const Log& log) {
  try {
    // In a file, because it takes the room of the whole database.
    database.exec(
        "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY; PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (const sqlite::Failure& failure) {
    log.write(LogLevel::Warning,
              concat("passwords are sealed from now on, but what an earlier version wrote may "
                     "still be found in ",
                     file, ": ", failure.what()));
  }
}

/// An error says what to do about a key that is missing or another one's.
Result<void> unlock(sqlite::Database& database, const std::string& file) {
  const auto key_file = key_file_of(file);
  if (!is_sealed(database)) return take_or_make_key(database, key_file);
  const auto advice =
      concat("what is secret in ", file, " was sealed with the key that was beside it. Put that ", key_file,
             " back, from where your backups are; nothing was changed");
  if (auto taken = take_key(database, key_file); !taken)
    return fail(concat(taken.error().message, "; ", advice));
  if (!has_its_key(database)) return fail(concat(key_file, " is the key of another database; ", advice));
  return {};
}

Result<void> prepare(sqlite::Database& database, const std::string& file, const Log& log) {
  const int version = database.version();
  if (version > schema_version())
    return fail(concat(file, " was written by a later version of Relevo (schema ", version,
                       ", this one knows ", schema_version(),
                       "): use that version, or a backup of before it"));
  if (auto unlocked = unlock(database, file); !unlocked) return unlocked;
  if (const auto key_file = key_file_of(file); is_open_to_others(key_file))
    log.write(LogLevel::Warning, concat("others may read the key ", key_file,
                                        ", and whoever has it and the database has all passwords: "
                                        "chmod 600 it"));
  const bool is_upgrade = version > 0 && !is_sealed(database);
  migrate(database);
  if (is_upgrade) wipe(database, file, log);
  return {};
}

/// SQLite takes the log away when the last connection is closed: where one is left, nobody closed it.
bool was_left_open(const std::string& file) {
  std::error_code ignored;
  return std::filesystem::exists(file + "-wal", ignored);
}

} // namespace

int schema_version() noexcept {
  return static_cast<int>(kMigrations.size());
}

Result<sqlite::Database> open(const std::string& file, const Log& log) {
  const bool crashed = was_left_open(file);
  auto database = sqlite::Database::open(file);
  if (!database) return database;
  try {
    if (crashed) {
      log.write(LogLevel::Info, concat(file, " was not closed the last time: checking it"));
      if (const auto good = database->check(); !good)
        return fail(concat(file, " is damaged (", good.error().message, "): put a backup in its place"));
    }
    if (auto prepared = prepare(*database, file, log); !prepared) return tl::unexpected(prepared.error());
  } catch (const sqlite::Failure& failure) {
    return fail(failure.what());
  }
  return database;
}

sqlite::Database open_again(const std::string& file) {
  auto database = sqlite::Database::open(file);
  if (!database) throw sqlite::Failure(sqlite::Problem::Other, database.error().message);
  if (const auto taken = take_key(*database, key_file_of(file)); !taken)
    throw sqlite::Failure(sqlite::Problem::Other, taken.error().message);
  return *std::move(database);
}

Result<sqlite::Database> open_in_memory() {
  auto database = sqlite::Database::open_in_memory();
  if (!database) return database;
  take_passing_key(*database);
  migrate(*database);
  return database;
}

} // namespace relevo::store
