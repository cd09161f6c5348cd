// SPDX-License-Identifier: LGPL-2.1-or-later
// Command lines taken apart.
#include "command/command_line.hpp"

#include "base/text.hpp"

#include <cstdint>
#include <utility>

namespace relevo::command {
namespace {

enum class Quote : std::uint8_t { None, Single, Double };

constexpr std::string_view kBlank = " \t\r\n";

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

/// "{name}" at the beginning of `text`, with its braces; empty: there is none.
std::string_view find_braces(std::string_view text) {
  if (text.size() < 3 || text[0] != '{' || !is_letter(text[1])) return {};
  std::size_t end = 2;
  while (end < text.size() && is_name_character(text[end]))
    ++end;
  return end < text.size() && text[end] == '}' ? text.substr(0, end + 1) : std::string_view();
}

class Parser {
 public:
  explicit Parser(std::string_view line) : line_(line) {}

  Result<CommandLine> run() {
    if (const auto zero = line_.find('\0'); zero != std::string_view::npos)
      return fail("there is a zero byte in it", zero);
    CommandLine command;
    for (skip_blanks(); !at_end(); skip_blanks()) {
      const std::size_t begin = at_;
      if (auto taken = take_argument(); !taken) return tl::unexpected(std::move(taken.error()));
      if (command.arguments.empty()) {
        if (auto checked = check_program(begin); !checked) return tl::unexpected(std::move(checked.error()));
      }
      command.arguments.push_back(std::exchange(argument_, {}));
    }
    if (command.arguments.empty()) return fail("there is no command", 0);
    return command;
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ == line_.size(); }
  [[nodiscard]] char here() const { return line_[at_]; }
  [[nodiscard]] bool is_blank_here() const { return kBlank.find(here()) != std::string_view::npos; }
  void skip_blanks() {
    while (!at_end() && is_blank_here())
      ++at_;
  }

  Result<void> take_argument() {
    while (!at_end() && !is_blank_here()) {
      auto taken = here() == '\''  ? take_quoted(Quote::Single)
                   : here() == '"' ? take_quoted(Quote::Double)
                                   : take_character(Quote::None);
      if (!taken) return taken;
    }
    return {};
  }

  Result<void> take_quoted(Quote quote) {
    const std::size_t begin = at_++;
    const char mark = line_[begin];
    while (!at_end() && here() != mark)
      if (auto taken = take_character(quote); !taken) return taken;
    if (at_end()) return fail(concat("this ", mark, " has no counterpart"), begin);
    ++at_;
    return {};
  }

  /// One character or one token.
  Result<void> take_character(Quote quote) {
    if (here() == '\\' && quote != Quote::Single) return take_escaped(quote);
    const auto braces = find_braces(line_.substr(at_));
    if (braces.empty()) {
      add_text(line_[at_++]);
      return {};
    }
    const auto token = find_token(braces.substr(1, braces.size() - 2));
    if (!token) return fail(concat("there is no token ", braces, "; written \\", braces, " it is text"), at_);
    argument_.emplace_back(*token);
    at_ += braces.size();
    return {};
  }

  Result<void> take_escaped(Quote quote) {
    if (at_ + 1 == line_.size()) return fail("the backslash at the end has nothing to quote", at_);
    const char next = line_[at_ + 1];
    if (quote == Quote::None || std::string_view("\"\\{").find(next) != std::string_view::npos) ++at_;
    add_text(line_[at_++]);
    return {};
  }

  void add_text(char c) {
    if (argument_.empty() || !std::holds_alternative<std::string>(argument_.back()))
      argument_.emplace_back(std::string());
    std::get<std::string>(argument_.back()) += c;
  }

  /// What comes from elsewhere must never say which program runs.
  [[nodiscard]] Result<void> check_program(std::size_t begin) const {
    if (argument_.empty()) return fail("the name of the program is empty", begin);
    for (const Part& part : argument_)
      if (std::holds_alternative<Token>(part)) return fail("a token cannot name the program", begin);
    return {};
  }

  std::string_view line_;
  std::size_t at_ = 0;
  Argument argument_;
};

} // namespace

Result<CommandLine> parse_command(std::string_view line) {
  return Parser(line).run();
}

} // namespace relevo::command
