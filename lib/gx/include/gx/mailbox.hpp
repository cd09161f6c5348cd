// SPDX-License-Identifier: LGPL-2.1-or-later
// Mailbox<T>: messages from any thread for the one that owns it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace relevo::gx {

template <class T>
class Mailbox {
 public:
  using Clock = std::chrono::steady_clock;

  /// From any thread.
  void post(T message) {
    const std::lock_guard lock(mutex_);
    messages_.push_back(std::move(message));
    wake_.notify_one();
  }

  /// The oldest message, waited for until `end`; Clock::time_point::max() waits for ever. Empty when none came.
  [[nodiscard]] std::optional<T> wait_until(Clock::time_point end) {
    std::unique_lock lock(mutex_);
    const auto any = [this] { return !messages_.empty(); };
    if (end == Clock::time_point::max())
      wake_.wait(lock, any);
    else if (!wake_.wait_until(lock, end, any))
      return std::nullopt;
    T message = std::move(messages_.front());
    messages_.pop_front();
    return message;
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<T> messages_; // under mutex_
};

} // namespace relevo::gx
