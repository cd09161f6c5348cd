// SPDX-License-Identifier: LGPL-2.1-or-later
#include "logging/log_book.hpp"

namespace relevo::logging {

void LogBook::take(LogLevel level, std::string_view text) {
  if (level > level_) return;
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto kept = kept_.lock(); // also while it is written: lines stay in their order
  kept->lines.push_back({++kept->last, now, level, std::string(text)});
  if (kept->lines.size() > kKept) kept->lines.pop_front();
  write_(kept->lines.back());
}

std::vector<LogLine> LogBook::recent(LogLevel level, std::size_t limit) {
  std::vector<LogLine> found;
  const auto kept = kept_.lock();
  for (auto line = kept->lines.rbegin(); line != kept->lines.rend() && found.size() < limit; ++line)
    if (line->level <= level) found.push_back(*line);
  return found;
}

} // namespace relevo::logging
