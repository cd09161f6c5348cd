// SPDX-License-Identifier: LGPL-2.1-or-later
// CommandLine: a command as people write it, with quotes, and with tokens for what only its start knows.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace relevo::command {

/// Written {streamUrl}, {userAgent} and {channelId}.
enum class Token : std::uint8_t { StreamUrl, UserAgent, ChannelId };

[[nodiscard]] std::string_view name_of(Token token) noexcept; // without its braces
[[nodiscard]] std::optional<Token> find_token(std::string_view name) noexcept;

/// Text and tokens in turn; text is never empty, and no text follows text. Without parts: an empty argument.
using Part = std::variant<std::string, Token>;
using Argument = std::vector<Part>;

struct CommandLine {
  std::vector<Argument> arguments; // the first is the program: there, not empty, and without a token

  bool operator==(const CommandLine&) const = default;
};

/// Arguments are separated by blanks and line feeds. Quotes are those of a shell, but nothing else of a shell
/// is here: no variables, patterns, pipes or comments.
///
///     'as it is'    "but \" and \\ and \{"    \{ outside of quotes: any character
///
/// Tokens stand in all of them; a brace behind a backslash begins none. Unknown tokens are refused, braces
/// that are not around a name are text. An error's offset counts bytes.
[[nodiscard]] Result<CommandLine> parse_command(std::string_view line);

/// Reads as the same value.
[[nodiscard]] std::string write_command(const CommandLine& command);

struct Values {
  std::string stream_url;
  std::string user_agent;
  std::string channel_id;
};

/// The arguments to run, as many as the command has whatever the values hold. Refuses a command that wants an
/// address where there is none, and a value that its place would turn into an option of the program. An
/// error's offset is the argument's index.
[[nodiscard]] Result<std::vector<std::string>> fill(const CommandLine& command, const Values& values);

} // namespace relevo::command
