// SPDX-License-Identifier: LGPL-2.1-or-later
// Command lines written and filled.
#include "command/command_line.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relevo::command {
namespace {

constexpr std::array kTokens{Token::StreamUrl, Token::UserAgent, Token::ChannelId};

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("%+,-./:=@_").find(c) != std::string_view::npos;
}

bool needs_quotes(const Argument& argument) {
  if (argument.empty()) return true;
  return std::ranges::any_of(argument, [](const Part& part) {
    const auto* text = std::get_if<std::string>(&part);
    return text && !std::ranges::all_of(*text, is_plain);
  });
}

void append_text(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '"' || c == '\\' || c == '{') out += '\\';
    out += c;
  }
}

std::string write_argument(const Argument& argument) {
  std::string out;
  for (const Part& part : argument) {
    if (const auto* text = std::get_if<std::string>(&part))
      append_text(out, *text);
    else
      out += concat('{', name_of(std::get<Token>(part)), '}');
  }
  return needs_quotes(argument) ? concat('"', out, '"') : out;
}

const std::string& value_of(Token token, const Values& values) {
  switch (token) {
  case Token::StreamUrl: return values.stream_url;
  case Token::UserAgent: return values.user_agent;
  case Token::ChannelId: break;
  }
  return values.channel_id;
}

Result<std::string> fill_argument(const Argument& argument, const Values& values, std::size_t index) {
  std::string out;
  for (const Part& part : argument) {
    if (const auto* text = std::get_if<std::string>(&part)) {
      out += *text;
      continue;
    }
    const Token token = std::get<Token>(part);
    const std::string& value = value_of(token, values);
    if (token == Token::StreamUrl && value.empty())
      return fail("the command has a {streamUrl}, but there is no address of a stream", index);
    // streamlink --player=… is a command of its own.
    if (out.empty() && value.starts_with('-'))
      return fail(concat("the value of {", name_of(token), "} begins with '-': it would be an option"),
                  index);
    out += value;
  }
  return out;
}

} // namespace

std::string_view name_of(Token token) noexcept {
  switch (token) {
  case Token::StreamUrl: return "streamUrl";
  case Token::UserAgent: return "userAgent";
  case Token::ChannelId: break;
  }
  return "channelId";
}

std::optional<Token> find_token(std::string_view name) noexcept {
  const auto found = std::ranges::find(kTokens, name, name_of);
  return found == kTokens.end() ? std::nullopt : std::optional(*found);
}

std::string write_command(const CommandLine& command) {
  std::string line;
  for (const Argument& argument : command.arguments) {
    if (!line.empty()) line += ' ';
    line += write_argument(argument);
  }
  return line;
}

Result<std::vector<std::string>> fill(const CommandLine& command, const Values& values) {
  std::vector<std::string> arguments;
  for (const Argument& argument : command.arguments) {
    auto filled = fill_argument(argument, values, arguments.size());
    if (!filled) return tl::unexpected(std::move(filled.error()));
    arguments.push_back(std::move(*filled));
  }
  return arguments;
}

} // namespace relevo::command
