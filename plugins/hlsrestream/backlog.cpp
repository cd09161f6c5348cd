// SPDX-License-Identifier: LGPL-2.1-or-later
// Keeping, finding and sharing of buffers.
#include "backlog.hpp"

#include "gstx/buffer_map.hpp"

#include <algorithm>

namespace relevo::hlsrestream {
namespace {

/// Sources may send few bytes in large blocks; a window of them would take many times its size.
bool is_worth_keeping(GstBuffer* buffer) {
  gsize offset = 0, room = 0;
  const gsize size = gst_buffer_get_sizes(buffer, &offset, &room);
  return gst_buffer_n_memory(buffer) == 1 && 2 * size >= room;
}

gx::Ref<GstBuffer> copy_of(GstBuffer* buffer) {
  const gsize size = gst_buffer_get_size(buffer);
  auto copy = gx::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, size, nullptr));
  const gstx::WriteMap map(copy.get());
  gst_buffer_extract(buffer, 0, map.bytes().data(), size);
  return copy;
}

} // namespace

GstBuffer* Backlog::push(GstBuffer* buffer) {
  const std::uint64_t size = gst_buffer_get_size(buffer);
  auto kept = is_worth_keeping(buffer) ? gx::Ref<GstBuffer>::retain(buffer) : copy_of(buffer);
  blocks_.push_back({end_, size, std::move(kept)});
  end_ += size;
  return blocks_.back().buffer.get();
}

gx::Ref<GstBufferList> Backlog::list(std::uint64_t offset, std::uint64_t size) const {
  auto list = gx::Ref<GstBufferList>::adopt(gst_buffer_list_new());
  const std::uint64_t end = offset + size;
  auto block = std::ranges::upper_bound(blocks_, offset, {}, &Block::offset);
  if (block != blocks_.begin()) --block;
  for (; block != blocks_.end() && block->offset < end; ++block) {
    const std::uint64_t from = std::max(offset, block->offset) - block->offset;
    const std::uint64_t to = std::min(end, block->offset + block->size) - block->offset;
    auto piece = from == 0 && to == block->size
                     ? block->buffer
                     : gx::Ref<GstBuffer>::adopt(gst_buffer_copy_region(
                           block->buffer.get(), GST_BUFFER_COPY_MEMORY, from, to - from));
    gst_buffer_list_add(list.get(), piece.release());
  }
  return list;
}

void Backlog::drop_before(std::uint64_t offset) {
  while (!blocks_.empty() && blocks_.front().offset + blocks_.front().size <= offset)
    blocks_.pop_front();
}

} // namespace relevo::hlsrestream
