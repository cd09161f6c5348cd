// SPDX-License-Identifier: LGPL-2.1-or-later
// relevo-ts inspect: what is in a stream.
#include "command.hpp"
#include "file.hpp"
#include "report.hpp"

#include <vector>

namespace relevo::tool {
namespace {

constexpr std::string_view kHelp = R"(usage: relevo-ts inspect FILE|- [--json]

Reads an MPEG transport stream to its end and tells what is in it: programmes and their names, the codec,
format, rate and language of every elementary stream, GOP lengths and random access points, the clock, errors.

options:
  --json    the same as JSON; clocks in milliseconds, rates in bits per second

Exit status: 0, or 2 when the file cannot be read or is no transport stream.

examples:
  relevo-ts inspect recording.ts
  curl -s http://127.0.0.1:8383/live/1 | head -c 20M | relevo-ts inspect -
  relevo-ts inspect --json recording.ts | jq '.pids[] | {pid, codec, bit_rate}'
)";

int run(Arguments arguments) {
  std::vector<std::string_view> files;
  bool json = false;
  for (const std::string_view argument : arguments) {
    if (argument == "--json")
      json = true;
    else if (argument.size() > 1 && argument.front() == '-')
      throw UsageError("inspect has no option " + std::string(argument));
    else
      files.push_back(argument);
  }
  if (files.size() != 1) throw UsageError("inspect needs one FILE, or - for the standard input");
  InputFile input(files[0]);
  ts::Analyser analyser;
  for (Bytes block = input.read(); !block.empty(); block = input.read())
    analyser.push(block);
  analyser.finish();
  const ts::StreamReport report = analyser.report();
  if (report.packets == 0) throw FileError(input.name() + ": no transport stream");
  OutputFile("-").write(as_bytes(json ? json_of(report) : text_of(report)));
  return kGood;
}

} // namespace

const Command kInspectCommand{"inspect", kHelp, run};

} // namespace relevo::tool
