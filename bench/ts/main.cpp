// SPDX-License-Identifier: LGPL-2.1-or-later
// bench-ts: what run.py measures, a process each.
#include "modes.hpp"

#include <cstdio>
#include <span>
#include <string_view>

namespace {

using namespace relevo;

int run(std::span<char*> arguments) {
  const std::string_view mode = arguments.size() < 3 ? "" : arguments[0];
  if (mode != "rewrite" && mode != "splice") {
    std::fputs("usage: bench-ts rewrite|splice IN… OUT\n", stderr);
    return 2;
  }
  tool::OutputFile output(arguments.back());
  for (const char* path : arguments.subspan(1, arguments.size() - 2)) {
    tool::InputFile input(path);
    (mode == "rewrite" ? bench::rewrite : bench::splice)(input, output);
  }
  output.close();
  return 0;
}

} // namespace

int main(int argc, char** argv) {
  try {
    return run(std::span{argv, static_cast<std::size_t>(argc)}.subspan(1));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench-ts: %s\n", error.what());
    return 2;
  }
}
