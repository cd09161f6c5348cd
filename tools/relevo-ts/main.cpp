// SPDX-License-Identifier: LGPL-2.1-or-later
// relevo-ts: looks at MPEG transport streams, checks them and joins them, as the daemon does.
#include "command.hpp"
#include "file.hpp"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace {

using namespace relevo::tool;

constexpr std::string_view kHelp = R"(usage: relevo-ts COMMAND …

Works on MPEG transport streams: packets of 188, 192 or 204 bytes, from a file or "-" for the standard input.

commands:
  inspect FILE   tells what is in a stream
  check FILE     tells where a stream breaks the rules that players rely on
  splice FILE …  joins streams into one with a continuous clock

"relevo-ts COMMAND --help" tells more and has examples.
)";

constexpr const Command* kCommands[] = {&kInspectCommand, &kCheckCommand, &kSpliceCommand};

[[nodiscard]] bool asks_for_help(Arguments arguments) {
  return std::ranges::any_of(arguments, [](std::string_view a) { return a == "--help" || a == "-h"; });
}

int run(Arguments arguments) {
  if (arguments.empty()) throw UsageError("which command? See relevo-ts --help");
  const auto command = std::ranges::find(kCommands, arguments[0], &Command::name);
  const bool known = command != std::end(kCommands);
  if (asks_for_help(known ? arguments.subspan(1) : arguments.first(1))) {
    OutputFile("-").write(relevo::as_bytes(known ? (*command)->help : kHelp));
    return kGood;
  }
  if (!known) throw UsageError("no command " + std::string(arguments[0]) + ". See relevo-ts --help");
  return (*command)->run(arguments.subspan(1));
}

} // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> arguments(argv + 1, argv + std::max(argc, 1));
  try {
    return run(arguments);
  } catch (const OutputClosed&) {
    return kTrouble;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "relevo-ts: %s\n", error.what());
    return kTrouble;
  }
}
