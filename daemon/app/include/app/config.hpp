// SPDX-License-Identifier: LGPL-2.1-or-later
// The settings of relevod, their defaults and the file that changes them.
#pragma once

#include "access/decide.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "net/endpoint.hpp"
#include "net/network.hpp"
#include "sessions/settings.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace relevo::app {

/// The defaults; data/relevod.conf says the same with comments.
struct Config {
  net::Endpoint listen{"", 8383};
  std::string state{}; // folder of the database; "": state_folder()
  LogLevel log_level = LogLevel::Info;
  sessions::Settings playback{.slate = "stock"}; // the slate's file, "stock", or "none"
  std::size_t connections = 1000;                // at once, of clients
  std::size_t connections_per_address = 100;     // of them
  net::Networks trusted_proxies{};               // who may say for whom they ask
  access::Rules access{};
  std::size_t streams = 0;              // that may be watched at once; 0: any number
  std::string public_address{};         // in what players get; "": under which they asked
  std::size_t history_events = 100'000; // of what has happened, the newest
  std::size_t history_days = 30;        // what is older goes
  std::string log_file{};               // "": standard error
  std::size_t log_size = 10;            // MiB; a file beyond gives way to a new one
  std::size_t log_keep = 5;             // of older ones
  std::uint16_t tls_port = 8443;        // at the address of `listen`
  std::string tls_certificate{};        // a PEM file; "": no TLS

  bool operator==(const Config&) const = default;
};

[[nodiscard]] Result<LogLevel> parse_log_level(std::string_view text);

/// The defaults changed by the text of a configuration file. An error's offset is the line, from 1.
[[nodiscard]] Result<Config> parse_config(std::string_view text);

/// The same for a file; an error's message names file and line.
[[nodiscard]] Result<Config> load_config(const std::string& file);

/// The text of one. An error's message names it.
[[nodiscard]] Result<std::string> read_config_file(const std::string& file);

} // namespace relevo::app
