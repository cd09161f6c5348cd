// SPDX-License-Identifier: LGPL-2.1-or-later
// A probe that moves times and adds those that are missing.
#include "timing.hpp"

namespace relevo::worker {
namespace {

void move(GstClockTime& time) {
  if (GST_CLOCK_TIME_IS_VALID(time)) time += Timing::kRoom;
}

/// What is later is still inside.
GstEvent* widened(GstEvent* event) {
  GstSegment segment;
  gst_event_copy_segment(event, &segment);
  move(segment.stop);
  const auto seqnum = gst_event_get_seqnum(event);
  gst_event_unref(event);
  event = gst_event_new_segment(&segment);
  gst_event_set_seqnum(event, seqnum);
  return event;
}

/// No source is live to the muxer: of a live one it would wait for no track, not even for the first data of
/// each.
GstPadProbeReturn answer(GstQuery* query) {
  if (GST_QUERY_TYPE(query) != GST_QUERY_LATENCY) return GST_PAD_PROBE_OK;
  gst_query_set_latency(query, FALSE, 0, GST_CLOCK_TIME_NONE);
  return GST_PAD_PROBE_HANDLED;
}

DecodeTimes::Time time_of(GstClockTime time) {
  return DecodeTimes::Time{GST_CLOCK_TIME_IS_VALID(time) ? static_cast<DecodeTimes::Time::rep>(time) : 0};
}

} // namespace

Timing::Timing(GstPad* pad, Kind kind) : pad_(gx::Ref<GstPad>::retain(pad)), kind_(kind) {
  const auto types = GstPadProbeType(GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM |
                                     GST_PAD_PROBE_TYPE_QUERY_UPSTREAM);
  probe_ = gst_pad_add_probe(pad, types, &on_item, this, nullptr);
}

Timing::~Timing() {
  gst_pad_remove_probe(pad_.get(), probe_);
}

GstPadProbeReturn Timing::on_item(GstPad*, GstPadProbeInfo* info, gpointer data) noexcept {
  auto& self = *static_cast<Timing*>(data);
  const auto type = GST_PAD_PROBE_INFO_TYPE(info);
  if ((type & GST_PAD_PROBE_TYPE_QUERY_UPSTREAM) != 0) return answer(GST_PAD_PROBE_INFO_QUERY(info));
  if ((type & GST_PAD_PROBE_TYPE_BUFFER) != 0) {
    info->data = self.moved(GST_PAD_PROBE_INFO_BUFFER(info));
    return GST_PAD_PROBE_OK;
  }
  auto* event = GST_PAD_PROBE_INFO_EVENT(info);
  if (GST_EVENT_TYPE(event) == GST_EVENT_SEGMENT) {
    self.in_segment_ = true;
    info->data = widened(event);
  }
  // tsdemux tells of gaps before it tells what their times mean.
  return GST_EVENT_TYPE(event) == GST_EVENT_GAP && !self.in_segment_ ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

GstBuffer* Timing::moved(GstBuffer* buffer) {
  buffer = gst_buffer_make_writable(buffer);
  move(GST_BUFFER_PTS(buffer));
  move(GST_BUFFER_DTS(buffer));
  if (kind_ != Kind::Video || GST_BUFFER_DTS_IS_VALID(buffer) || !GST_BUFFER_PTS_IS_VALID(buffer))
    return buffer;
  const auto decoded =
      decode_times_.next(time_of(GST_BUFFER_PTS(buffer)), time_of(GST_BUFFER_DURATION(buffer)));
  if (decoded >= DecodeTimes::Time::zero())
    GST_BUFFER_DTS(buffer) = static_cast<GstClockTime>(decoded.count());
  return buffer;
}

} // namespace relevo::worker
