// SPDX-License-Identifier: LGPL-2.1-or-later
// Events and buffers on the source pad.
#include "outlet.hpp"

#include "gstx/ref.hpp"
#include "gx/handle.hpp"

#include <utility>

namespace relevo::m3uprofilesel {

void Outlet::reset() {
  begun_ = ended_ = false;
  *bytes_.lock() = 0;
}

GstFlowReturn Outlet::push(gx::Ref<GstBuffer> buffer) {
  if (!std::exchange(begun_, true)) begin();
  *bytes_.lock() += gst_buffer_get_size(buffer.get());
  GstBuffer* stamped = gst_buffer_make_writable(buffer.release());
  GST_BUFFER_PTS(stamped) = GST_BUFFER_DTS(stamped) = gst_element_get_current_running_time(element_);
  return gst_pad_push(pad_, stamped);
}

void Outlet::push_end() {
  if (std::exchange(ended_, true)) return;
  if (!std::exchange(begun_, true)) begin();
  gst_pad_push_event(pad_, gst_event_new_eos());
}

void Outlet::begin() {
  const gx::CString id(gst_pad_create_stream_id(pad_, element_, nullptr));
  auto* start = gst_event_new_stream_start(id.get());
  gst_event_set_group_id(start, gst_util_group_id_next());
  gst_pad_push_event(pad_, start);
  const auto caps = gx::Ref<GstCaps>::adopt(gst_pad_get_pad_template_caps(pad_));
  gst_pad_push_event(pad_, gst_event_new_caps(caps.get()));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  gst_pad_push_event(pad_, gst_event_new_segment(&segment));
}

} // namespace relevo::m3uprofilesel
