// SPDX-License-Identifier: LGPL-2.1-or-later
// relevo-worker: work on media in a process of its own, so that what crashes or hangs there costs nobody
// else.
#include "base/text.hpp"
#include "http/reach.hpp"
#include "options.hpp"
#include "remux.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <gst/gst.h>

namespace relevo::worker {
namespace {

constexpr int kWrongOption = 2, kCannotOpen = 3;

void write_line(std::FILE* stream, std::string line) {
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stream);
}

void complain(std::string_view what) {
  write_line(stderr, concat("relevo-worker: ", what));
}

bool is_http(std::string_view uri) {
  return starts_with_nocase(uri, "http://") || starts_with_nocase(uri, "https://");
}

int run(std::span<const char* const> arguments) {
  const auto options = parse_options(arguments);
  if (!options) {
    complain(concat(options.error().message, "; see relevo-worker --help"));
    return kWrongOption;
  }
  switch (options->action) {
  case Action::ShowHelp: std::fwrite(help_text().data(), 1, help_text().size(), stdout); return 0;
  case Action::ShowVersion: write_line(stdout, "relevo-worker " RELEVO_VERSION); return 0;
  case Action::Remux: break;
  }
  std::signal(SIGPIPE, SIG_IGN); // a closed output is an error of a write
  if (options->reach) {
    if (const auto objection = http::look_up_objection(*options->reach, options->uri)) {
      complain(concat("the address is not allowed: ", *objection));
      return kCannotOpen;
    }
  }
  gst_init(nullptr, nullptr);
  Remux remux(*options, complain);
  const int status = static_cast<int>(remux.run());
  // libsoup 3.2 crashes when souphttpsrc is stopped while an answer arrives. A web server needs no goodbye.
  if (is_http(options->uri)) std::_Exit(status);
  return status;
}

} // namespace
} // namespace relevo::worker

int main(int argc, char** argv) {
  return relevo::worker::run(std::span<const char* const>(argv + 1, argv + argc));
}
