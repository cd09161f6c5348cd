// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/cancel_wake.hpp"

#include <doctest/doctest.h>
#include <thread>

using namespace relevo::gx;

namespace {

struct Wait {
  std::mutex mutex;
  std::condition_variable wake;

  void for_cancellation(const CancelToken& token) {
    const CancelWake ends(token, mutex, wake);
    std::unique_lock lock(mutex);
    wake.wait(lock, [&] { return token.cancelled(); });
  }
};

} // namespace

TEST_CASE("a cancelled token wakes who waits, however the two meet") {
  for (int i = 0; i < 500; ++i) {
    Wait wait;
    CancelToken token;
    const std::jthread other([token]() mutable { token.cancel(); });
    wait.for_cancellation(token);
  }
}

TEST_CASE("a token that was cancelled before lets nobody wait, and can be used again and again") {
  Wait wait;
  CancelToken token;
  token.cancel();
  for (int i = 0; i < 3; ++i)
    wait.for_cancellation(token);
}

TEST_CASE("a token that outlives the wait disturbs nothing") {
  CancelToken token;
  {
    Wait wait;
    const CancelWake ends(token, wait.mutex, wait.wake);
  }
  token.cancel();
  CHECK(token.cancelled());
}
