// SPDX-License-Identifier: LGPL-2.1-or-later
// A condition variable notified by a token.
#include "gx/cancel_wake.hpp"

namespace relevo::gx {

CancelWake::CancelWake(const CancelToken& token, std::mutex& mutex, std::condition_variable& wake)
    : token_(token),
      mutex_(mutex),
      wake_(wake),
      connection_(g_cancellable_connect(token_.get(), G_CALLBACK(&on_cancelled), this, nullptr)) {}

CancelWake::~CancelWake() {
  g_cancellable_disconnect(token_.get(), connection_); // 0, when it was cancelled before, is none
}

void CancelWake::on_cancelled(GCancellable*, gpointer self) noexcept {
  auto& wake = *static_cast<CancelWake*>(self);
  // Whoever has just found the token uncancelled is waiting once this lock is had.
  const std::lock_guard lock(wake.mutex_);
  wake.wake_.notify_all();
}

} // namespace relevo::gx
