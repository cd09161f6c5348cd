// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * SECTION:element-hlsrestream
 * @title: hlsrestream
 *
 * Cuts a continuous MPEG transport stream into HLS: no demultiplexing, every byte stays as it came. The
 * stream must be as failoversrc gives it: a PAT and a PMT right before the pictures at which players can
 * begin. Every segment begins there, and never changes once it is listed. What comes before the first such
 * place is dropped.
 *
 * With #RelevoHlsRestream:location, segments, parts and playlist are files in one folder. Each appears whole,
 * under its final name, before the playlist that lists it; files that no player can ask for any more are
 * deleted. A start goes on behind what the folder holds: numbers, discontinuities, target duration. A segment
 * that cannot be written is listed as a gap, with a warning on the bus, and the next one is tried; a folder
 * that cannot be used is an error at the start.
 *
 * With or without a folder, three signals say the same: `new-file` (name, bytes), `delete-file` (name) and
 * `new-playlist` (text). They come in the streaming thread, files before the playlist that lists them. The
 * bytes are the memory that came in. Copied are only buffers of several memories, those that fill less than
 * half of their memory, and memory that cannot be shared where a cut falls inside of it. What was held
 * without a folder is forgotten at the stop: the next start lists none of it, and its numbers go on.
 *
 * #RelevoHlsRestream:target-duration is what the playlist promises. Segments end before they break it, as far
 * as the lengths of the groups of pictures could be known; where one is longer alone, the promise is raised
 * for good.
 *
 * With #RelevoHlsRestream:part-duration there are parts (low-latency HLS). Each is there as soon as it is
 * complete. A server that holds requests answers them by the newest playlist; it says so by
 * #RelevoHlsRestream:can-block-reload.
 *
 * Everything it does is an element message `relevo-hls`. Where it stops without EOS, the segment that is not
 * complete is dropped, or ends with its last part.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 tshttpsrc location=http://127.0.0.1:8000/live/h264_1080p25.ts ! hlsrestream location=tv.m3u8
 * ]|
 */
#include "gstx/element.hpp"
#include "gstx/sink_state.hpp"
#include "gx/trampoline.hpp"
#include "hls/parse.hpp"
#include "publisher.hpp"
#include "ts_cutter.hpp"

#include <gst/base/gstbasesink.h>

GST_DEBUG_CATEGORY_STATIC(hls_restream_debug);
#define GST_CAT_DEFAULT hls_restream_debug

