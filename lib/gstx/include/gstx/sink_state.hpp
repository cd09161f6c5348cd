// SPDX-License-Identifier: LGPL-2.1-or-later
// Sinks that work from PAUSED on.
#pragma once

#include "gx/trampoline.hpp"

#include <gst/gst.h>

namespace relevo::gstx {

/// The change_state of a sink with `bool start()`, which says on the bus why it refused, and `void stop()`.
/// GstBaseSink itself would start at READY and stop at NULL.
template <class Impl>
GstStateChangeReturn change_sink_state(GstElement* element, GstStateChange change) noexcept {
  using Type = typename Impl::Type;
  Impl& self = Type::of(element);
  GstStateChangeReturn result = GST_STATE_CHANGE_FAILURE;
  gx::call_from_c("change_state", [&] {
    if (change == GST_STATE_CHANGE_READY_TO_PAUSED && !self.start()) return;
    result = GST_ELEMENT_CLASS(Type::parent_class())->change_state(element, change);
    const bool failed = change == GST_STATE_CHANGE_READY_TO_PAUSED && result == GST_STATE_CHANGE_FAILURE;
    if (change == GST_STATE_CHANGE_PAUSED_TO_READY || failed) self.stop();
  });
  return result;
}

} // namespace relevo::gstx
