// SPDX-License-Identifier: LGPL-2.1-or-later
// Timing: the times of one track made fit for a transport stream.
#pragma once

#include "decode_times.hpp"
#include "track.hpp"

#include <gst/gst.h>

namespace relevo::worker {

/// For as long as it lives, what goes through the pad is `kRoom` later, and pictures have the decode times
/// that Matroska and RTP do not tell. The room is for the first pictures, which are decoded before the time
/// at which the first is shown: that may be 0, and buffers have no time before it.
class Timing {
 public:
  static constexpr GstClockTimeDiff kRoom = GST_SECOND;

  Timing(GstPad* pad, Kind kind);
  Timing(const Timing&) = delete;
  Timing& operator=(const Timing&) = delete;
  ~Timing();

 private:
  static GstPadProbeReturn on_item(GstPad*, GstPadProbeInfo* info, gpointer self) noexcept;
  [[nodiscard]] GstBuffer* moved(GstBuffer* buffer);

  gx::Ref<GstPad> pad_;
  Kind kind_;
  DecodeTimes decode_times_; // the streaming thread's, as what follows
  bool in_segment_ = false;
  gulong probe_;
};

} // namespace relevo::worker
