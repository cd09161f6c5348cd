// SPDX-License-Identifier: LGPL-2.1-or-later
// CancelToken: how one thread tells blocking work in another to stop; and pauses that it ends.
#pragma once

#include "gx/ref.hpp"

#include <chrono>
#include <gio/gio.h>

namespace relevo::gx {

/// A wish to stop, which cannot be taken back. Copies are the same wish: keep one, hand the other to the
/// work. Every member may be called from any thread; cancelling wakes all work that waits with the token, and
/// returns at once.
class CancelToken {
 public:
  CancelToken() : cancellable_(Ref<GCancellable>::adopt(g_cancellable_new())) {}

  void cancel() noexcept { g_cancellable_cancel(cancellable_.get()); }
  [[nodiscard]] bool cancelled() const noexcept {
    return g_cancellable_is_cancelled(cancellable_.get()) != FALSE;
  }

  /// For GIO calls. Never null.
  [[nodiscard]] GCancellable* get() const noexcept { return cancellable_.get(); }

 private:
  Ref<GCancellable> cancellable_;
};

/// Pauses of one thread that a token ends.
class Pause {
 public:
  explicit Pause(const CancelToken& token);
  Pause(const Pause&) = delete;
  Pause& operator=(const Pause&) = delete;
  ~Pause();

  /// False when the token was cancelled, which ends the pause.
  bool wait_until(std::chrono::steady_clock::time_point end);
  /// Readable once the token is cancelled: for those who wait with poll().
  [[nodiscard]] int descriptor() const noexcept { return fd_.fd; }

 private:
  CancelToken token_;
  GPollFD fd_;
};

} // namespace relevo::gx
