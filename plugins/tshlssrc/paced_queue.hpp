// SPDX-License-Identifier: LGPL-2.1-or-later
// PacedQueue: bytes come in as they are downloaded, and leave by the clock that is in them.
#pragma once

#include "base/bytes.hpp"
#include "gx/cancel.hpp"
#include "settings.hpp"
#include "trouble.hpp"
#include "ts/pace.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <tl/expected.hpp>
#include <vector>

namespace relevo::tshlssrc {

/// Between one thread that pushes, any that say how it ends, and one that takes.
class PacedQueue {
 public:
  static constexpr std::size_t kMostBytes = 32 << 20;     // nothing is pushed beyond
  static constexpr std::chrono::seconds kEnoughMedia{10}; // no further segment is begun beyond

  explicit PacedQueue(milliseconds burst) : pacer_({burst}) {}

  /// Waits while there are too many bytes. `follows`: on what was pushed before. Forgets a failure that is
  /// not for good: things go on. False when it is, or when the token ended the wait: nothing was taken.
  bool push(std::vector<std::byte> bytes, bool follows, const gx::CancelToken& token);
  /// Waits until another segment may begin; false when the token ended that.
  bool wait_for_room(const gx::CancelToken& token);
  /// Nothing more will come. What is there still leaves.
  void end();
  /// The same, for a reason. The first that is for good counts.
  void fail(Trouble trouble);

  /// Waits for the time of the next bytes. 0: the end, or the token.
  [[nodiscard]] tl::expected<std::size_t, gstx::SourceFailure> take(MutableBytes room,
                                                                    const gx::CancelToken& token);
  /// Whether the last bytes taken do not follow on those before. For the thread that takes.
  [[nodiscard]] bool discontinuous() const noexcept { return discontinuous_; }

 private:
  struct Piece {
    std::vector<std::byte> bytes;
    std::size_t taken = 0;
    bool follows = true;
  };
  using Lock = std::unique_lock<std::mutex>;

  template <class Predicate>
  bool wait(const gx::CancelToken& token, Predicate ready);
  [[nodiscard]] std::size_t copy(MutableBytes room, const Lock&);

  std::mutex mutex_; // of all but discontinuous_
  std::condition_variable changed_;
  std::deque<Piece> pieces_; // none is empty
  ts::Pacer pacer_;
  std::uint64_t pushed_ = 0;
  std::uint64_t taken_ = 0;
  Failed trouble_;
  bool ended_ = false;
  bool discontinuous_ = false;
};

} // namespace relevo::tshlssrc
