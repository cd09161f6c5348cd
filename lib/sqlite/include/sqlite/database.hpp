// SPDX-License-Identifier: LGPL-2.1-or-later
// SQLite: connections, statements, transactions. Each has one owner and belongs to one thread at a time.
#pragma once

#include "base/result.hpp"
#include "gx/cancel.hpp"

#include <cassert>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace relevo::sqlite {

enum class Problem {
  Busy,       // somebody else writes, for longer than we wait
  Full,       // no room on the disk
  ReadOnly,   // the file, its folder or its disk
  Damaged,    // the file is no database, or a broken one
  Constraint, // what was written breaks a rule of the schema
  Cancelled,  // Interrupter said so
  Other,
};

/// What a failed call throws; the text says what, of which file.
class Failure : public std::runtime_error {
 public:
  Failure(Problem problem, const std::string& text) : std::runtime_error(text), problem_(problem) {}

  [[nodiscard]] Problem problem() const noexcept { return problem_; }

 private:
  Problem problem_;
};

/// How many pages of how many a copy has.
using OnPages = std::function<void(int done, int all)>;

/// How long a call waits for others who hold the file. Imports hold it for seconds; who waits longer than
/// this waits for something that does not end.
inline constexpr std::chrono::milliseconds kPatience = std::chrono::minutes(1);

class Database {
 public:
  /// Of our own: made where it is not there, with write-ahead log and foreign keys.
  [[nodiscard]] static Result<Database> open(const std::string& file,
                                             std::chrono::milliseconds patience = kPatience);
  [[nodiscard]] static Result<Database> open_in_memory();
  /// Of another program, which may be writing to it: read alone. Where it has a write-ahead log that nobody
  /// has open, SQLite leaves an empty one beside it, if it can.
  [[nodiscard]] static Result<Database> open_foreign(const std::string& file,
                                                     std::chrono::milliseconds patience = kPatience);

  /// Statements that give no rows, one after the other.
  void exec(const std::string& script);

  [[nodiscard]] std::int64_t last_insert_id() const noexcept;
  [[nodiscard]] std::int64_t changes() const noexcept; // by the last statement
  [[nodiscard]] int version() const;                   // of the schema, as its owner counts
  void set_version(int version);
  /// Whether the file is as it should be; the error says what is broken.
  [[nodiscard]] Result<void> check();
  /// Copies everything, as it is now, into `file`, while others go on reading and writing. What was in the
  /// file goes when the copy is complete, and not before. Throws. Not inside a transaction; likewise
  /// restore().
  void back_up(const std::string& file, const gx::CancelToken& token, const OnPages& on_pages = {});
  /// Puts everything from `file`, a backup, in the place of what is here, in one transaction. An error says
  /// why it is no whole database; then, and when this throws, nothing has changed.
  [[nodiscard]] Result<void> restore(const std::string& file, const gx::CancelToken& token,
                                     const OnPages& on_pages = {});

  /// For the skin.
  [[nodiscard]] sqlite3* get() const noexcept { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
  };

  /// Answers with a code of SQLite.
  [[nodiscard]] int connect(const std::string& name, int flags, const char* settings,
                            std::chrono::milliseconds patience);
  [[nodiscard]] static Result<Database> open(const std::string& name, int flags, const char* settings,
                                             std::chrono::milliseconds patience);

  std::unique_ptr<sqlite3, Close> handle_;
};

using Value = std::variant<std::int64_t, double, std::string>;

/// Compiled once, run as often as needed.
class Statement {
 public:
  Statement(const Database& database, std::string_view sql);

  /// For those that give no rows: runs with these values in its places.
  template <class... Values>
  void run(const Values&... values) {
    bind_all(SQLITE_STATIC, values...);
    finish();
  }
  /// For those that give rows: begins anew with these values, which are copied.
  template <class... Values>
  void start(const Values&... values) {
    bind_all(SQLITE_TRANSIENT, values...);
  }
  /// The same with values whose number is not known here.
  void start_with(std::span<const Value> values);
  /// To the next row; false: there is none.
  bool step();

  /// Of the row; text and blobs are there until the next step. Null is 0 or "", but for an optional.
  template <class T>
  [[nodiscard]] T column(int index) const {
    if constexpr (std::is_same_v<T, std::string_view>)
      return text(index);
    else if constexpr (std::is_same_v<T, std::string>)
      return std::string(text(index));
    else if constexpr (std::is_same_v<T, bool>)
      return sqlite3_column_int64(handle_.get(), index) != 0;
    else if constexpr (std::is_integral_v<T>)
      return static_cast<T>(sqlite3_column_int64(handle_.get(), index));
    else if constexpr (std::is_floating_point_v<T>)
      return static_cast<T>(sqlite3_column_double(handle_.get(), index));
    else
      return optional_column<typename T::value_type>(index);
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const noexcept { sqlite3_finalize(handle); }
  };

  template <class T>
  [[nodiscard]] std::optional<T> optional_column(int index) const {
    if (sqlite3_column_type(handle_.get(), index) == SQLITE_NULL) return std::nullopt;
    return column<T>(index);
  }
  [[nodiscard]] std::string_view text(int index) const;

  template <class... Values>
  void bind_all(sqlite3_destructor_type keep, const Values&... values) {
    sqlite3_reset(handle_.get()); // what it tells is the failure of the last run
    int place = 0;
    (bind(++place, keep, values), ...);
    assert(place == sqlite3_bind_parameter_count(handle_.get()));
  }
  template <class T>
  void bind(int place, sqlite3_destructor_type keep, const T& value) {
    if constexpr (std::is_integral_v<T>)
      check(sqlite3_bind_int64(handle_.get(), place, static_cast<sqlite3_int64>(value)));
    else if constexpr (std::is_floating_point_v<T>)
      check(sqlite3_bind_double(handle_.get(), place, value));
    else if constexpr (std::is_convertible_v<const T&, std::string_view>)
      bind_text(place, keep, value);
    else if (value)
      bind(place, keep, *value);
    else
      check(sqlite3_bind_null(handle_.get(), place));
  }
  void bind_text(int place, sqlite3_destructor_type keep, std::string_view value);
  void finish();
  void check(int code) const;

  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// What is written while it lives is kept by commit(), or not at all.
class Transaction {
 public:
  explicit Transaction(Database& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

/// What is read while it lives stays as it is, whoever writes meanwhile.
class Snapshot {
 public:
  explicit Snapshot(Database& database);
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  ~Snapshot();

 private:
  Database& database_;
};

/// While it lives, what the database does ends with Problem::Cancelled once the token is cancelled, also when
/// that was before it began; what takes less than a millisecond may still be done. One for a database at a
/// time.
class Interrupter {
 public:
  Interrupter(const Database& database, const gx::CancelToken& token);
  Interrupter(const Interrupter&) = delete;
  Interrupter& operator=(const Interrupter&) = delete;
  ~Interrupter();

 private:
  sqlite3* handle_;
  gx::CancelToken token_;
};

} // namespace relevo::sqlite
