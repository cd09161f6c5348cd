// SPDX-License-Identifier: LGPL-2.1-or-later
// Command lines of any text: what is read can be written and read again, an error is inside the line, and
// values make neither more nor fewer arguments, nor change their text. Input: a command, CUT!, an address,
// CUT!, a user agent.
#include "command/command_line.hpp"
#include "fuzz.hpp"

using namespace relevo;
using namespace relevo::command;
using relevo::fuzz::require;

namespace {

/// `filled` has the texts of `argument` in their order, and the values between them.
bool fits(const Argument& argument, std::string_view filled, const Values& values) {
  for (const Part& part : argument) {
    const auto* text = std::get_if<std::string>(&part);
    const std::string& expected = text                                        ? *text
                                  : std::get<Token>(part) == Token::StreamUrl ? values.stream_url
                                  : std::get<Token>(part) == Token::UserAgent ? values.user_agent
                                                                              : values.channel_id;
    if (!filled.starts_with(expected)) return false;
    filled.remove_prefix(expected.size());
  }
  return filled.empty();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  const auto line = as_text(fuzz::take_packet(input));
  const auto parsed = parse_command(line);
  if (!parsed) {
    require(!parsed.error().message.empty() && parsed.error().offset <= line.size());
    return 0;
  }
  require(!parsed->arguments.empty() && parse_command(write_command(*parsed)) == *parsed);

  Values values;
  values.stream_url = as_text(fuzz::take_packet(input));
  values.user_agent = as_text(fuzz::take_packet(input));
  const auto arguments = fill(*parsed, values);
  if (!arguments) {
    require(arguments.error().offset < parsed->arguments.size());
    return 0;
  }
  require(arguments->size() == parsed->arguments.size());
  for (std::size_t i = 0; i < arguments->size(); ++i)
    require(fits(parsed->arguments[i], (*arguments)[i], values));
  return 0;
}
