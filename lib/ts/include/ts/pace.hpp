// SPDX-License-Identifier: LGPL-2.1-or-later
// When the bytes of a transport stream that came in a burst may leave: by its own clock.
#pragma once

#include "ts/packet.hpp"
#include "ts/sync.hpp"
#include "ts/window.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

namespace relevo::ts {

/// How far one kind of clock in a stream goes on, as far as it can be believed. Follows one PID, and changes
/// over to another where that one comes no more.
class ClockSteps {
 public:
  /// From the value before to this one; 0 where that is no step, but a jump or a stop.
  [[nodiscard]] Pcr push(Pid pid, Pcr value) noexcept;

 private:
  std::optional<Pid> pid_;
  Pcr last_ = 0;
  unsigned strangers_ = 0; // values of other PIDs since last_
};

struct PaceSettings {
  std::chrono::microseconds burst = std::chrono::seconds(2); // of media, which may be ahead of its time
};

/// Bytes go in as they arrive, cut anywhere; whoever holds them asks how many may leave. They leave in real
/// time by PCR, and by DTS in between and where there is none. A burst may leave at the start, and again
/// after the stream was late: ahead of real time is never more than that. What it is late beyond a burst is
/// made up for a little faster than real time, as far as there are bytes to do it with. A jump of the clock
/// takes no time, a clock that stands still or is missing lets kHighestRate through, and for one step nothing
/// waits longer than kLongestStep. One object for one stream, whatever breaks inside it.
class Pacer {
 public:
  using Duration = std::chrono::microseconds;
  using Instant = Duration; // since any fixed moment; never goes back

  static constexpr Pcr kLongestStep = 2 * kPcrPerSecond;
  static constexpr std::uint64_t kHighestRate = 25'000'000; // bytes a second
  /// Bytes leave in portions of at least so much media, so that whoever waits wakes up seldom.
  static constexpr Pcr kPortion = kPcrPerSecond / 20;
  /// The share of its time that media saves while the stream is late.
  static constexpr Pcr kHurry = 10;                        // a tenth
  static constexpr Pcr kLongestDelay = 60 * kPcrPerSecond; // more is not made up for

  explicit Pacer(PaceSettings settings = {}) : burst_(to_pcr(settings.burst)) {}

  void push(Bytes bytes);

  /// How many bytes may have left by now, counted from the first that was pushed.
  [[nodiscard]] std::uint64_t allowed(Instant now);
  /// When more may leave, as of the last allowed(); empty: not before more is pushed.
  [[nodiscard]] std::optional<Instant> next() const;
  /// How much media waits for its time.
  [[nodiscard]] Duration held() const noexcept;

 private:
  /// What begins at `offset` waits until the media is at `position`.
  struct Mark {
    std::uint64_t offset = 0;
    Pcr position = 0;
  };

  static constexpr Pcr to_pcr(Duration time) noexcept { return time.count() * (kPcrPerSecond / 1'000'000); }
  void read(PacketView packet);
  void set_mark();
  /// The least time for the bytes from here to the packet that is read.
  [[nodiscard]] Pcr least_since(std::uint64_t offset) const noexcept;
  [[nodiscard]] Pcr to_next_mark() const noexcept;
  /// How long the next mark waits after the one before.
  [[nodiscard]] Pcr wait() const noexcept { return to_next_mark() - saved(); }
  [[nodiscard]] Pcr saved() const noexcept { return std::min(to_next_mark() / kHurry, delay_); }

  Pcr burst_;
  PacketSync sync_;
  ClockSteps pcr_;
  ClockSteps dts_;
  Pcr base_ = 0;                 // media time at the last PCR
  std::uint64_t base_at_ = 0;    // where that stands
  Pcr since_ = 0;                // from there to the last DTS
  std::uint64_t since_at_ = 0;   // where that stands
  std::uint64_t pushed_ = 0;     // bytes
  Window<Mark> marks_;           // not passed yet
  Pcr marked_ = 0;               // position of the newest mark
  Pcr passed_ = 0;               // position of the last mark that was passed
  std::optional<Pcr> passed_at_; // when that was due; empty: nobody has asked yet
  Pcr delay_ = 0;                // time that was lost, and is to be made up for
};

} // namespace relevo::ts
