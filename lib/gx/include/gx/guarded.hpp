// SPDX-License-Identifier: LGPL-2.1-or-later
// Guarded<T>: state that several threads share, reachable only through its lock.
#pragma once

#include <mutex>
#include <utility>

namespace relevo::gx {

/// A helper that needs the state takes a `Guarded<T>::Lock&`, so that nobody calls it unlocked or locks
/// twice.
template <class T>
class Guarded {
 public:
  /// Holds the lock, and is the only way to the state, for as long as it lives.
  class Lock {
   public:
    explicit Lock(Guarded& guarded) : lock_(guarded.mutex_), state_(guarded.state_) {}

    [[nodiscard]] T& operator*() const noexcept { return state_; }
    [[nodiscard]] T* operator->() const noexcept { return &state_; }

   private:
    std::unique_lock<std::mutex> lock_;
    T& state_;
  };

  template <class... Args>
  explicit Guarded(Args&&... args) : state_{std::forward<Args>(args)...} {}

  [[nodiscard]] Lock lock() { return Lock(*this); }

 private:
  std::mutex mutex_;
  T state_;
};

} // namespace relevo::gx
