// SPDX-License-Identifier: LGPL-2.1-or-later
// Ring: a bounded window of a transport stream in memory that the kernel can send from.
#pragma once

#include "base/bytes.hpp"
#include "gx/descriptor.hpp"
#include "gx/guarded.hpp"
#include "ts/join.hpp"

#include <chrono>
#include <deque>
#include <memory>
#include <optional>

namespace relevo::fanout {

using Clock = std::chrono::steady_clock;
using Time = Clock::time_point;
using Duration = Clock::duration;

/// How much of the past is kept; what is more by either measure goes.
struct WindowSettings {
  std::chrono::milliseconds time{10'000};
  std::uint64_t bytes = std::uint64_t{32} << 20;
};

/// Two threads: one appends, the other one sends and trims. A byte keeps its place for ever: the file grows,
/// and what falls out of the window is punched out of it. So no page is written again whose bytes a socket
/// may still hold, and since the thread that sends is the one that punches, it never sends a hole. Any thread
/// may ask.
class Ring {
 public:
  /// What falls out goes in steps of this size.
  static constexpr std::uint64_t kStep = 256 * 1024;

  /// Throws std::system_error where there is no memory for it.
  explicit Ring(WindowSettings window);

  // ---- the thread that appends ----

  /// Whole packets. Throws std::system_error where there is no memory; nothing is appended then.
  void append(Bytes packets, Time now);
  /// Of bytes that were appended.
  void add_point(const ts::JoinPoint& point, Time now);
  void end();

  // ---- the thread that sends ----

  /// Lets go of what is no longer in the window.
  void trim(Time now);
  /// For sendfile, at offsets of the stream. Read from it what needs another way than the kernel's, as TLS
  /// does.
  [[nodiscard]] int file() const noexcept { return file_.get(); }

  // ---- any thread ----

  struct Extent {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    bool ended = false; // nothing will be appended
  };
  [[nodiscard]] Extent extent();
  /// The newest point that has at least so much behind it, or else the oldest; empty where there is none.
  [[nodiscard]] std::optional<ts::JoinPoint> join(Duration old, std::uint64_t bytes, Time now);
  /// The newest point, if it is behind `offset`.
  [[nodiscard]] std::optional<ts::JoinPoint> newest_behind(std::uint64_t offset);
  /// How long the byte there has been here; zero for the one that comes next. Off by no more than kTimeGrain.
  [[nodiscard]] Duration age(std::uint64_t offset, Time now);
  static constexpr std::chrono::milliseconds kTimeGrain{20};

 private:
  struct Point {
    ts::JoinPoint at;
    Time time;
  };
  struct Mark {
    std::uint64_t offset;
    Time time; // when the byte there came
  };
  struct State {
    Extent extent;
    std::deque<Point> points;
    std::deque<Mark> marks; // never empty once something was appended
  };

  [[nodiscard]] std::uint64_t step_to_keep(const State& state, Time now) const;

  WindowSettings window_;
  gx::Descriptor file_;
  std::uint64_t end_ = 0;     // of the thread that appends
  std::uint64_t punched_ = 0; // of the thread that sends
  gx::Guarded<State> state_;
};

} // namespace relevo::fanout
