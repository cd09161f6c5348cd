// SPDX-License-Identifier: LGPL-2.1-or-later
// Events and buffers on the source pad.
#include "gstx/outlet.hpp"

#include "gx/handle.hpp"

#include <utility>

namespace relevo::gstx {
namespace {

gboolean answer(GstPad* pad, GstObject* parent, GstQuery* query) noexcept {
  if (GST_QUERY_TYPE(query) != GST_QUERY_LATENCY) return gst_pad_query_default(pad, parent, query);
  gst_query_set_latency(query, TRUE, 0, GST_CLOCK_TIME_NONE);
  return TRUE;
}

} // namespace

Outlet::Outlet(GstElement* element, GstStaticPadTemplate* pad)
    : element_(element), pad_(gst_pad_new_from_static_template(pad, "src")) {
  gst_pad_set_query_function(pad_, &answer);
  gst_pad_use_fixed_caps(pad_);
  gst_element_add_pad(element, pad_);
}

void Outlet::reset() {
  begun_ = ended_ = false;
  flushing_ = false;
  *bytes_.lock() = 0;
}

GstFlowReturn Outlet::push(gx::Ref<GstBuffer> buffer) {
  const std::lock_guard lock(order_);
  if (!std::exchange(begun_, true)) begin();
  *bytes_.lock() += gst_buffer_get_size(buffer.get());
  GstBuffer* stamped = gst_buffer_make_writable(buffer.release());
  GST_BUFFER_PTS(stamped) = GST_BUFFER_DTS(stamped) = gst_element_get_current_running_time(element_);
  const GstFlowReturn flow = gst_pad_push(pad_, stamped);
  return flow == GST_FLOW_FLUSHING && flushing_ ? GST_FLOW_OK : flow;
}

void Outlet::push_end() {
  const std::lock_guard lock(order_);
  if (std::exchange(ended_, true)) return;
  if (!std::exchange(begun_, true)) begin();
  gst_pad_push_event(pad_, gst_event_new_eos());
}

bool Outlet::flush(GstEvent* event) {
  if (GST_EVENT_TYPE(event) == GST_EVENT_FLUSH_START) {
    flushing_ = true;
    return gst_pad_push_event(pad_, event) != FALSE;
  }
  const std::lock_guard lock(order_);
  const bool flushed = gst_pad_push_event(pad_, event) != FALSE;
  begun_ = false;
  flushing_ = false;
  return flushed;
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

} // namespace relevo::gstx
