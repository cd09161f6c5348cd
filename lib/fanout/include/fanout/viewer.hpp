// SPDX-License-Identifier: LGPL-2.1-or-later
// What is wanted for a viewer, what is known of one, and why one goes.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace relevo::fanout {

using ViewerId = std::uint64_t; // never 0, and no two of a process have the same

struct Policy {
  /// How much a viewer who joins gets at once, so that his player can start: the newest place at which he can
  /// begin and that has both behind it.
  std::chrono::milliseconds burst_time{2'000};
  std::uint64_t burst_bytes = 0;
  /// Who is farther behind jumps to the newest place at which he can begin.
  std::chrono::milliseconds most_lag{5'000};
  /// Who takes nothing for so long goes; 0: for ever.
  std::chrono::milliseconds patience{30'000};
};

struct ViewerReport {
  ViewerId id = 0;
  std::uint64_t bytes = 0; // that the kernel took for him
  std::uint64_t skips = 0;
  std::uint64_t skipped_bytes = 0;
  std::uint64_t lag_bytes = 0; // that are there and that the kernel did not take yet
  std::chrono::milliseconds lag{0};
};

enum class Leaving : std::uint8_t {
  Removed, // on request
  HungUp,  // by himself; also who shuts down his sending side
  Stalled, // took nothing for too long
  Ended,   // has everything of a stream that has ended
  Stopped, // the stream was stopped
  Failed,  // his socket
};

/// "removed", "hung-up" …
[[nodiscard]] std::string_view name_of(Leaving leaving) noexcept;

} // namespace relevo::fanout
