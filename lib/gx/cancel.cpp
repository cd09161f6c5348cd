// SPDX-License-Identifier: LGPL-2.1-or-later
// Pauses that a token ends.
#include "gx/cancel.hpp"

#include <algorithm>

namespace relevo::gx {

Pause::Pause(const CancelToken& token) : token_(token) {
  g_cancellable_make_pollfd(token_.get(), &fd_);
}

Pause::~Pause() {
  g_cancellable_release_fd(token_.get());
}

bool Pause::wait_until(std::chrono::steady_clock::time_point end) {
  using std::chrono::milliseconds;
  while (!token_.cancelled()) {
    const auto left = std::chrono::ceil<milliseconds>(end - std::chrono::steady_clock::now());
    if (left <= milliseconds::zero()) return true;
    g_poll(&fd_, 1, static_cast<gint>(std::min<milliseconds::rep>(left.count(), G_MAXINT)));
  }
  return false;
}

} // namespace relevo::gx
