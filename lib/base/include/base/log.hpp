// SPDX-License-Identifier: LGPL-2.1-or-later
// The log: a threshold and the function that takes the lines.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

namespace relevo {

enum class LogLevel : std::uint8_t { Error, Warning, Info, Debug };

[[nodiscard]] std::string_view name_of(LogLevel level) noexcept; // "error", "warning", "info", "debug"
[[nodiscard]] std::optional<LogLevel> find_log_level(std::string_view name) noexcept;

/// Unchangeable once made, so any thread may write to it as far as its sink may be called from any thread.
class Log {
 public:
  /// Gets one line without its line feed.
  using Sink = std::function<void(LogLevel, std::string_view)>;

  Log(LogLevel threshold, Sink sink) : threshold_(threshold), sink_(std::move(sink)) {}

  /// For lines that cost something to put together.
  [[nodiscard]] bool wants(LogLevel level) const noexcept { return level <= threshold_; }
  void write(LogLevel level, std::string_view line) const {
    if (wants(level)) sink_(level, line);
  }

 private:
  LogLevel threshold_;
  Sink sink_;
};

} // namespace relevo
