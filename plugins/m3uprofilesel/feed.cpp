// SPDX-License-Identifier: LGPL-2.1-or-later
// From a source's pad to the outlet.
#include "feed.hpp"

#include "gstx/ref.hpp"
#include "gx/trampoline.hpp"

#include <utility>

namespace relevo::m3uprofilesel {

Feed::Feed(GstBin* bin, gstx::Outlet& outlet, Tell tell)
    : bin_(bin),
      outlet_(outlet),
      tell_(std::move(tell)),
      pad_(gx::Ref<GstPad>::sink(gst_pad_new(nullptr, GST_PAD_SINK))) {
  gst_pad_set_element_private(pad_.get(), this);
  gst_pad_set_chain_function(pad_.get(), [](GstPad* pad, GstObject*, GstBuffer* owned) noexcept {
    auto buffer = gx::Ref<GstBuffer>::adopt(owned);
    GstFlowReturn flow = GST_FLOW_ERROR;
    gx::call_from_c("chain", [&] {
      flow = static_cast<Feed*>(gst_pad_get_element_private(pad))->chain(std::move(buffer));
    });
    return flow;
  });
  gst_pad_set_event_function(pad_.get(), [](GstPad* pad, GstObject*, GstEvent* owned) noexcept -> gboolean {
    const auto event = gx::Ref<GstEvent>::adopt(owned);
    if (GST_EVENT_TYPE(event.get()) == GST_EVENT_EOS)
      gx::call_from_c("eos",
                      [pad] { static_cast<Feed*>(gst_pad_get_element_private(pad))->tell_(Sign::Ended); });
    return TRUE;
  });
}

Feed::~Feed() {
  gst_pad_set_active(pad_.get(), FALSE);
  if (!source_) return;
  gst_element_set_state(source_.get(), GST_STATE_NULL);
  gst_bin_remove(bin_, source_.get());
}

bool Feed::run(gx::Ref<GstElement> source) {
  const auto out = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(source.get(), "src"));
  gst_pad_set_active(pad_.get(), TRUE);
  gst_element_set_locked_state(source.get(), TRUE); // its state is ours, not the bin's
  if (!out || !gst_bin_add(bin_, source.get())) return false;
  source_ = std::move(source);
  return gst_pad_link(out.get(), pad_.get()) == GST_PAD_LINK_OK &&
         gst_element_set_state(source_.get(), GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE;
}

GstFlowReturn Feed::chain(gx::Ref<GstBuffer> buffer) {
  if (gst_buffer_get_size(buffer.get()) == 0) return GST_FLOW_OK;
  if (!std::exchange(has_byte_, true)) tell_(Sign::FirstByte);
  return outlet_.push(std::move(buffer));
}

} // namespace relevo::m3uprofilesel
