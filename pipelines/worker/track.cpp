// SPDX-License-Identifier: LGPL-2.1-or-later
// What is known of formats, and pads that wait.
#include "track.hpp"

#include "gx/trampoline.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace relevo::worker {
namespace {

std::string_view media_type(const GstCaps* caps) {
  return gst_structure_get_name(gst_caps_get_structure(caps, 0));
}

struct Preparation {
  std::string_view media_type;
  std::string_view elements;
};

// Parameter sets go with each random access point, since viewers join anywhere.
constexpr std::array kPreparations{
    Preparation{
        "video/x-h264",
        "h264parse config-interval=-1 ! capsfilter caps=video/x-h264,stream-format=byte-stream,alignment=au"},
    Preparation{
        "video/x-h265",
        "h265parse config-interval=-1 ! capsfilter caps=video/x-h265,stream-format=byte-stream,alignment=au"},
};

} // namespace

Kind kind_of(const GstCaps* caps) {
  const auto type = media_type(caps);
  if (type.starts_with("video/")) return Kind::Video;
  return type.starts_with("audio/") ? Kind::Audio : Kind::Other;
}

std::string name_of(const GstCaps* caps) {
  return std::string(media_type(caps));
}

bool is_parsed(const GstCaps* caps) {
  const GstStructure* format = gst_caps_get_structure(caps, 0);
  const auto says = [format](const char* field) {
    gboolean value = FALSE;
    return gst_structure_get_boolean(format, field, &value) && value;
  };
  if (kind_of(caps) != Kind::Other) return says("parsed") || says("framed");
  const auto type = media_type(caps); // what has one frame in each packet of its container
  return type == "subpicture/x-dvb" || type == "application/x-teletext";
}

std::string_view preparation_for(const GstCaps* caps) {
  const auto* found = std::ranges::find(kPreparations, media_type(caps), &Preparation::media_type);
  return found == kPreparations.end() ? std::string_view() : found->elements;
}

Track::Track(GstPad* pad, std::function<void()> on_data)
    : pad_(gx::Ref<GstPad>::retain(pad)), on_data_(std::move(on_data)) {
  const auto types = GstPadProbeType(GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_DATA_DOWNSTREAM);
  probe_ = gst_pad_add_probe(pad, types, &on_item, this, nullptr);
}

Track::~Track() {
  let_go();
}

void Track::let_go() {
  if (probe_ != 0) gst_pad_remove_probe(pad_.get(), std::exchange(probe_, 0));
}

/// Sticky events pass: they stay with the pad and tell its format.
GstPadProbeReturn Track::on_item(GstPad*, GstPadProbeInfo* info, gpointer data) noexcept {
  auto& self = *static_cast<Track*>(data);
  if (GST_PAD_PROBE_INFO_TYPE(info) & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) {
    const auto type = GST_EVENT_TYPE(GST_PAD_PROBE_INFO_EVENT(info));
    if (type != GST_EVENT_EOS && type != GST_EVENT_GAP) return GST_PAD_PROBE_PASS;
  }
  if (!self.has_data_.exchange(true)) gx::call_from_c("first data", self.on_data_);
  return GST_PAD_PROBE_OK; // waits
}

} // namespace relevo::worker
