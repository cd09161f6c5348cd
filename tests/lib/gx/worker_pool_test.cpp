// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/worker_pool.hpp"

#include <array>
#include <doctest/doctest.h>
#include <future>
#include <latch>
#include <memory>
#include <pthread.h>
#include <sys/resource.h>

using namespace relevo;
using gx::CancelToken;
using gx::WorkerPool;

TEST_CASE("work is done, by as many as there are") {
  WorkerPool pool("test", 2);
  std::latch both(2); // each waits for the other
  std::latch done(2);
  for (int i = 0; i < 2; ++i)
    pool.submit([&](const CancelToken&) {
      both.arrive_and_wait();
      done.count_down();
    });
  done.wait();
}

TEST_CASE("one does it in its order") {
  std::vector<int> order;
  std::promise<void> last;
  WorkerPool pool("test", 1);
  for (int i = 0; i < 3; ++i)
    pool.submit([&, i](const CancelToken&) {
      order.push_back(i);
      if (i == 2) last.set_value();
    });
  last.get_future().wait();
  CHECK(order == std::vector{0, 1, 2});
}

TEST_CASE("the end cancels what runs and drops what waits") {
  std::promise<void> running;
  const auto waiting = std::make_shared<bool>(false);
  bool cancelled = false;
  {
    WorkerPool pool("test", 1);
    pool.submit([&](const CancelToken& token) {
      running.set_value();
      cancelled = !gx::Pause(token).wait_until(std::chrono::steady_clock::now() + std::chrono::minutes(1));
    });
    pool.submit([waiting](const CancelToken&) { *waiting = true; });
    running.get_future().wait();
  }
  CHECK(cancelled);
  CHECK_FALSE(*waiting);
  CHECK(waiting.use_count() == 1);
}

TEST_CASE("threads have a name and a priority") {
  std::promise<std::pair<std::string, int>> told;
  WorkerPool pool("refresh", 1, WorkerPool::Priority::Low);
  pool.submit([&](const CancelToken&) {
    std::array<char, 16> name{};
    pthread_getname_np(pthread_self(), name.data(), name.size());
    told.set_value({name.data(), getpriority(PRIO_PROCESS, 0)});
  });
  CHECK(told.get_future().get() == std::pair<std::string, int>("refresh", 15));
  CHECK(getpriority(PRIO_PROCESS, 0) < 15);
}
