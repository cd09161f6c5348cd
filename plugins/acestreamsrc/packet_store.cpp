// SPDX-License-Identifier: LGPL-2.1-or-later
// A queue of packets that drops the oldest.
#include "packet_store.hpp"

#include "gx/cancel_wake.hpp"
#include "ts/packet.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace relevo::acestreamsrc {

void PacketStore::put(std::vector<std::byte> packets, bool anew) {
  if (packets.empty()) return;
  const std::lock_guard lock(mutex_);
  if (closed_) return;
  size_ += packets.size();
  blocks_.push_back({std::move(packets), anew, 0});
  while (size_ > capacity_ && blocks_.size() > 1) {
    const Block& oldest = blocks_.front();
    size_ -= oldest.packets.size();
    dropped_ += oldest.packets.size() - oldest.taken;
    blocks_.pop_front();
    blocks_.front().anew = true;
  }
  filled_.notify_one();
}

void PacketStore::fail(gstx::SourceFailure failure) {
  const std::lock_guard lock(mutex_);
  failure_ = std::move(failure);
  filled_.notify_one();
}

void PacketStore::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  blocks_.clear();
  size_ = 0;
}

tl::expected<PacketStore::Taken, gstx::SourceFailure> PacketStore::take(MutableBytes room,
                                                                        const gx::CancelToken& token) {
  const gx::CancelWake ends(token, mutex_, filled_);
  std::unique_lock lock(mutex_);
  filled_.wait(lock, [&] { return token.cancelled() || failure_ || !blocks_.empty(); });
  if (token.cancelled()) return Taken{};
  if (blocks_.empty()) return tl::unexpected(*failure_);
  return take_blocks(room.first(room.size() / ts::kPacketSize * ts::kPacketSize));
}

PacketStore::Taken PacketStore::take_blocks(MutableBytes room) {
  Taken taken;
  taken.anew = blocks_.front().anew;
  while (!blocks_.empty() && taken.bytes < room.size()) {
    Block& block = blocks_.front();
    if (taken.bytes > 0 && block.anew) break;
    block.anew = false;
    const auto count = std::min(room.size() - taken.bytes, block.packets.size() - block.taken);
    std::memcpy(room.data() + taken.bytes, block.packets.data() + block.taken, count);
    taken.bytes += count;
    block.taken += count;
    if (block.taken < block.packets.size()) break;
    size_ -= block.packets.size();
    blocks_.pop_front();
  }
  return taken;
}

std::uint64_t PacketStore::dropped() {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

} // namespace relevo::acestreamsrc
