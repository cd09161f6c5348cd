// SPDX-License-Identifier: LGPL-2.1-or-later
// Writing that can be woken.
#include "output.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <system_error>
#include <unistd.h>

namespace relevo::worker {
namespace {

constexpr std::size_t kMuch = 64 << 10; // what a pipe holds
constexpr std::chrono::milliseconds kWhile{20};

} // namespace

Output::Output(int descriptor, Failed failed)
    : descriptor_(descriptor), flags_(::fcntl(descriptor, F_GETFL)), failed_(std::move(failed)) {
  if (flags_ >= 0) ::fcntl(descriptor_, F_SETFL, flags_ | O_NONBLOCK);
}

Output::~Output() {
  if (flags_ >= 0)
    ::fcntl(descriptor_, F_SETFL, flags_); // everyone who has the same output has the same flags
}

void Output::write(Bytes bytes) {
  held_.insert(held_.end(), bytes.begin(), bytes.end());
  if (held_.size() >= kMuch || std::chrono::steady_clock::now() - flushed_ >= kWhile) flush();
}

void Output::flush() {
  Bytes bytes = held_;
  while (!bytes.empty() && !given_up_.cancelled()) {
    const ssize_t done = ::write(descriptor_, bytes.data(), bytes.size());
    if (done >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(done));
    } else if (errno == EAGAIN) {
      std::array<pollfd, 2> set{{{descriptor_, POLLOUT, 0}, {pause_.descriptor(), POLLIN, 0}}};
      ::poll(set.data(), set.size(), -1);
    } else if (errno != EINTR) {
      failed_(std::generic_category().message(errno));
      give_up();
    }
  }
  held_.clear();
  flushed_ = std::chrono::steady_clock::now();
}

} // namespace relevo::worker
