// SPDX-License-Identifier: LGPL-2.1-or-later
// Threads that take work from one queue.
#include "gx/worker_pool.hpp"

#include <pthread.h>
#include <sys/resource.h>

namespace relevo::gx {
namespace {

constexpr int kLowPriority = 15; // nice

void set_up_thread(const std::string& name, WorkerPool::Priority priority) {
  pthread_setname_np(pthread_self(), name.substr(0, 15).c_str()); // the kernel's limit
  // Linux takes 0 as this thread alone. That it cannot be lowered harms nothing.
  if (priority == WorkerPool::Priority::Low) static_cast<void>(setpriority(PRIO_PROCESS, 0, kLowPriority));
}

} // namespace

WorkerPool::WorkerPool(const std::string& name, std::size_t threads, Priority priority) {
  for (std::size_t i = 0; i < threads; ++i)
    threads_.emplace_back([this, name, priority] { run(name, priority); });
}

WorkerPool::~WorkerPool() {
  std::deque<Work> dropped;
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    dropped.swap(waiting_); // and goes when nothing is locked
  }
  token_.cancel(); // now: who is done with what ran would begin what waits
  wake_.notify_all();
  for (auto& thread : threads_)
    thread.join();
}

void WorkerPool::submit(Work work) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(work));
  }
  wake_.notify_one();
}

void WorkerPool::run(const std::string& name, Priority priority) {
  set_up_thread(name, priority);
  for (;;) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    const Work work = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    work(token_);
  }
}

} // namespace relevo::gx
