// SPDX-License-Identifier: LGPL-2.1-or-later
// Descriptor: a file descriptor with one owner.
#pragma once

#include <unistd.h>
#include <utility>

namespace relevo::process {

class Descriptor {
 public:
  Descriptor() noexcept = default;
  explicit Descriptor(int owned) noexcept : fd_(owned) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    reset();
    fd_ = std::exchange(other.fd_, -1);
    return *this;
  }
  ~Descriptor() { reset(); }

  [[nodiscard]] int get() const noexcept { return fd_; } // -1: none
  void reset() noexcept {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  int fd_ = -1;
};

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
