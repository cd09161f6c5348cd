// SPDX-License-Identifier: LGPL-2.1-or-later
// Recorder: writes down what happens, without anybody waiting for it.
#pragma once

#include "base/log.hpp"
#include "model/measured.hpp"
#include "sqlite/database.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace relevo::history {

struct RecorderSettings {
  std::int64_t most_events = 100'000; // the newest; older ones go
  std::chrono::hours age{24 * 30};    // what is older goes, too
  std::chrono::milliseconds batch{250};
  std::size_t queue = 10'000; // events that may wait; those beyond are lost, and counted
};

/// Has a thread of its own, with a connection of its own to the database. Any thread may call.
class Recorder {
 public:
  /// `database`: its file. `log` must outlive it, and take lines from any thread.
  Recorder(std::string database, const Log& log, RecorderSettings settings = {});
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;
  /// When what was recorded has been written, or cannot be.
  ~Recorder();

  /// Return at once. What is recorded is in the database a batch later; of each stream what came last.
  void record(model::PastEvent event);
  void record(const model::StreamPenalty& penalty);
  void record(const model::StreamFailure& failure);
  void record(const model::Measured& measured);

  /// Events that could not be written, because the database failed or was too slow.
  [[nodiscard]] std::uint64_t lost() const noexcept { return lost_; }
  /// The last batch could not be written.
  [[nodiscard]] bool failing() const noexcept { return failing_; }

 private:
  template <class T>
  using OfStreams = std::map<model::StreamId, T>;
  struct Batch {
    std::deque<model::PastEvent> events;
    OfStreams<model::StreamPenalty> penalties;
    OfStreams<model::StreamFailure> failures;
    OfStreams<model::Measured> measured;

    [[nodiscard]] bool empty() const noexcept {
      return events.empty() && penalties.empty() && failures.empty() && measured.empty();
    }
  };

  template <class T>
  void keep(OfStreams<T> Batch::*all, const T& last);
  void run();
  [[nodiscard]] Batch take();
  void write(const Batch& batch);
  void write_all(sqlite::Database& database, const Batch& batch);
  void tidy(sqlite::Database& database) const;

  const std::string file_;
  const Log& log_;
  const RecorderSettings settings_;
  std::atomic<std::uint64_t> lost_ = 0;
  std::atomic<bool> failing_ = false;
  std::optional<sqlite::Database> database_; // of the thread

  std::mutex mutex_;
  std::condition_variable wake_;
  Batch waiting_;       // under mutex_
  bool ending_ = false; // under mutex_
  std::thread thread_;  // last: it uses the others
};

} // namespace relevo::history
