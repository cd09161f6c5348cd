// SPDX-License-Identifier: LGPL-2.1-or-later
// From an element's source pad to the output.
#include "feed.hpp"

#include "gstx/buffer_map.hpp"
#include "gx/trampoline.hpp"

namespace relevo::failoversrc {
namespace {

/// Of real time. What is bursty by nature, HLS and a server that fills players' buffers, stays below it; a
/// file does not.
constexpr policy::Duration kMostAhead = std::chrono::seconds{10};

GQuark id_quark() {
  static const GQuark quark = g_quark_from_static_string("relevo-failover-feed");
  return quark;
}

} // namespace

policy::Time now() {
  return policy::Time{policy::Duration{g_get_monotonic_time()}};
}

Feed::Feed(FeedId id, Output& output, Post post)
    : id_(id), output_(output), source_(output.add_source()), post_(std::move(post)), throttle_(kMostAhead) {
  make_pad();
}

Feed::~Feed() {
  output_.remove_source(source_); // wakes the element's thread where it waits
  gst_pad_set_active(pad_.get(), FALSE);
  if (!element_) return;
  gst_element_set_state(element_.get(), GST_STATE_NULL);
  gst_bin_remove(bin_, element_.get());
}

/// A pad without an element: nothing but this feed needs to know of it.
void Feed::make_pad() {
  pad_ = gx::Ref<GstPad>::sink(gst_pad_new(nullptr, GST_PAD_SINK));
  gst_pad_set_element_private(pad_.get(), this);
  gst_pad_set_chain_function(pad_.get(), [](GstPad* pad, GstObject*, GstBuffer* owned) noexcept {
    const auto buffer = gx::Ref<GstBuffer>::adopt(owned);
    GstFlowReturn flow = GST_FLOW_ERROR;
    gx::call_from_c(
        "chain", [&] { flow = static_cast<Feed*>(gst_pad_get_element_private(pad))->chain(buffer.get()); });
    return flow;
  });
  gst_pad_set_event_function(pad_.get(), [](GstPad* pad, GstObject*, GstEvent* owned) noexcept -> gboolean {
    const auto event = gx::Ref<GstEvent>::adopt(owned);
    if (GST_EVENT_TYPE(event.get()) == GST_EVENT_EOS)
      gx::call_from_c("eos", [pad] { static_cast<Feed*>(gst_pad_get_element_private(pad))->on_end(); });
    return TRUE;
  });
}

bool Feed::run(GstBin* bin, gx::Ref<GstElement> element) {
  g_object_set_qdata_full(G_OBJECT(element.get()), id_quark(), new FeedId(id_),
                          [](gpointer id) { delete static_cast<FeedId*>(id); });
  const auto out = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(element.get(), "src"));
  gst_pad_set_active(pad_.get(), TRUE);
  gst_element_set_locked_state(element.get(), TRUE); // its state is ours, not the bin's
  if (!out || !gst_bin_add(bin, element.get())) return false;
  element_ = std::move(element);
  bin_ = bin;
  return gst_pad_link(out.get(), pad_.get()) == GST_PAD_LINK_OK &&
         gst_element_set_state(element_.get(), GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE;
}

std::optional<FeedId> Feed::find_id(GstObject* object) {
  for (; object; object = GST_OBJECT_PARENT(object))
    if (const auto* id = static_cast<const FeedId*>(g_object_get_qdata(G_OBJECT(object), id_quark())))
      return *id;
  return std::nullopt;
}

Signs Feed::signs() {
  const auto watched = watched_.lock();
  Signs signs = watched->signs;
  if (watched->in_hand_at && signs.last_byte) {
    const policy::Time at = now();
    signs.held += at - *watched->in_hand_at;
    signs.last_byte = at;
  }
  return signs;
}

GstFlowReturn Feed::chain(GstBuffer* buffer) {
  const gstx::ReadMap map(buffer);
  if (map.bytes().empty()) return GST_FLOW_OK;
  watched_.lock()->in_hand_at = now();
  const bool passed = pass_on(map.bytes());
  const auto watched = watched_.lock();
  const policy::Time at = now();
  watched->signs.held += at - *std::exchange(watched->in_hand_at, std::nullopt);
  watched->signs.last_byte = at;
  return passed ? GST_FLOW_OK : GST_FLOW_FLUSHING;
}

/// Takes as long as the output has no room, and as the source is ahead of its time. False: nobody wants it.
bool Feed::pass_on(Bytes bytes) {
  const auto seen = output_.push(source_, bytes);
  if (!seen) return false;
  Observation before;
  bool first = false;
  {
    const auto watched = watched_.lock();
    before = std::exchange(watched->signs.seen, *seen);
    first = watched->signs.bytes == 0;
    watched->signs.bytes += bytes.size();
    watched->signs.last_byte = now();
  }
  tell(before, *seen, first);
  const auto ahead = throttle_.wait(seen->media, now());
  if (ahead > policy::Duration::zero()) output_.wait(source_, ahead);
  return true;
}

void Feed::tell(const Observation& before, const Observation& seen, bool first) {
  if (first) post_(policy::event::Bytes{id_.attempt});
  if (seen.programme && (!before.programme || seen.video != before.video))
    post_(policy::event::Programme{id_.attempt, seen.video});
  if (seen.ready && !before.ready) post_(policy::event::RandomAccess{id_.attempt});
}

void Feed::on_end() {
  post_(policy::event::Failed{id_.attempt, policy::Failure::Ended});
}

} // namespace relevo::failoversrc
