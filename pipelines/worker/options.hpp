// SPDX-License-Identifier: LGPL-2.1-or-later
// The command line of relevo-worker.
#pragma once

#include "base/result.hpp"
#include "ip/reach.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::worker {

enum class Action : std::uint8_t { Remux, ShowHelp, ShowVersion };

struct Options {
  Action action = Action::Remux;
  std::string uri;
  std::string user_agent;                                   // "": GStreamer's
  std::vector<std::pair<std::string, std::string>> headers; // name and value
  std::optional<ip::Reach> reach{};                         // where it may connect to; empty: everywhere

  bool operator==(const Options&) const = default;
};

/// The arguments without the program's name. The first --help or --version wins over everything after it.
[[nodiscard]] Result<Options> parse_options(std::span<const char* const> arguments);

/// What --help prints.
[[nodiscard]] std::string_view help_text() noexcept;

} // namespace relevo::worker
