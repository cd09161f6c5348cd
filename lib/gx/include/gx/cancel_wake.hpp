// SPDX-License-Identifier: LGPL-2.1-or-later
// CancelWake: lets a token end a wait on a condition variable.
#pragma once

#include "gx/cancel.hpp"

#include <condition_variable>
#include <mutex>

namespace relevo::gx {

/// While it lives, cancelling the token wakes everyone who waits on `wake` with `mutex`; their predicate has to
/// ask the token. Make it before the mutex is locked, and let it go after: its end waits for a wake-up that is
/// under way.
class CancelWake {
 public:
  CancelWake(const CancelToken& token, std::mutex& mutex, std::condition_variable& wake);
  CancelWake(const CancelWake&) = delete;
  CancelWake& operator=(const CancelWake&) = delete;
  ~CancelWake();

 private:
  static void on_cancelled(GCancellable*, gpointer self) noexcept;

  CancelToken token_;
  std::mutex& mutex_;
  std::condition_variable& wake_;
  gulong connection_;
};

} // namespace relevo::gx
