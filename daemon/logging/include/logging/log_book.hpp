// SPDX-License-Identifier: LGPL-2.1-or-later
// LogBook: the lines of the log that came last, and the level, which may change.
#pragma once

#include "base/log.hpp"
#include "gx/guarded.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::logging {

struct LogLine {
  std::uint64_t number = 0; // from 1; the next one has the next number
  std::chrono::sys_time<std::chrono::milliseconds> at{};
  LogLevel level = LogLevel::Info;
  std::string text{};
};

/// Any thread may call any member.
class LogBook {
 public:
  /// Gets one line after the other.
  using Write = std::function<void(const LogLine&)>;

  static constexpr std::size_t kKept = 1000;

  LogBook(LogLevel level, Write write) : level_(level), write_(std::move(write)) {}

  /// What is above the level leaves no trace.
  void take(LogLevel level, std::string_view text);

  [[nodiscard]] LogLevel level() const noexcept { return level_; }
  void set_level(LogLevel level) noexcept { level_ = level; }

  /// Lines of that level and those that are graver, the newest first.
  [[nodiscard]] std::vector<LogLine> recent(LogLevel level, std::size_t limit);

 private:
  struct Kept {
    std::uint64_t last = 0;
    std::deque<LogLine> lines{}; // the oldest first
  };

  std::atomic<LogLevel> level_;
  const Write write_;
  gx::Guarded<Kept> kept_;
};

} // namespace relevo::logging
