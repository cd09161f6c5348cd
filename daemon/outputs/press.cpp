// SPDX-License-Identifier: LGPL-2.1-or-later
// What is asked for again and again is found by its wish; what is the same for several wishes, by its state.
#include "outputs/press.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "kept_files.hpp"
#include "net/etag.hpp"
#include "net/growth.hpp"
#include "store/store.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <utility>

namespace relevo::outputs {
namespace {

/// More kinds of texts nobody asks for; whoever does, has all of them looked at again.
constexpr std::size_t kMostKnown = 1000;
constexpr std::chrono::milliseconds kLook{100}; // whether anybody still waits

std::int64_t version_of(sqlite::Database& database) {
  sqlite::Statement row(database, "PRAGMA data_version");
  return row.step() ? row.column<std::int64_t>(0) : 0;
}

std::string key_of(const std::string& state, bool packed) {
  return concat(state, packed ? ".gz" : "");
}

} // namespace

/// A text on its way into a file. One thread runs it, and the other waits.
class Press::Writing {
 public:
  Writing(const std::string& folder, const Order& order, Edition edition,
          std::unique_ptr<sqlite::Snapshot> snapshot)
      : file_(folder, order.packed),
        over_(order.over),
        edition_(std::move(edition)),
        snapshot_(std::move(snapshot)) {}

  void run(sqlite::Database& database, const gx::CancelToken& ending) noexcept {
    std::exception_ptr failure;
    try {
      edition_.write(database, [&](std::string_view text) {
        // What is one block is given whole, so that its size is told.
        if (growth_->state().size > 0) progress({.begun = true});
        if (ending.cancelled() || (!progress().begun && over_())) throw Abandoned();
        file_.write(text);
        growth_->grow(file_.size());
      });
      file_.finish();
      growth_->grow(file_.size());
    } catch (...) {
      failure = std::current_exception();
    }
    edition_ = {};
    snapshot_.reset();
    growth_->end(!failure);
    progress({.begun = progress().begun, .ended = true, .failure = failure});
  }

  /// For the one who ordered it: returns when something of it is there; empty where that is all. Throws what
  /// failed before.
  [[nodiscard]] std::optional<net::FileBody> await_begin() {
    const auto seen = await([](const Progress& now) { return now.begun || now.ended; });
    if (seen.failure) std::rethrow_exception(seen.failure);
    if (seen.ended) return std::nullopt;
    return net::FileBody{file_.open(), 0, growth_};
  }
  /// For somebody else: the file, where it is whole. Throws Abandoned where nobody waits any more.
  [[nodiscard]] std::optional<TextFile> await_end(const std::function<bool()>& over) {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kLook, [this] { return progress_.ended; }))
      if (over()) throw Abandoned();
    if (progress_.failure) return std::nullopt;
    return std::move(file_);
  }

 private:
  struct Progress {
    bool begun = false; // given to the one who ordered it
    bool ended = false;
    std::exception_ptr failure{};
  };

  [[nodiscard]] Progress progress() {
    const std::lock_guard lock(mutex_);
    return progress_;
  }
  void progress(Progress now) {
    const std::lock_guard lock(mutex_);
    progress_ = std::move(now);
    changed_.notify_all();
  }
  [[nodiscard]] Progress await(bool (*enough)(const Progress&)) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return enough(progress_); });
    return progress_;
  }

  TextFile file_;
  const std::function<bool()> over_; // good until it has begun
  Edition edition_;
  std::unique_ptr<sqlite::Snapshot> snapshot_;
  const std::shared_ptr<net::Growth> growth_ = std::make_shared<net::Growth>();
  std::mutex mutex_;
  std::condition_variable changed_;
  Progress progress_; // under mutex_
};

Press::Press(Settings settings)
    : settings_(std::move(settings)),
      files_(std::make_unique<KeptFiles>(settings_.files)),
      pool_("press", 1) {}

Press::~Press() = default;

net::Response Press::print(const Order& order, const Compose& compose) {
  finish_writing(order.over); // it has the database
  try {
    return look_up(order, compose);
  } catch (const sqlite::Failure&) {
    database_.reset();
    throw;
  }
}

net::Response Press::look_up(const Order& order, const Compose& compose) {
  if (!database_) {
    database_ = store::open_again(settings_.database);
    database_->exec("PRAGMA cache_size = -1000"); // all channels are read once, and then the text is there
    known_.clear();                               // versions are those of a connection
  }
  const auto version =
      version_of(*database_); // may be older than what is then read: that costs one more look
  net::Response response;
  const auto give = [&](const std::string& state) {
    response.etag = state;
    if (net::knows_etag(order.known, state)) return true;
    response.file = files_->find(key_of(state, order.packed));
    return response.file.has_value();
  };
  if (const auto* state = find_state(order.wish, version); state && give(*state)) return response;
  auto snapshot = std::make_unique<sqlite::Snapshot>(*database_);
  auto edition = compose(*database_);
  const auto state = std::to_string(Hash().add(edition.state).value());
  keep_state(order.wish, {version, state});
  if (!give(state))
    response.file = write(key_of(state, order.packed), order, std::move(edition), std::move(snapshot));
  return response;
}

const std::string* Press::find_state(const std::string& wish, std::int64_t version) const {
  const auto found = known_.find(wish);
  return found != known_.end() && found->second.version == version ? &found->second.state : nullptr;
}

void Press::keep_state(const std::string& wish, Known known) {
  if (known_.size() >= kMostKnown) known_.clear();
  known_[wish] = std::move(known);
}

net::FileBody Press::write(const std::string& key, const Order& order, Edition edition,
                           std::unique_ptr<sqlite::Snapshot> snapshot) {
  writing_key_ = key;
  writing_ = std::make_shared<Writing>(settings_.folder, order, std::move(edition), std::move(snapshot));
  pool_.submit(
      [this, writing = writing_](const gx::CancelToken& ending) { writing->run(*database_, ending); });
  if (auto begun = writing_->await_begin()) return *std::move(begun);
  finish_writing(order.over);
  return files_->find(key).value();
}

void Press::finish_writing(const std::function<bool()>& over) {
  if (!writing_) return;
  auto file = writing_->await_end(over);
  writing_ = nullptr;
  if (file) files_->add(writing_key_, *std::move(file));
}

} // namespace relevo::outputs
