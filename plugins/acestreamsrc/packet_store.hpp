// SPDX-License-Identifier: LGPL-2.1-or-later
// PacketStore: what was read from the engine and not yet taken downstream.
#pragma once

#include "base/bytes.hpp"
#include "gstx/source_failure.hpp"
#include "gx/cancel.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <tl/expected.hpp>
#include <vector>

namespace relevo::acestreamsrc {

/// The engine drops readers that pause, so it is never made to wait: what does not fit pushes out the oldest.
/// Holds whole packets.
class PacketStore {
 public:
  explicit PacketStore(std::size_t capacity) : capacity_(capacity) {}

  /// `anew`: does not follow on what was put before.
  void put(std::vector<std::byte> packets, bool anew);
  /// The source has failed. What is here is still given out.
  void fail(gstx::SourceFailure failure);
  /// Nobody takes any more: what is here goes, and what comes.
  void close();

  struct Taken {
    std::size_t bytes = 0; // 0: the token was cancelled
    bool anew = false;
  };
  /// Waits for packets; takes as many as there is room for, up to the next discontinuity.
  [[nodiscard]] tl::expected<Taken, gstx::SourceFailure> take(MutableBytes room,
                                                              const gx::CancelToken& token);

  [[nodiscard]] std::uint64_t dropped();

 private:
  struct Block {
    std::vector<std::byte> packets;
    bool anew = false;
    std::size_t taken = 0;
  };
  [[nodiscard]] Taken take_blocks(MutableBytes room);

  const std::size_t capacity_;
  std::mutex mutex_; // everything below
  std::condition_variable filled_;
  std::deque<Block> blocks_;
  std::size_t size_ = 0; // of all blocks, with what was taken of the first
  std::uint64_t dropped_ = 0;
  std::optional<gstx::SourceFailure> failure_;
  bool closed_ = false;
};

} // namespace relevo::acestreamsrc
