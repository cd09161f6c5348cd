// SPDX-License-Identifier: LGPL-2.1-or-later
// Descriptors of pipes, files and processes.
#pragma once

#include "gx/descriptor.hpp"

#include <sys/types.h>

namespace relevo::process {

using gx::Descriptor;

struct Pipe {
  Descriptor read;
  Descriptor write;
};

/// Thrown where a call of the operating system fails.
struct CallFailed {
  const char* call;
  int error;
};
[[noreturn]] void throw_errno(const char* call);

// All of these are closed by exec, and are never standard descriptors, even where those are free.
[[nodiscard]] Pipe make_pipe();
[[nodiscard]] Descriptor open_file(const char* path, int flags);
[[nodiscard]] Descriptor open_process(pid_t pid);
void set_nonblocking(const Descriptor& descriptor);

/// A descriptor that becomes readable, for ever.
class Flag {
 public:
  Flag();
  void raise() noexcept;
  [[nodiscard]] int get() const noexcept { return fd_.get(); }

 private:
  Descriptor fd_;
};

} // namespace relevo::process
