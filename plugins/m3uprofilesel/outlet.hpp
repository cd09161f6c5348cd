// SPDX-License-Identifier: LGPL-2.1-or-later
// Outlet: the element's source pad, which gives one stream whichever source brings it.
#pragma once

#include "gx/guarded.hpp"
#include "gx/ref.hpp"

#include <gst/gst.h>

namespace relevo::m3uprofilesel {

/// Pushes come from one thread at a time: that of the source, or of the player where there is none.
class Outlet {
 public:
  /// `pad` belongs to `element`, which outlives this.
  Outlet(GstElement* element, GstPad* pad) : element_(element), pad_(pad) {}

  /// The next push begins a new stream.
  void reset();
  /// Stamps the buffer with the time of its arrival. Takes the reference.
  [[nodiscard]] GstFlowReturn push(gx::Ref<GstBuffer> buffer);
  /// Once in a stream.
  void push_end();

  [[nodiscard]] std::uint64_t bytes() { return *bytes_.lock(); }

 private:
  void begin();

  GstElement* element_;
  GstPad* pad_;
  bool begun_ = false;
  bool ended_ = false;
  gx::Guarded<std::uint64_t> bytes_; // since the last reset
};

} // namespace relevo::m3uprofilesel
