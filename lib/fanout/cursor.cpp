// SPDX-License-Identifier: LGPL-2.1-or-later
// Sending to one viewer, and his jumps.
#include "cursor.hpp"

#include <algorithm>
#include <cerrno>
#include <unistd.h>
#include <utility>

namespace relevo::fanout {
namespace {

constexpr std::size_t kBlock = 348 * ts::kPacketSize; // about 64 KiB: larger ones gain nothing
constexpr int kBlocksPerTurn = 16; // so that one who takes a lot does not keep others waiting

Leaving leaving_by(int error) noexcept {
  return error == EPIPE || error == ECONNRESET ? Leaving::HungUp : Leaving::Failed;
}

} // namespace

std::string_view name_of(Leaving leaving) noexcept {
  switch (leaving) {
  case Leaving::Removed: return "removed";
  case Leaving::HungUp: return "hung-up";
  case Leaving::Stalled: return "stalled";
  case Leaving::Ended: return "ended";
  case Leaving::Stopped: return "stopped";
  case Leaving::Failed: break;
  }
  return "failed";
}

Cursor::Cursor(ViewerId id, gx::Descriptor socket, const Policy& policy, std::vector<std::byte> prefix)
    : id_(id),
      socket_(std::move(socket)),
      policy_(policy),
      pending_(std::move(prefix)),
      last_progress_(Clock::now()) {}

Cursor::Turn Cursor::serve(Ring& ring, Time now) {
  const Ring::Extent extent = ring.extent();
  blocked_ = false;
  for (int block = 0; block < kBlocksPerTurn; ++block) {
    while (!pending_.empty())
      if (!send_pending(now)) return blocked_ ? Turn::Blocked : Turn::Leaves;
    if (!find_place(ring, extent, now) || offset_ == extent.end) {
      if (!extent.ended) return Turn::Idle;
      why_ = Leaving::Ended;
      return Turn::Leaves;
    }
    if (pending_.empty() && !send_block(ring, extent, now)) return blocked_ ? Turn::Blocked : Turn::Leaves;
  }
  return Turn::Busy;
}

bool Cursor::out_of_patience(Time now) const noexcept {
  return blocked_ && policy_.patience.count() > 0 && now - last_progress_ > policy_.patience;
}

bool Cursor::send_pending(Time now) {
  const Bytes rest = Bytes(pending_).subspan(pending_sent_);
  const auto sent = socket_.send(rest);
  if (!account(sent, now)) return false;
  pending_sent_ += sent.bytes;
  if (pending_sent_ < pending_.size()) return true;
  pending_.clear();
  pending_sent_ = 0;
  return true;
}

/// False where he has none. Puts what he needs there first into pending_.
bool Cursor::find_place(Ring& ring, const Ring::Extent& extent, Time now) {
  const bool has_place = offset_ && *offset_ >= extent.begin;
  const bool may_be_late = std::exchange(was_blocked_, false);
  if (has_place && !(may_be_late && ring.age(*offset_, now) > policy_.most_lag)) return true;
  const auto point =
      offset_ ? ring.newest_behind(*offset_) : ring.join(policy_.burst_time, policy_.burst_bytes, now);
  if (!point || point->offset >= extent.end) return has_place;
  if (offset_) {
    ++progress_->skips;
    progress_->skipped_bytes += point->offset - *offset_;
  }
  move_to(point->offset);
  pending_ = *point->tables;
  return true;
}

bool Cursor::send_block(Ring& ring, const Ring::Extent& extent, Time now) {
  const auto size = std::min<std::uint64_t>(kBlock, extent.end - *offset_);
  const auto sent = socket_.send_file(ring.file(), *offset_, size);
  if (!account(sent, now)) return false;
  move_to(*offset_ + sent.bytes);
  if (const auto of_packet = sent.bytes % ts::kPacketSize)
    return keep_rest(ring, ts::kPacketSize - of_packet);
  return true;
}

/// Of the packet that the socket took only a part of: it must go out before anything else, also when the ring
/// has let go of it.
bool Cursor::keep_rest(Ring& ring, std::size_t size) {
  pending_.resize(size);
  const auto got = ::pread(ring.file(), pending_.data(), size, static_cast<off_t>(*offset_));
  if (got != static_cast<ssize_t>(size)) {
    why_ = Leaving::Failed;
    return false;
  }
  move_to(*offset_ + size);
  return true;
}

/// False where he is blocked or leaves.
bool Cursor::account(const Socket::Sent& sent, Time now) {
  blocked_ = sent.error == EAGAIN;
  was_blocked_ |= blocked_;
  if (sent.error != 0 && !blocked_) why_ = leaving_by(sent.error);
  if (sent.error != 0) return false;
  progress_->bytes += sent.bytes;
  last_progress_ = now;
  return true;
}

void Cursor::move_to(std::uint64_t offset) {
  offset_ = offset;
  progress_->offset = offset;
}

ViewerReport make_report(ViewerId id, const Progress& progress, Ring& ring, Time now) {
  ViewerReport report;
  report.id = id;
  report.bytes = progress.bytes;
  report.skips = progress.skips;
  report.skipped_bytes = progress.skipped_bytes;
  const std::uint64_t offset = progress.offset;
  if (offset == Progress::kNowhere) return report;
  const auto end = ring.extent().end;
  report.lag_bytes = end - std::min(offset, end);
  report.lag = std::chrono::duration_cast<std::chrono::milliseconds>(ring.age(offset, now));
  return report;
}

} // namespace relevo::fanout
