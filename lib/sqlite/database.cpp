// SPDX-License-Identifier: LGPL-2.1-or-later
// The skin over SQLite's calls.
#include "sqlite/database.hpp"

#include "base/text.hpp"

#include <utility>

namespace relevo::sqlite {
namespace {

// Imports hold the file for seconds; who waits longer than that waits for something that does not end.
constexpr int kPatienceMs = 60'000;

// A crash of the machine may lose the last transactions, never the file: what is lost is a refresh that is
// done again.
constexpr const char* kOwn =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;";

Problem problem_of(int code) noexcept {
  switch (code & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED: return Problem::Busy;
  case SQLITE_FULL: return Problem::Full;
  case SQLITE_READONLY:
  case SQLITE_CANTOPEN:
  case SQLITE_PERM: return Problem::ReadOnly;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB: return Problem::Damaged;
  case SQLITE_CONSTRAINT: return Problem::Constraint;
  case SQLITE_INTERRUPT: return Problem::Cancelled;
  case SQLITE_IOERR: return code == SQLITE_IOERR_WRITE ? Problem::Full : Problem::Other;
  default: return Problem::Other;
  }
}

[[noreturn]] void fail_call(sqlite3* handle, std::string_view what) {
  const char* file = sqlite3_db_filename(handle, "main");
  throw Failure(problem_of(sqlite3_extended_errcode(handle)),
                concat(file && *file ? file : "database in memory", ": ", sqlite3_errmsg(handle), ", in ",
                       quote(what)));
}

struct EndBackup {
  void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};

} // namespace

Result<Database> Database::open(const std::string& name, int flags, const char* settings) {
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  Database database;
  database.handle_.reset(handle);
  if (code != SQLITE_OK)
    return fail(concat("cannot open ", name, ": ", handle ? sqlite3_errmsg(handle) : "no memory"));
  sqlite3_busy_timeout(handle, kPatienceMs);
  char* message = nullptr;
  // The file is not looked at before something is read from it.
  const auto script = concat(settings, "SELECT count(*) FROM sqlite_schema");
  if (sqlite3_exec(handle, script.c_str(), nullptr, nullptr, &message) == SQLITE_OK) return database;
  const std::unique_ptr<char, decltype(&sqlite3_free)> owned(message, sqlite3_free);
  return fail(concat("cannot open ", name, ": ", message ? message : "no memory"));
}

Result<Database> Database::open(const std::string& file) {
  return open(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, kOwn);
}

Result<Database> Database::open_in_memory() {
  return open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "PRAGMA foreign_keys = ON;");
}

Result<Database> Database::open_foreign(const std::string& file) {
  return open(file, SQLITE_OPEN_READONLY, "");
}

void Database::exec(const std::string& script) {
  if (sqlite3_exec(handle_.get(), script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    fail_call(handle_.get(), script);
}

std::int64_t Database::last_insert_id() const noexcept {
  return sqlite3_last_insert_rowid(handle_.get());
}

std::int64_t Database::changes() const noexcept {
  return sqlite3_changes64(handle_.get());
}

int Database::version() const {
  Statement row(*this, "PRAGMA user_version");
  row.step();
  return row.column<int>(0);
}

void Database::set_version(int version) {
  exec(concat("PRAGMA user_version = ", version));
}

Result<void> Database::check() {
  Statement row(*this, "PRAGMA integrity_check(1)");
  row.step();
  const auto found = row.column<std::string>(0);
  if (found != "ok") return fail(found);
  return {};
}

void Database::back_up(const std::string& file, const gx::CancelToken& token) {
  constexpr int kPages = 1024; // at a time, so that nobody waits long
  auto target = open(file);
  if (!target) throw Failure(Problem::Other, target.error().message);
  const std::unique_ptr<sqlite3_backup, EndBackup> backup(
      sqlite3_backup_init(target->get(), "main", handle_.get(), "main"));
  if (!backup) fail_call(target->get(), "backup");
  for (int code = SQLITE_OK; code != SQLITE_DONE;) {
    if (token.cancelled()) throw Failure(Problem::Cancelled, "cancelled");
    code = sqlite3_backup_step(backup.get(), kPages);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
      sqlite3_sleep(10);
    else if (code != SQLITE_OK && code != SQLITE_DONE)
      throw Failure(problem_of(code), concat("cannot write ", file, ": ", sqlite3_errstr(code)));
  }
}

Statement::Statement(const Database& database, std::string_view sql) {
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v3(database.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) fail_call(database.get(), sql);
}

void Statement::start_with(std::span<const Value> values) {
  sqlite3_reset(handle_.get());
  int place = 0;
  for (const auto& value : values)
    std::visit([&](const auto& held) { bind(++place, SQLITE_TRANSIENT, held); }, value);
}

bool Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    fail_call(sqlite3_db_handle(handle_.get()), sqlite3_sql(handle_.get()));
  return code == SQLITE_ROW;
}

void Statement::finish() {
  while (step()) {
  }
  sqlite3_reset(handle_.get());
}

std::string_view Statement::text(int index) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), index));
  if (!data) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), index))};
}

void Statement::bind_text(int place, sqlite3_destructor_type keep, std::string_view value) {
  const char* data = value.data() ? value.data() : ""; // null would be NULL
  check(sqlite3_bind_text64(handle_.get(), place, data, value.size(), keep, SQLITE_UTF8));
}

void Statement::check(int code) const {
  if (code != SQLITE_OK) fail_call(sqlite3_db_handle(handle_.get()), sqlite3_sql(handle_.get()));
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.exec("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  // Some failures have rolled back already.
  if (open_ && sqlite3_get_autocommit(database_.get()) == 0)
    sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.exec("COMMIT");
  open_ = false;
}

Interrupter::Interrupter(const Database& database, const gx::CancelToken& token)
    : token_(token),
      connection_(g_cancellable_connect(token_.get(),
                                        G_CALLBACK(+[](GCancellable*, gpointer handle) noexcept {
                                          sqlite3_interrupt(static_cast<sqlite3*>(handle));
                                        }),
                                        database.get(), nullptr)) {}

Interrupter::~Interrupter() {
  g_cancellable_disconnect(token_.get(), connection_);
}

} // namespace relevo::sqlite
