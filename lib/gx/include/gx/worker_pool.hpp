// SPDX-License-Identifier: LGPL-2.1-or-later
// WorkerPool: threads for work that blocks.
#pragma once

#include "gx/cancel.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace relevo::gx {

/// Work is plain code that takes its time and asks its token whether it should stop; what it has to say it
/// posts (gx::post). It must not throw. Submit from any thread.
class WorkerPool {
 public:
  using Work = std::function<void(const CancelToken&)>;
  enum class Priority {
    Normal,
    Low, // gives way to everything else on the machine
  };

  WorkerPool(const std::string& name, std::size_t threads, Priority priority = Priority::Normal);
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  /// Cancels what runs, drops what waits, and returns when all threads have ended.
  ~WorkerPool();

  void submit(Work work);

 private:
  void run(const std::string& name, Priority priority);

  CancelToken token_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Work> waiting_; // under mutex_
  bool ending_ = false;      // under mutex_
  std::vector<std::thread> threads_;
};

} // namespace relevo::gx
