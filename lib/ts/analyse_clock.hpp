// SPDX-License-Identifier: LGPL-2.1-or-later
// The analyser's measures of time: the PCRs of one PID, and bit rates over a window of PCR time.
#pragma once

#include "ts/analyse.hpp"

#include <array>

namespace relevo::ts {

class PcrMeter {
 public:
  /// The PCR of the packet at `offset`. Returns the step from the one before, empty where the clock breaks.
  std::optional<Pcr> push(Pcr pcr, bool discontinuity, std::uint64_t offset,
                          std::optional<Analyser::Arrival> arrival) noexcept;
  [[nodiscard]] PcrReport report(Pid pid) const noexcept;

 private:
  struct Point {
    Pcr pcr = 0;
    std::uint64_t offset = 0;
    std::optional<Analyser::Arrival> arrival{};
  };

  void measure(Pcr step, const Point& now) noexcept;

  std::optional<Point> last_;
  std::optional<Pcr> last_step_; // to last_
  std::uint64_t last_distance_ = 0;
  std::uint64_t intervals_ = 0;
  Pcr sum_ = 0;
  PcrReport report_;
};

/// Marks on the clock, one in every 100 ms, two seconds of them.
class RateWindow {
 public:
  static constexpr Pcr kMark = kPcrPerSecond / 10;
  static constexpr std::size_t kMarks = 21;

  /// Packets of one PID at the marks.
  struct Counts {
    std::uint64_t first = 0;
    std::array<std::uint64_t, kMarks> at{};
  };

  /// The clock goes on. True when a mark is reached: count() is due for everyone.
  bool advance(Pcr step) noexcept;
  /// The clock breaks: the window starts anew, with a mark.
  void restart() noexcept { size_ = 0; }
  void count(Counts& counts, std::uint64_t packets) const noexcept;
  [[nodiscard]] BitRate rate(const Counts& counts) const noexcept;
  [[nodiscard]] Pcr elapsed() const noexcept { return now_; }

 private:
  Pcr now_ = 0; // since the first PCR, without breaks
  std::array<Pcr, kMarks> marks_{};
  std::size_t newest_ = 0;
  std::size_t size_ = 0; // marks that stand
  std::optional<Pcr> first_mark_;
};

} // namespace relevo::ts
