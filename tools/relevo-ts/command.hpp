// SPDX-License-Identifier: LGPL-2.1-or-later
// What the subcommands of relevo-ts are to its main function.
#pragma once

#include <span>
#include <stdexcept>
#include <string_view>

namespace relevo::tool {

enum ExitCode : int {
  kGood = 0,
  kBad = 1,     // the stream breaks a rule, or cannot be joined
  kTrouble = 2, // a wrong call, or a file that cannot be read or written
};

/// The user called the tool wrongly; the text says how. Ends the tool with kTrouble.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using Arguments = std::span<const std::string_view>;

struct Command {
  std::string_view name;
  std::string_view help; // the whole text of --help
  int (*run)(Arguments arguments);
};

extern const Command kCheckCommand;
extern const Command kInspectCommand;
extern const Command kSpliceCommand;

} // namespace relevo::tool
