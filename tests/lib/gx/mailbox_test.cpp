// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/mailbox.hpp"

#include <doctest/doctest.h>
#include <memory>
#include <thread>
#include <vector>

using namespace relevo::gx;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kForever = Clock::time_point::max();

} // namespace

TEST_CASE("messages come in their order, and can only be moved") {
  Mailbox<std::unique_ptr<int>> box;
  for (int i = 0; i < 3; ++i)
    box.post(std::make_unique<int>(i));
  for (int i = 0; i < 3; ++i)
    CHECK(**box.wait_until(kForever) == i);
  CHECK_FALSE(box.wait_until(Clock::now()));
}

TEST_CASE("a wait ends with the message, or at its time") {
  Mailbox<int> box;
  const auto end = Clock::now() + 20ms;
  CHECK_FALSE(box.wait_until(end));
  CHECK(Clock::now() >= end);
  const std::jthread other([&box] { box.post(7); });
  CHECK(box.wait_until(kForever) == 7);
}

TEST_CASE("no message of many threads is lost") {
  Mailbox<int> box;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&box] {
      for (int i = 0; i < 1000; ++i)
        box.post(1);
    });
  int sum = 0;
  while (sum < 4000)
    sum += *box.wait_until(kForever);
  CHECK_FALSE(box.wait_until(Clock::now()));
}
