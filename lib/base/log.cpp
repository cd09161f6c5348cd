// SPDX-License-Identifier: LGPL-2.1-or-later
// The names of the log levels.
#include "base/log.hpp"

#include <array>

namespace relevo {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"error", "warning", "info", "debug"};

} // namespace

std::string_view name_of(LogLevel level) noexcept {
  return kNames[static_cast<std::size_t>(level)];
}

std::optional<LogLevel> find_log_level(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == name) return static_cast<LogLevel>(i);
  return std::nullopt;
}

} // namespace relevo
