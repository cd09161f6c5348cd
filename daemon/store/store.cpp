// SPDX-License-Identifier: LGPL-2.1-or-later
// Opening, migrating, checking.
#include "store/store.hpp"

#include "base/text.hpp"
#include "migrations.hpp"

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

Result<void> prepare(sqlite::Database& database, const std::string& file) {
  const int version = database.version();
  if (version > schema_version())
    return fail(concat(file, " was written by a later version of Relevo (schema ", version,
                       ", this one knows ", schema_version(),
                       "): use that version, or a backup of before it"));
  migrate(database);
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
    if (auto prepared = prepare(*database, file); !prepared) return tl::unexpected(prepared.error());
  } catch (const sqlite::Failure& failure) {
    return fail(failure.what());
  }
  return database;
}

sqlite::Database open_again(const std::string& file) {
  auto database = sqlite::Database::open(file);
  if (!database) throw sqlite::Failure(sqlite::Problem::Other, database.error().message);
  return *std::move(database);
}

Result<sqlite::Database> open_in_memory() {
  auto database = sqlite::Database::open_in_memory();
  if (database) migrate(*database);
  return database;
}

} // namespace relevo::store
