// SPDX-License-Identifier: LGPL-2.1-or-later
// The skin over SQLite's calls.
#include "failure.hpp"

#include "base/text.hpp"
#include "gx/handle.hpp"
#include "sqlite/natural.hpp"

#include <filesystem>
#include <utility>

namespace relevo::sqlite {
namespace {

// A crash of the machine may lose the last transactions, never the file: what is lost is a refresh that is
// done again.
constexpr const char* kOwn =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;";

int compare(void*, int a_size, const void* a, int b_size, const void* b) noexcept {
  return compare_natural({static_cast<const char*>(a), static_cast<std::size_t>(a_size)},
                         {static_cast<const char*>(b), static_cast<std::size_t>(b_size)});
}

} // namespace

int Database::connect(const std::string& name, int flags, const char* settings,
                      std::chrono::milliseconds patience) {
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) return code;
  sqlite3_busy_timeout(handle, static_cast<int>(patience.count()));
  sqlite3_create_collation_v2(handle, "NATURAL_ORDER", SQLITE_UTF8, nullptr, &compare, nullptr);
  // The file is not looked at before something is read from it.
  const auto script = concat(settings, "SELECT count(*) FROM sqlite_schema");
  return sqlite3_exec(handle, script.c_str(), nullptr, nullptr, nullptr);
}

Result<Database> Database::open(const std::string& name, int flags, const char* settings,
                                std::chrono::milliseconds patience) {
  Database database;
  if (database.connect(name, flags, settings, patience) == SQLITE_OK) return database;
  return fail(concat("cannot open ", name, ": ", sqlite3_errmsg(database.get()))); // of none: no memory
}

Result<Database> Database::open(const std::string& file, std::chrono::milliseconds patience) {
  return open(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, kOwn, patience);
}

Result<Database> Database::open_in_memory() {
  return open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "PRAGMA foreign_keys = ON;", kPatience);
}

Result<Database> Database::open_foreign(const std::string& file, std::chrono::milliseconds patience) {
  Database database;
  const int code = database.connect(file, SQLITE_OPEN_READONLY, "", patience);
  if (code == SQLITE_OK) return database;
  std::error_code ignored;
  // What has a write-ahead log that nobody uses cannot be read without making one. Where none can be made,
  // nobody on this machine writes to the file either.
  if ((code & 0xff) == SQLITE_CANTOPEN && std::filesystem::exists(file, ignored) &&
      !std::filesystem::exists(file + "-wal", ignored)) {
    const gx::CString escaped(g_uri_escape_string(file.c_str(), "/", TRUE));
    const auto unchanging = concat("file:", escaped.get(), "?immutable=1");
    Database again;
    if (again.connect(unchanging, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, "", patience) == SQLITE_OK)
      return again;
  }
  return fail(concat("cannot open ", file, ": ", sqlite3_errmsg(database.get())));
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
  try {
    Statement row(*this, "PRAGMA integrity_check(1)");
    row.step();
    const auto found = row.column<std::string>(0);
    if (found != "ok") return fail(found);
    return {};
  } catch (const Failure& failure) {
    if (failure.problem() != Problem::Damaged) throw;
    return fail(failure.what());
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
  assert(place == sqlite3_bind_parameter_count(handle_.get()));
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

Snapshot::Snapshot(Database& database) : database_(database) {
  database_.exec("BEGIN; SELECT count(*) FROM sqlite_schema"); // it begins with the first reading
}

Snapshot::~Snapshot() {
  sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

// Not sqlite3_interrupt(), which ends nothing that begins after it.
Interrupter::Interrupter(const Database& database, const gx::CancelToken& token)
    : handle_(database.get()), token_(token) {
  constexpr int kSteps = 1000; // of SQLite's machine: far below a millisecond
  const auto wants_end = [](void* asked) noexcept -> int {
    return static_cast<const gx::CancelToken*>(asked)->cancelled() ? 1 : 0;
  };
  sqlite3_progress_handler(handle_, kSteps, wants_end, &token_);
}

Interrupter::~Interrupter() {
  sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
}

} // namespace relevo::sqlite
