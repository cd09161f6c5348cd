// SPDX-License-Identifier: LGPL-2.1-or-later
// From a Command to a running process.
#pragma once

#include "process/child.hpp"

#include <sys/types.h>

namespace relevo::process {

/// What becomes the standard descriptors of the program.
struct StandardFiles {
  int in;
  int out;
  int err;
};

/// Forks and runs it; the process is the caller's to reap. It is killed when the calling *thread* ends.
/// Throws CallFailed.
[[nodiscard]] tl::expected<pid_t, StartFailure> spawn(const Command& command, const StandardFiles& files);

} // namespace relevo::process
