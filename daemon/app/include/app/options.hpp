// SPDX-License-Identifier: LGPL-2.1-or-later
// The command line of relevod.
#pragma once

#include "app/config.hpp"
#include "base/log.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace relevo::app {

enum class Action : std::uint8_t { Serve, ShowHelp, ShowVersion };

/// What was asked for; empty where the configuration decides.
struct Options {
  Action action = Action::Serve;
  std::optional<std::string> config_file;
  std::optional<std::string> address;
  std::optional<std::uint16_t> port;
  std::optional<std::string> state;
  std::optional<LogLevel> log_level;

  bool operator==(const Options&) const = default;
};

/// The arguments without the program's name. The first --help or --version wins over everything after it.
[[nodiscard]] Result<Options> parse_options(std::span<const char* const> arguments);

/// What --help prints.
[[nodiscard]] std::string_view help_text() noexcept;

/// The configuration file, if one was named, changed by the other options.
[[nodiscard]] Result<Config> make_config(const Options& options);

} // namespace relevo::app
