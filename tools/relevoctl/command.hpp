// SPDX-License-Identifier: LGPL-2.1-or-later
// What the commands of relevoctl are to its main function.
#pragma once

#include "api.hpp"
#include "arguments.hpp"

namespace relevo::ctl {

enum ExitCode : int {
  kGood = 0,
  kBad = 1,     // it was not done: refused, failed, or no relevod answers
  kTrouble = 2, // a wrong call, or a file that cannot be read or written
};

struct Command {
  std::string_view topic;
  std::string_view verb; // "": the topic is the command
  int (*run)(Api& api, Words words);
};

[[nodiscard]] std::vector<Command> source_commands();   // of accounts and guides
[[nodiscard]] std::vector<Command> making_commands();   // of channels from lists, and their guides
[[nodiscard]] std::vector<Command> channel_commands();  // of channels, streams and alerts
[[nodiscard]] std::vector<Command> profile_commands();  // of how streams are read
[[nodiscard]] std::vector<Command> history_commands();  // of what has happened
[[nodiscard]] std::vector<Command> transfer_commands(); // backup, export, import
[[nodiscard]] std::vector<Command> user_commands();     // of users, API keys and boxes

} // namespace relevo::ctl
