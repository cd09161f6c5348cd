// SPDX-License-Identifier: LGPL-2.1-or-later
// Whole databases copied, page by page.
#include "failure.hpp"

#include "base/text.hpp"

#include <cerrno>
#include <glib/gstdio.h>

namespace relevo::sqlite {
namespace {

constexpr int kPages = 1024; // between two looks at the token

// A copy that does not end is thrown away, and one that did is on the disk.
constexpr const char* kCopy = "PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL;";

struct EndBackup {
  void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};

/// A file that goes when it was not kept.
class PartFile {
 public:
  explicit PartFile(std::string name) : name_(std::move(name)) { g_unlink(name_.c_str()); }
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;
  ~PartFile() { g_unlink(name_.c_str()); }

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  void keep_as(const std::string& file) const {
    if (g_rename(name_.c_str(), file.c_str()) != 0)
      throw Failure(Problem::Other, concat("cannot write ", file, ": ", g_strerror(errno)));
  }

 private:
  std::string name_;
};

void copy(const Database& from, const Database& to, const gx::CancelToken& token, const OnPages& on_pages) {
  const std::unique_ptr<sqlite3_backup, EndBackup> backup(
      sqlite3_backup_init(to.get(), "main", from.get(), "main"));
  if (!backup) fail_call(to.get(), "backup");
  for (int code = SQLITE_OK; code != SQLITE_DONE;) {
    if (token.cancelled()) throw Failure(Problem::Cancelled, "cancelled");
    code = sqlite3_backup_step(backup.get(), kPages);
    if (code != SQLITE_OK && code != SQLITE_DONE)
      throw Failure(problem_of(code), concat("cannot copy to ", sqlite3_db_filename(to.get(), "main"), ": ",
                                             sqlite3_errstr(code)));
    const int all = sqlite3_backup_pagecount(backup.get());
    if (on_pages) on_pages(all - sqlite3_backup_remaining(backup.get()), all);
  }
}

} // namespace

void Database::back_up(const std::string& file, const gx::CancelToken& token, const OnPages& on_pages) {
  const PartFile part(file + ".part");
  {
    const Snapshot snapshot(*this); // or the copy would begin anew whenever somebody writes
    const auto target = open(part.name(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, kCopy, kPatience);
    if (!target) throw Failure(Problem::Other, target.error().message);
    copy(*this, *target, token, on_pages);
  }
  part.keep_as(file);
}

Result<void> Database::restore(const std::string& file, const gx::CancelToken& token,
                               const OnPages& on_pages) {
  auto source = open_foreign(file);
  if (!source) return tl::unexpected(source.error());
  const Snapshot snapshot(*source);
  if (const auto good = source->check(); !good)
    return fail(concat(file, " is damaged: ", good.error().message));
  copy(*source, *this, token, on_pages);
  return {};
}

} // namespace relevo::sqlite
