// SPDX-License-Identifier: LGPL-2.1-or-later
// Descriptor: a file descriptor with one owner.
#pragma once

#include <unistd.h>
#include <utility>

namespace relevo::gx {

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
  /// Gives it away, to a function that takes it.
  [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }
  void reset() noexcept {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  int fd_ = -1;
};

} // namespace relevo::gx
