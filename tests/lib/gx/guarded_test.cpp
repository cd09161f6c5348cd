// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/guarded.hpp"

#include <doctest/doctest.h>
#include <future>
#include <string>
#include <thread>
#include <vector>

using namespace relevo::gx;

TEST_CASE("threads meet only through the lock") {
  Guarded<long> sum(0);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&sum] {
        for (int i = 0; i < 10'000; ++i)
          *sum.lock() += 1;
      });
    }
  }
  CHECK(*sum.lock() == 40'000);
}

TEST_CASE("a lock that is held keeps others out until it goes") {
  Guarded<std::string> text("a");
  std::promise<void> started;
  std::jthread other;
  {
    auto lock = text.lock();
    other = std::jthread([&] {
      started.set_value();
      text.lock()->append("c");
    });
    started.get_future().wait();
    lock->append("b");
  }
  other.join();
  CHECK(*text.lock() == "abc");
}
