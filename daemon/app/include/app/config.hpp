// SPDX-License-Identifier: LGPL-2.1-or-later
// The settings of relevod, their defaults and the file that changes them.
#pragma once

#include "base/log.hpp"
#include "base/result.hpp"
#include "net/endpoint.hpp"

#include <string>
#include <string_view>

namespace relevo::app {

/// The defaults; data/relevod.conf says the same with comments.
struct Config {
  net::Endpoint listen{"", 8383};
  std::string state{}; // folder of the database; "": state_folder()
  LogLevel log_level = LogLevel::Info;

  bool operator==(const Config&) const = default;
};

[[nodiscard]] Result<LogLevel> parse_log_level(std::string_view text);

/// The defaults changed by the text of a configuration file. An error's offset is the line, from 1.
[[nodiscard]] Result<Config> parse_config(std::string_view text);

/// The same for a file; an error's message names file and line.
[[nodiscard]] Result<Config> load_config(const std::string& file);

} // namespace relevo::app
