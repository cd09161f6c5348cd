// SPDX-License-Identifier: LGPL-2.1-or-later
// Backlog: the newest bytes of a stream, in the memory in which they came.
#pragma once

#include "gstx/ref.hpp"

#include <cstdint>
#include <deque>

namespace relevo::hlsrestream {

class Backlog {
 public:
  /// Adds what comes next and returns the buffer that is kept. That is the same one, except where it is
  /// copied: one that consists of several memories, or that fills less than half of its memory.
  GstBuffer* push(GstBuffer* buffer);

  /// Bytes that are there, as buffers that share their memory; what cannot be shared is copied.
  [[nodiscard]] gx::Ref<GstBufferList> list(std::uint64_t offset, std::uint64_t size) const;

  void drop_before(std::uint64_t offset);
  void clear() { blocks_.clear(); }
  [[nodiscard]] std::uint64_t end() const noexcept { return end_; } // offset of the byte that comes next

 private:
  struct Block {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    gx::Ref<GstBuffer> buffer;
  };

  std::deque<Block> blocks_;
  std::uint64_t end_ = 0;
};

} // namespace relevo::hlsrestream
