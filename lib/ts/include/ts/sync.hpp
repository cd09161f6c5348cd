// SPDX-License-Identifier: LGPL-2.1-or-later
// Finds the packets in a byte stream: any chunking, 188, 192 or 204 bytes a packet, again after a loss of
// sync.
#pragma once

#include "ts/packet.hpp"

#include <algorithm>
#include <cstring>

namespace relevo::ts {

/// What comes out depends on the bytes alone, never on how they were cut into blocks. Packets are handed out
/// in place where they lie whole inside a block, so a caller may rewrite them there; one that straddles two
/// blocks is handed out from an inner buffer and is only valid during the call.
class PacketSync {
 public:
  /// Bytes in which a transport stream must have shown itself (see bytes_since_packet).
  static constexpr std::size_t kGiveUpBytes = 64 * 1024;

  /// Calls on_packet(std::byte* packet) for every packet, in order.
  template <class OnPacket>
  void push(MutableBytes block, OnPacket&& on_packet) {
    take(block, on_packet);
  }
  /// As push, for those who only look: calls on_packet(const std::byte* packet).
  template <class OnPacket>
  void read(Bytes block, OnPacket&& on_packet) {
    take(block, on_packet);
  }

  /// The stream has ended: hands out what the inner buffer still holds.
  template <class OnPacket>
  void finish(OnPacket&& on_packet) {
    consume(MutableBytes{carry_.data(), carried_}, true, on_packet);
    carried_ = 0;
  }

  [[nodiscard]] bool locked() const noexcept { return stride_ != 0; }
  [[nodiscard]] std::size_t stride() const noexcept { return stride_; } // 0 while searching
  [[nodiscard]] std::uint64_t skipped_bytes() const noexcept { return skipped_; }
  [[nodiscard]] std::uint64_t losses() const noexcept { return losses_; }
  /// Where the packet that was handed out last began, counted from the first byte of the stream.
  [[nodiscard]] std::uint64_t packet_offset() const noexcept { return packet_offset_; }
  /// Grows while no packet is found; past kGiveUpBytes this is not a transport stream.
  [[nodiscard]] std::size_t bytes_since_packet() const noexcept { return since_packet_; }

 private:
  static constexpr std::array<std::size_t, 3> kStrides{188, 192, 204};
  static constexpr std::size_t kProof = 5; // sync bytes in a row that make a lock
  static constexpr std::size_t kLookAhead = (kProof - 1) * 204 + 1;

  template <class Byte, class OnPacket>
  void take(std::span<Byte> block, OnPacket& on_packet) {
    while (carried_ > 0 && !block.empty()) {
      const std::size_t taken = std::min(block.size(), carry_.size() - carried_);
      std::memcpy(carry_.data() + carried_, block.data(), taken);
      const std::size_t used = consume(MutableBytes{carry_.data(), carried_ + taken}, false, on_packet);
      if (used >= carried_) {
        block = block.subspan(used - carried_);
        carried_ = 0;
      } else {
        carried_ += taken - used;
        std::memmove(carry_.data(), carry_.data() + used, carried_);
        block = block.subspan(taken);
      }
    }
    if (block.empty()) return;
    const std::size_t used = consume(block, false, on_packet);
    carried_ = block.size() - used;
    if (carried_ > 0) std::memcpy(carry_.data(), block.data() + used, carried_);
  }

  /// Returns how many bytes are done with; the rest must come again with more behind it.
  template <class Byte, class OnPacket>
  std::size_t consume(std::span<Byte> data, bool final, OnPacket& on_packet) {
    std::size_t at = 0;
    while (at < data.size()) {
      if (!locked()) {
        if (!search(data, at, final)) break;
      } else if (gap_ > 0) {
        const std::size_t step = std::min(gap_, data.size() - at);
        gap_ -= step;
        at += step;
      } else if (data[at] != kSyncByte) {
        stride_ = 0;
        ++losses_;
      } else if (at + kPacketSize <= data.size()) {
        packet_offset_ = strides_ + skipped_;
        strides_ += stride_;
        on_packet(data.data() + at);
        since_packet_ = 0;
        gap_ = stride_ - kPacketSize;
        at += kPacketSize;
      } else {
        break;
      }
    }
    return at;
  }

  /// Moves `at` to the next packet start and locks; false when that needs more bytes.
  bool search(Bytes data, std::size_t& at, bool final) noexcept {
    for (; at < data.size(); ++at, ++skipped_, ++since_packet_) {
      if (!final && at + kLookAhead > data.size()) return false;
      if (data[at] != kSyncByte) continue;
      for (const std::size_t stride : kStrides) {
        if (!proven(data.subspan(at), stride)) continue;
        stride_ = stride;
        gap_ = 0;
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] static bool proven(Bytes data, std::size_t stride) noexcept {
    for (std::size_t i = 1; i < kProof && i * stride < data.size(); ++i)
      if (data[i * stride] != kSyncByte) return false;
    return true;
  }

  std::array<std::byte, 2 * kLookAhead> carry_;
  std::size_t carried_ = 0;
  std::size_t stride_ = 0;
  std::size_t gap_ = 0;       // bytes between the last packet and the next
  std::uint64_t strides_ = 0; // bytes of all packets, with the gaps behind them
  std::uint64_t packet_offset_ = 0;
  std::uint64_t skipped_ = 0;
  std::uint64_t losses_ = 0;
  std::size_t since_packet_ = 0;
};

} // namespace relevo::ts
