// SPDX-License-Identifier: LGPL-2.1-or-later
// What a code of SQLite means to us.
#include "failure.hpp"

#include "base/text.hpp"

namespace relevo::sqlite {

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
  // The index of the log is a file as well.
  case SQLITE_IOERR: return code == SQLITE_IOERR_SHMSIZE ? Problem::Full : Problem::Other;
  default: return Problem::Other;
  }
}

void fail_call(sqlite3* handle, std::string_view what) {
  const char* file = sqlite3_db_filename(handle, "main");
  throw Failure(problem_of(sqlite3_extended_errcode(handle)),
                concat(file && *file ? file : "database in memory", ": ", sqlite3_errmsg(handle), ", in ",
                       quote(what)));
}

} // namespace relevo::sqlite
