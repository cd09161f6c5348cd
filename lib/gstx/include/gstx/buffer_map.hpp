// SPDX-License-Identifier: LGPL-2.1-or-later
// BufferMap: the bytes of a GstBuffer for a scope.
#pragma once

#include "base/bytes.hpp"
#include "gstx/ref.hpp"

#include <gst/gst.h>

namespace relevo::gstx {

/// Maps for as long as it lives; the buffer must live as long, and to be written to, it must be nobody
/// else's. False, with no bytes, where it cannot be mapped. A buffer of several memories is copied into one.
template <GstMapFlags flags, class View>
class BufferMap {
 public:
  explicit BufferMap(GstBuffer* buffer) noexcept : buffer_(buffer) {
    if (!gst_buffer_map(buffer, &info_, flags)) buffer_ = nullptr;
  }
  BufferMap(const BufferMap&) = delete;
  BufferMap& operator=(const BufferMap&) = delete;
  ~BufferMap() {
    if (buffer_) gst_buffer_unmap(buffer_, &info_);
  }

  explicit operator bool() const noexcept { return buffer_ != nullptr; }
  [[nodiscard]] View bytes() const noexcept {
    if (!buffer_) return {};
    return {reinterpret_cast<typename View::pointer>(info_.data), info_.size};
  }

 private:
  GstBuffer* buffer_;
  GstMapInfo info_{};
};

using ReadMap = BufferMap<GST_MAP_READ, Bytes>;
using WriteMap = BufferMap<GST_MAP_READWRITE, MutableBytes>;

} // namespace relevo::gstx
