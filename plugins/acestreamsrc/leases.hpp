// SPDX-License-Identifier: LGPL-2.1-or-later
// Leases: one session for each content of an engine, inside this process.
#pragma once

#include "gx/cancel.hpp"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace relevo::acestreamsrc {

/// A second session of the same content would cut the first, for the engine has one a content. All members
/// may be called from any thread.
class Leases {
 public:
  /// The right to one session. Outlived by the Leases that gave it.
  class Lease {
   public:
    Lease(Lease&& other) noexcept
        : leases_(std::exchange(other.leases_, nullptr)),
          engine_(std::move(other.engine_)),
          hashes_(std::move(other.hashes_)) {}
    Lease& operator=(Lease&&) = delete;
    ~Lease();

    /// The content has this hash, too. False: another lease has it.
    [[nodiscard]] bool add(const std::string& hash);

   private:
    friend class Leases;
    Lease(Leases& leases, std::string engine, std::string hash)
        : leases_(&leases), engine_(std::move(engine)), hashes_{std::move(hash)} {}

    Leases* leases_;
    std::string engine_;
    std::set<std::string> hashes_;
  };

  /// Waits for as long as another has it; empty at the end of the time, or when the token was cancelled.
  [[nodiscard]] std::optional<Lease> claim(const std::string& engine, const std::string& hash,
                                           std::chrono::steady_clock::time_point end,
                                           const gx::CancelToken& token);

  /// What engines have said: the infohash of a content id; "" where none has.
  [[nodiscard]] std::string infohash_of(const std::string& content_id);
  void learn(const std::string& content_id, const std::string& infohash);

 private:
  static constexpr std::size_t kMostLearned = 10'000;
  using Key = std::pair<std::string, std::string>; // engine, hash

  std::mutex mutex_;
  std::condition_variable released_;
  std::set<Key> taken_;                        // under mutex_
  std::map<std::string, std::string> learned_; // under mutex_
};

/// Those of this process.
[[nodiscard]] Leases& leases();

} // namespace relevo::acestreamsrc
