// SPDX-License-Identifier: LGPL-2.1-or-later
// Logos: pictures of other servers for the pages of this one, fetched once for all who look.
#pragma once

#include "base/log.hpp"
#include "base/result.hpp"
#include "gx/cancel.hpp"
#include "gx/guarded.hpp"
#include "gx/worker_pool.hpp"
#include "logos/failures.hpp"
#include "logos/fetch.hpp"
#include "logos/shelf.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace relevo::logos {

/// The error says why there is none, for people and without secrets.
using Found = Result<Picture>;
using OnFound = std::function<void(const Found&)>;

/// From any thread. What was fetched is kept; when it is old it is still given out, and fetched again behind
/// that. What failed is not tried again for some minutes.
class Logos {
 public:
  /// `log` must outlive it.
  Logos(const std::string& folder, const std::string& temporary, const Log& log);
  Logos(const Logos&) = delete;
  Logos& operator=(const Logos&) = delete;

  /// Calls back once, before it returns or from a thread of its own; where everybody who wants the logo has
  /// `gone`, or this ends, not at all.
  void find(Wish wish, gx::CancelToken gone, OnFound on_found);

 private:
  struct Asker {
    gx::CancelToken gone;
    OnFound on_found;
  };
  struct Fetching {
    bool renewal = false; // of what is kept: for nobody who waits
    std::vector<Asker> askers;
  };
  struct State {
    std::map<std::string, Fetching> fetching{}; // by key_of()
    Failures failures;                          // by key_of() and server_key_of()
  };

  void begin(const Wish& wish, std::optional<Asker> asker);
  [[nodiscard]] std::optional<std::string> find_failure(const Wish& wish);
  [[nodiscard]] bool join(const Wish& wish, std::optional<Asker> asker);
  void perform(const Wish& wish, const gx::CancelToken& token);
  [[nodiscard]] bool is_wanted(const Wish& wish);
  [[nodiscard]] Found fetch_and_keep(const Wish& wish, const gx::CancelToken& token);
  void keep(const std::string& url, const Picture& picture);
  void remember(const Wish& wish, const Problem& problem);

  const Log& log_;
  Shelf shelf_;
  std::atomic<bool> complained_ = false; // of a disk that does not take them
  gx::Guarded<State> state_;
  gx::WorkerPool pool_; // last: its threads use the others
};

} // namespace relevo::logos