namespace relevo::hlsrestream {
namespace {

GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE(
    "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS("video/mpegts, systemstream = (boolean) true"));

enum Signal { kNewFile, kDeleteFile, kNewPlaylist, kSignals };
guint signals[kSignals];

class HlsRestream {
 public:
  using Parent = GstBaseSink;
  using ParentClass = GstBaseSinkClass;
  using Type = gstx::ElementType<HlsRestream>;
  static constexpr const char* kTypeName = "RelevoHlsRestream";
  static GType parent_type() { return GST_TYPE_BASE_SINK; }
  static const gstx::Properties<Settings>& properties() { return settings_table(); }

  explicit HlsRestream(GstBaseSink* sink);
  static void set_up(GstBaseSinkClass* klass);

  [[nodiscard]] gx::Guarded<Settings>& settings() { return settings_; }
  [[nodiscard]] gstx::Structure stats();
  [[nodiscard]] bool start();
  void stop();

 private:
  static void add_signals(GstBaseSinkClass* klass);
  void on_event(GstEventType type);
  [[nodiscard]] GstFlowReturn render(GstBuffer* buffer);

  [[nodiscard]] std::optional<hls::MediaPlaylist> read_before(const Settings& settings);
  [[nodiscard]] Outlet make_outlet();
  [[nodiscard]] GstElement* element() const noexcept { return GST_ELEMENT_CAST(sink_); }

  GstBaseSink* sink_;
  gx::Guarded<Settings> settings_;
  gx::Guarded<Statistics> statistics_;

  // Between start and stop; in the streaming thread.
  std::optional<Publisher> publisher_;
  std::optional<TsCutter> cutter_;
  std::optional<hls::MediaPlaylist> before_; // at the last stop
};

HlsRestream::HlsRestream(GstBaseSink* sink) : sink_(sink) {
  gst_base_sink_set_sync(sink, FALSE);
  gst_base_sink_set_last_sample_enabled(sink, FALSE);
}

void HlsRestream::set_up(GstBaseSinkClass* klass) {
  auto* element_class = GST_ELEMENT_CLASS(klass);
  gst_element_class_add_static_pad_template(element_class, &sink_template);
  gst_element_class_set_static_metadata(element_class, "HLS restreamer", "Sink/Network",
                                        "Cuts a transport stream into HLS segments and parts as it is",
                                        "Relevo");
  element_class->change_state = &gstx::change_sink_state<HlsRestream>;
  klass->event = [](GstBaseSink* sink, GstEvent* event) noexcept -> gboolean {
    gx::call_from_c("event", [=] { Type::of(sink).on_event(GST_EVENT_TYPE(event)); });
    return Type::parent_class()->event(sink, event);
  };
  klass->render = [](GstBaseSink* sink, GstBuffer* buffer) noexcept -> GstFlowReturn {
    GstFlowReturn flow = GST_FLOW_ERROR;
    gx::call_from_c("render", [&] { flow = Type::of(sink).render(buffer); });
    return flow;
  };
  add_signals(klass);
}

void HlsRestream::add_signals(GstBaseSinkClass* klass) {
  const GType type = G_TYPE_FROM_CLASS(klass);
  const auto add = [type](const char* name, std::initializer_list<GType> arguments) {
    return g_signal_newv(name, type, G_SIGNAL_RUN_LAST, nullptr, nullptr, nullptr, nullptr, G_TYPE_NONE,
                         static_cast<guint>(arguments.size()), const_cast<GType*>(arguments.begin()));
  };
  signals[kNewFile] = add("new-file", {G_TYPE_STRING, GST_TYPE_BUFFER_LIST});
  signals[kDeleteFile] = add("delete-file", {G_TYPE_STRING});
  signals[kNewPlaylist] = add("new-playlist", {G_TYPE_STRING});
}

gstx::Structure HlsRestream::stats() {
  const Statistics now = *statistics_.lock();
  gstx::Structure stats("hlsrestream-stats");
  stats.set("segments", now.segments)
      .set("parts", now.parts)
      .set("bytes", now.bytes)
      .set("discontinuities", now.discontinuities)
      .set("gaps", now.gaps)
      .set("next-sequence", now.next_sequence)
      .set("target-duration", now.target_duration);
  return stats;
}

// ---- state changes ----

bool HlsRestream::start() {
  const Settings settings = *settings_.lock();
  auto before = read_before(settings);
  if (!settings.resume_from.empty() && !before) return false;
  publisher_.emplace(element(), settings, make_outlet(), statistics_);
  if (const auto failed = publisher_->start(before)) {
    post_file_failure(element(), GST_MESSAGE_ERROR, *failed,
                      "Nothing can be written to " + settings.location);
    publisher_.reset();
    return false;
  }
  cutter_.emplace(make_segments(settings), *publisher_);
  return true;
}

/// What to go on behind, unless the folder says it. Posts an error where the setting is no playlist.
std::optional<hls::MediaPlaylist> HlsRestream::read_before(const Settings& settings) {
  if (settings.resume_from.empty()) return settings.location.empty() ? before_ : std::nullopt;
  const auto parsed = hls::parse_playlist(settings.resume_from);
  const auto* media = parsed ? std::get_if<hls::MediaPlaylist>(&parsed->playlist) : nullptr;
  if (media) return *media;
  GST_ELEMENT_ERROR(element(), RESOURCE, SETTINGS, ("resume-from is no media playlist"),
                    ("%s", parsed ? "a master playlist" : parsed.error().message.c_str()));
  return {};
}

Outlet HlsRestream::make_outlet() {
  return {[this](const std::string& name, GstBufferList* bytes) {
            g_signal_emit(sink_, signals[kNewFile], 0, name.c_str(), bytes);
          },
          [this](const std::string& name) { g_signal_emit(sink_, signals[kDeleteFile], 0, name.c_str()); },
          [this](const std::string& text) { g_signal_emit(sink_, signals[kNewPlaylist], 0, text.c_str()); }};
}

void HlsRestream::stop() {
  if (!cutter_) return;
  cutter_->abandon();
  publisher_->stop();
  before_ = publisher_->playlist();
  cutter_.reset();
  publisher_.reset();
}

// ---- data ----

void HlsRestream::on_event(GstEventType type) {
  if (!cutter_) return;
  if (type == GST_EVENT_FLUSH_STOP) cutter_->abandon();
  if (type != GST_EVENT_EOS) return;
  cutter_->finish();
  publisher_->end();
}

GstFlowReturn HlsRestream::render(GstBuffer* buffer) {
  switch (cutter_->push(buffer)) {
  case Cut::Fine: return GST_FLOW_OK;
  case Cut::NoPlaceToCut:
    GST_ELEMENT_WARNING(
        element(), STREAM, FORMAT,
        ("The stream has no place to cut for very long: no picture to begin with, right behind PAT and "
         "PMT; what was held of it is lost"),
        ("failoversrc gives streams that have"));
    return GST_FLOW_OK;
  case Cut::NotTransportStream:
    GST_ELEMENT_ERROR(element(), STREAM, WRONG_TYPE, ("What comes is no MPEG transport stream"), (nullptr));
    return GST_FLOW_ERROR;
  case Cut::OddPackets: break;
  }
  GST_ELEMENT_ERROR(element(), STREAM, FORMAT, ("The packets of the stream have more than 188 bytes"),
                    (nullptr));
  return GST_FLOW_ERROR;
}

gboolean register_element(GstPlugin* plugin) noexcept {
  GST_DEBUG_CATEGORY_INIT(hls_restream_debug, "hlsrestream", 0, "HLS restreamer");
  return HlsRestream::Type::register_in(plugin, "hlsrestream");
}

} // namespace
} // namespace relevo::hlsrestream

GST_ELEMENT_REGISTER_DEFINE_CUSTOM(hlsrestream, relevo::hlsrestream::register_element)
