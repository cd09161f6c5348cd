// SPDX-License-Identifier: LGPL-2.1-or-later
// Waiting for bytes, for their time, and for room.
#include "paced_queue.hpp"

#include "gx/cancel_wake.hpp"

#include <algorithm>

namespace relevo::tshlssrc {
namespace {

using Clock = std::chrono::steady_clock;

ts::Pacer::Instant now() {
  return std::chrono::duration_cast<ts::Pacer::Instant>(Clock::now().time_since_epoch());
}

} // namespace

template <class Predicate>
bool PacedQueue::wait(const gx::CancelToken& token, Predicate ready) {
  const gx::CancelWake waker(token, mutex_, changed_);
  Lock lock(mutex_);
  changed_.wait(lock, [&] { return token.cancelled() || ready(); });
  return !token.cancelled();
}

bool PacedQueue::push(std::vector<std::byte> bytes, bool follows, const gx::CancelToken& token) {
  if (bytes.empty()) return true;
  if (!wait(token, [this] { return pushed_ - taken_ < kMostBytes; })) return false;
  const Lock lock(mutex_);
  if (trouble_ && trouble_->for_good) return false;
  trouble_.reset();
  pacer_.push(bytes);
  pushed_ += bytes.size();
  pieces_.push_back({std::move(bytes), 0, follows});
  changed_.notify_all();
  return true;
}

bool PacedQueue::wait_for_room(const gx::CancelToken& token) {
  return wait(token, [this] { return pacer_.held() < kEnoughMedia && pushed_ - taken_ < kMostBytes; });
}

void PacedQueue::end() {
  const Lock lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

void PacedQueue::fail(Trouble trouble) {
  const Lock lock(mutex_);
  if (!trouble_ || !trouble_->for_good) trouble_ = std::move(trouble);
  changed_.notify_all();
}

tl::expected<std::size_t, gstx::SourceFailure> PacedQueue::take(MutableBytes room,
                                                                const gx::CancelToken& token) {
  const gx::CancelWake waker(token, mutex_, changed_);
  Lock lock(mutex_);
  while (!token.cancelled()) {
    const std::uint64_t ready = pacer_.allowed(now()) - taken_;
    if (ready > 0) return copy(room.first(std::min<std::uint64_t>(room.size(), ready)), lock);
    if (pieces_.empty() && trouble_) return tl::unexpected(trouble_->failure);
    if (pieces_.empty() && ended_) return 0;
    if (const auto next = pacer_.next())
      changed_.wait_until(lock, Clock::time_point(*next));
    else
      changed_.wait(lock);
  }
  return 0;
}

std::size_t PacedQueue::copy(MutableBytes room, const Lock&) {
  std::size_t copied = 0;
  discontinuous_ = pieces_.front().taken == 0 && !pieces_.front().follows;
  while (copied < room.size()) {
    Piece& piece = pieces_.front();
    if (copied > 0 && piece.taken == 0 && !piece.follows) break; // begins a buffer of its own
    const Bytes rest = Bytes(piece.bytes).subspan(piece.taken);
    const Bytes part = rest.first(std::min(rest.size(), room.size() - copied));
    std::ranges::copy(part, room.data() + copied);
    copied += part.size();
    piece.taken += part.size();
    if (piece.taken == piece.bytes.size()) pieces_.pop_front();
  }
  taken_ += copied;
  changed_.notify_all(); // there is room
  return copied;
}

} // namespace relevo::tshlssrc
