// SPDX-License-Identifier: LGPL-2.1-or-later
// relevo-ts check: every violation of a stream on a line of its own.
#include "command.hpp"
#include "file.hpp"

#include "ts/check.hpp"

#include <cstdio>

namespace relevo::tool {
namespace {

constexpr std::string_view kHelp = R"(usage: relevo-ts check FILE|-

Reads an MPEG transport stream as a player does and prints one line for every rule that it breaks:

  OFFSET KIND PID TEXT

OFFSET counts bytes from the start; PID is "-" where the stream as a whole is meant. The kinds:

  sync tei adaptation scrambled cc
  psi-crc psi-version psi-missing programmes
  pcr-back pcr-gap pcr-missing
  dts-order pts-before-dts dts-gap late lead
  pes orphan first-picture rai unreferenced

The first byte is where a viewer joined: tables and a random access picture come first. The end may lie
anywhere. A summary goes to the standard error.

Exit status: 0 without violations, 1 with some, 2 when the file cannot be read.

examples:
  relevo-ts check recording.ts
  curl -s http://127.0.0.1:8383/live/1 | head -c 50M | relevo-ts check -
  relevo-ts check joined.ts | cut -d' ' -f2 | sort | uniq -c
)";

[[nodiscard]] std::string line_of(const ts::Violation& violation) {
  std::string line = std::to_string(violation.offset);
  line.append(" ").append(ts::name_of(violation.kind));
  if (violation.pid == ts::kNullPid) {
    line += " -";
  } else {
    char pid[16];
    std::snprintf(pid, sizeof pid, " 0x%04x", violation.pid);
    line += pid;
  }
  return line.append(" ").append(violation.text).append("\n");
}

int run(Arguments arguments) {
  if (arguments.size() != 1) throw UsageError("check needs one FILE, or - for the standard input");
  InputFile input(arguments[0]);
  OutputFile output("-");
  std::uint64_t violations = 0, bytes = 0;
  ts::Checker checker([&](const ts::Violation& violation) {
    ++violations;
    output.write(as_bytes(line_of(violation)));
  });
  for (MutableBytes block = input.read(); !block.empty(); block = input.read()) {
    bytes += block.size();
    checker.push(block);
  }
  checker.finish();
  std::fprintf(stderr, "%s: %llu violation%s in %llu bytes\n", input.name().c_str(),
               static_cast<unsigned long long>(violations), violations == 1 ? "" : "s",
               static_cast<unsigned long long>(bytes));
  return violations == 0 ? kGood : kBad;
}

} // namespace

const Command kCheckCommand{"check", kHelp, run};

} // namespace relevo::tool
