// SPDX-License-Identifier: LGPL-2.1-or-later
// Disturbance: how much the machine kept from us.
#pragma once

#include <atomic>
#include <chrono>
#include <thread>

namespace relevo::test {

/// Watches from construction on. A chain of threads that hand something on may each have to wait so long.
class Disturbance {
 public:
  Disturbance() : thread_([this](const std::stop_token& stop) { watch(stop); }) {}
  Disturbance(const Disturbance&) = delete;
  Disturbance& operator=(const Disturbance&) = delete;

  /// The worst so far, for a chain of four: provider, source, decision, output.
  [[nodiscard]] std::chrono::milliseconds worst() const {
    return std::chrono::ceil<std::chrono::milliseconds>(4 * worst_.load());
  }

 private:
  using Clock = std::chrono::steady_clock;

  void watch(const std::stop_token& stop) {
    constexpr auto kTick = std::chrono::milliseconds{5};
    while (!stop.stop_requested()) {
      const auto before = Clock::now();
      std::this_thread::sleep_for(kTick);
      worst_ = std::max<Clock::duration>(worst_, Clock::now() - before - kTick);
    }
  }

  std::atomic<Clock::duration> worst_{};
  std::jthread thread_; // last: it uses the other
};

} // namespace relevo::test
