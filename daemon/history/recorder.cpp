// SPDX-License-Identifier: LGPL-2.1-or-later
// The thread that writes history.
#include "history/recorder.hpp"

#include "base/text.hpp"
#include "store/events.hpp"
#include "store/penalties.hpp"
#include "store/store.hpp"
#include "store/stream_past.hpp"

#include <exception>
#include <pthread.h>
#include <utility>

namespace relevo::history {
namespace {

constexpr std::chrono::hours kTidyAnyway{1};
constexpr std::int64_t kTidyStep = 1000; // events, which take a few milliseconds
// The most that a stream can have is next to nothing after that many half-lives of minutes.
constexpr std::chrono::hours kPenaltyAge{24};

} // namespace

Recorder::Recorder(std::string database, const Log& log, RecorderSettings settings)
    : file_(std::move(database)), log_(log), settings_(settings), thread_([this] { run(); }) {}

Recorder::~Recorder() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Recorder::record(model::PastEvent event) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.events.size() >= settings_.queue) {
      ++lost_;
      return;
    }
    waiting_.events.push_back(std::move(event));
  }
  wake_.notify_one();
}

template <class T>
void Recorder::keep(OfStreams<T> Batch::*all, const T& last) {
  {
    const std::lock_guard lock(mutex_);
    (waiting_.*all).insert_or_assign(last.stream, last);
  }
  wake_.notify_one();
}

void Recorder::record(const model::StreamPenalty& penalty) {
  keep(&Batch::penalties, penalty);
}

void Recorder::record(const model::StreamFailure& failure) {
  keep(&Batch::failures, failure);
}

void Recorder::record(const model::Measured& measured) {
  keep(&Batch::measured, measured);
}

void Recorder::run() {
  pthread_setname_np(pthread_self(), "history");
  for (bool ending = false; !ending;) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, kTidyAnyway, [this] { return ending_ || !waiting_.empty(); });
      // What comes in a moment is one transaction.
      wake_.wait_for(lock, settings_.batch, [this] { return ending_; });
      ending = ending_;
    }
    write(take());
  }
}

Recorder::Batch Recorder::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(waiting_, {});
}

/// A failure is told once, and once more when it is over. Nothing that cannot be written ends the daemon.
void Recorder::write(const Batch& batch) {
  std::size_t unwritten = batch.events.size();
  try {
    if (!database_) database_ = store::open_again(file_);
    write_all(*database_, batch);
    unwritten = 0;
    tidy(*database_);
    if (failing_.exchange(false))
      log_.write(LogLevel::Info, concat("history is written again; ", lost_.load(), " events were lost"));
  } catch (const std::exception& failure) {
    lost_ += unwritten;
    if (!failing_.exchange(true))
      log_.write(LogLevel::Error, concat("history cannot be written: ", failure.what()));
  }
}

void Recorder::write_all(sqlite::Database& database, const Batch& batch) {
  if (batch.empty()) return;
  sqlite::Transaction transaction(database);
  for (const auto& event : batch.events)
    store::insert_event(database, event);
  for (const auto& [stream, penalty] : batch.penalties)
    store::save_penalty(database, penalty);
  for (const auto& [stream, failure] : batch.failures)
    store::save_failure(database, failure);
  for (const auto& [stream, measured] : batch.measured)
    store::save_measured(database, measured);
  transaction.commit();
}

void Recorder::tidy(sqlite::Database& database) const {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  store::trim_events(database, {settings_.most_events, now - settings_.age}, kTidyStep);
  store::erase_penalties(database, now - kPenaltyAge);
}

} // namespace relevo::history
