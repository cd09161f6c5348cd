// SPDX-License-Identifier: LGPL-2.1-or-later
// Output: the splicer between the threads of the sources and the one that pushes downstream.
#pragma once

#include "policy/time.hpp"
#include "ts/splice.hpp"
#include "ts/vitals.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

namespace relevo::failoversrc {

/// What a push showed of its source.
struct Observation {
  bool programme = false;   // known
  bool video = false;       // the programme has it
  bool ready = false;       // a switch to it would happen at once
  policy::Duration media{}; // time of it that was received so far
  ts::Vitals vitals;        // of the last look
  std::uint64_t continuity_errors = 0;
};

/// Any thread may call any member; nothing is called out with its lock held.
class Output {
 public:
  /// Begins a new stream, paused. Nobody may be waiting in it.
  void begin(ts::Service service);
  /// Bytes come in and go out; or wait, while paused. What was sent is gone on from.
  void run() { set(Mode::Running); }
  void pause() { set(Mode::Paused); }
  /// Nobody waits in it any more, until it begins anew.
  void shut() { set(Mode::Shut); }

  [[nodiscard]] ts::SourceId add_source();
  /// What is whole of it still counts. Wakes a push that waits; later ones return nothing.
  void remove_source(ts::SourceId id);
  void switch_to(ts::SourceId id);
  /// Waits while this source is on and nobody takes what there is already. Nothing: it was removed, or this
  /// does not run.
  [[nodiscard]] std::optional<Observation> push(ts::SourceId id, Bytes bytes);
  /// Waits, unless the source is removed or this no longer runs.
  void wait(ts::SourceId id, policy::Duration duration);

  /// Waits for bytes: those behind a pause come at once, the others at most once in a tick. Empty: shut.
  /// The bytes go to `take`, which makes what it needs of them in place.
  template <class Take>
  auto take(Take take) -> decltype(take(Bytes{}));

  [[nodiscard]] ts::SpliceCounters counters() const;

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t kBlock = std::size_t{64} << 10; // worth a push of its own
  static constexpr std::size_t kMost = std::size_t{4} << 20;   // untaken
  static constexpr std::chrono::milliseconds kTick{50};
  static constexpr std::chrono::milliseconds kLookInterval{500}; // between looks at a source's vitals

  enum class Mode { Paused, Running, Shut };
  struct Feed {
    ts::SourceId id;
    ts::VitalsWatch watch;
    ts::Vitals vitals;
    Clock::time_point looked_at;
  };
  using Lock = std::unique_lock<std::mutex>;

  void set(Mode mode);
  [[nodiscard]] Feed* find(Lock&, ts::SourceId id);
  [[nodiscard]] Observation observe(Lock&, Feed& feed) const;
  [[nodiscard]] bool wait_for_bytes(Lock& lock);

  mutable std::mutex mutex_;
  std::condition_variable bytes_there_, room_there_;
  ts::Splicer splicer_;
  std::vector<Feed> feeds_;
  Mode mode_ = Mode::Shut;
  Clock::time_point taken_at_{};
};

template <class Take>
auto Output::take(Take take) -> decltype(take(Bytes{})) {
  Lock lock(mutex_);
  if (!wait_for_bytes(lock)) return {};
  auto taken = take(splicer_.output());
  splicer_.clear_output();
  taken_at_ = Clock::now();
  room_there_.notify_all();
  return taken;
}

} // namespace relevo::failoversrc
