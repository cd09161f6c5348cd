// SPDX-License-Identifier: LGPL-2.1-or-later
// Where lines of the log go: standard error, for people or for the journal, or a file that is kept small.
#pragma once

#include "base/result.hpp"
#include "gx/descriptor.hpp"
#include "logging/log_book.hpp"

#include <cstdint>
#include <string>

namespace relevo::logging {

/// Whether standard error is the journal of systemd, which wants to be told how grave a line is.
[[nodiscard]] bool journal_listens();

/// "relevod: info: listening", or "<6>listening" for the journal.
[[nodiscard]] std::string write_plain(LogLevel level, std::string_view text, bool for_journal);

struct LogFileSettings {
  std::string file{};
  std::uint64_t size =
      10 << 20;      // bytes; a file that would grow beyond gets the name FILE.1, and a new one begins
  unsigned keep = 5; // of such older files
};

/// Lines go to its end: "2026-11-27T20:15:02.123Z info: listening". One thread at a time.
class LogFile {
 public:
  [[nodiscard]] static Result<LogFile> open(LogFileSettings settings);

  /// False: it could not be written.
  bool write(const LogLine& line);

 private:
  LogFile(LogFileSettings settings, gx::Descriptor file, std::uint64_t size)
      : settings_(std::move(settings)), file_(std::move(file)), size_(size) {}

  void rotate();

  LogFileSettings settings_;
  gx::Descriptor file_;
  std::uint64_t size_;
};

} // namespace relevo::logging
