// SPDX-License-Identifier: LGPL-2.1-or-later
// Outlet: the source pad of an element that brings one stream, whichever source inside it brings the bytes.
#pragma once

#include "gstx/ref.hpp"
#include "gx/guarded.hpp"

#include <atomic>
#include <gst/gst.h>
#include <mutex>

namespace relevo::gstx {

/// Pushes come from one thread at a time.
class Outlet {
 public:
  /// Adds its pad to `element`, which outlives this. The caps of the template are fixed.
  Outlet(GstElement* element, GstStaticPadTemplate* pad);

  [[nodiscard]] GstPad* pad() const noexcept { return pad_; }

  /// The next push begins a new stream.
  void reset();
  /// Stamps the buffer with the time of its arrival. Bytes that come during a flush are lost.
  [[nodiscard]] GstFlowReturn push(gx::Ref<GstBuffer> buffer);
  /// Once in a stream.
  void push_end();
  /// What the application flushes is what is downstream: those who bring the bytes know nothing of it. For
  /// FLUSH_START and FLUSH_STOP; takes the reference.
  bool flush(GstEvent* event);

  [[nodiscard]] std::uint64_t bytes() { return *bytes_.lock(); }

 private:
  void begin();

  GstElement* element_;
  GstPad* pad_; // the element's
  // Of pushes and what must not overtake them. The pad's own lock does the same, but its task holds that
  // while it waits for bytes.
  std::mutex order_;
  bool begun_ = false; // under order_, as the next one
  bool ended_ = false;
  std::atomic<bool> flushing_ = false;
  gx::Guarded<std::uint64_t> bytes_; // since the last reset
};

} // namespace relevo::gstx
