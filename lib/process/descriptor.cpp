// SPDX-License-Identifier: LGPL-2.1-or-later
// Descriptors made.
#include "descriptor.hpp"

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>

namespace relevo::process {
namespace {

Descriptor checked(int fd, const char* call) {
  if (fd < 0) throw_errno(call);
  return Descriptor(fd);
}

Descriptor above_standard(Descriptor descriptor) {
  if (descriptor.get() > STDERR_FILENO) return descriptor;
  return checked(::fcntl(descriptor.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1), "fcntl(F_DUPFD_CLOEXEC)");
}

} // namespace

Pipe make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw_errno("pipe2");
  Descriptor read(ends[0]);
  Descriptor write(ends[1]);
  return {above_standard(std::move(read)), above_standard(std::move(write))};
}

Descriptor open_file(const char* path, int flags) {
  return above_standard(checked(::open(path, flags | O_CLOEXEC), "open"));
}

Descriptor open_process(pid_t pid) {
  // The function of this name in glibc 2.36 is declared for C only.
  return above_standard(checked(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)), "pidfd_open"));
}

void set_nonblocking(const Descriptor& descriptor) {
  if (::fcntl(descriptor.get(), F_SETFL, O_NONBLOCK) != 0) throw_errno("fcntl(F_SETFL)");
}

void throw_errno(const char* call) {
  throw CallFailed{call, errno};
}

Flag::Flag() : fd_(above_standard(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd"))) {}

void Flag::raise() noexcept {
  const std::uint64_t one = 1;
  // It can fail only when it is raised already.
  [[maybe_unused]] const auto written = ::write(fd_.get(), &one, sizeof one);
}

} // namespace relevo::process
