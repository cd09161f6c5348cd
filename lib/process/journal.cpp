// SPDX-License-Identifier: LGPL-2.1-or-later
// How a program ended, in words.
#include "process/journal.hpp"

#include "base/text.hpp"

#include <csignal>
#include <cstring>

namespace relevo::process {

std::string describe(const Exit& exit) {
  switch (exit.how) {
  case Exit::How::Status: return concat("ended with status ", exit.code);
  case Exit::How::Signal: {
    const char* name = sigdescr_np(exit.code);
    return concat("was killed by signal ", exit.code, " (", name ? name : "unknown", ')');
  }
  case Exit::How::Unknown: break;
  }
  return "ended, it is not known how";
}

} // namespace relevo::process
