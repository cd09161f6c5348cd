// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * SECTION:element-tsfanoutsink
 * @title: tsfanoutsink
 *
 * Sends a live MPEG transport stream to many sockets. An application with a server of its own hands over each
 * socket by the action `add-viewer` (descriptor, options), which returns the id of the viewer, or 0 where it
 * refuses. From then on the descriptor belongs to the element, also when it refused: who goes on needing his
 * own hands over a duplicate. It must be a connected stream socket, over TCP or local; it becomes
 * non-blocking. One thread sends for all sinks of a process, and no viewer slows another one or the stream.
 *
 * The options are a structure, or null; each replaces the property of its name for this viewer: `burst-time`,
 * `burst-bytes`, `max-lag`, `viewer-timeout`. A further one, `prefix` (a string or GBytes), is sent before
 * anything else: the header of an HTTP answer, for instance. An option that does not exist is refused.
 *
 * A viewer gets PAT and PMT, and then the stream from a random access picture on (without video, from any
 * unit of sound): the newest that fills his player by #RelevoTsFanoutSink:burst-time and
 * #RelevoTsFanoutSink:burst-bytes, or else the oldest. Where there is none yet, he waits. Who does not take
 * what comes and falls behind by more than #RelevoTsFanoutSink:max-lag, or out of the window, jumps to the
 * newest such picture, again with PAT and PMT. The stream should be as failoversrc gives it, of one
 * programme; tables may stand anywhere. Only whole packets of 188 bytes are sent; what is none is left out.
 *
 * When a viewer has gone and his socket is closed, the signal `viewer-gone` (id, reason, statistics) says so,
 * in the sending thread: a handler must not wait for anything, and not change the state of the element; it
 * may add and remove viewers. Reasons: `removed` by the action `remove-viewer` (id), `hung-up` by himself or
 * by shutting down his sending side, `stalled` for longer than #RelevoTsFanoutSink:viewer-timeout, `ended`
 * with everything of a stream that has ended, `stopped`, `failed`.
 *
 * Viewers can be added from PAUSED on. At EOS each gets the rest and goes; EOS itself waits for nobody. When
 * the element leaves PAUSED for READY, viewers get what their sockets take at once, and go. In PAUSED they
 * stay and get nothing new. A flush changes nothing for them; behind EOS only a new start serves viewers.
 *
 * Who comes, who is refused and who goes is an element message `relevo-fanout`.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 tshttpsrc location=http://127.0.0.1:8000/live/h264_1080p25.ts ! tee name=t ! queue !
 * tsfanoutsink t. ! queue ! filesink location=out.ts
 * ]|
 */
#include "gstx/buffer_map.hpp"
#include "gstx/contract.hpp"
#include "gstx/element.hpp"
#include "gstx/sink_state.hpp"
#include "gx/guarded.hpp"
#include "gx/trampoline.hpp"
#include "settings.hpp"

#include <gst/base/gstbasesink.h>
#include <system_error>

GST_DEBUG_CATEGORY_STATIC(ts_fanout_sink_debug);
#define GST_CAT_DEFAULT ts_fanout_sink_debug

namespace relevo::tsfanoutsink {
namespace {

using fanout::Channel;
using fanout::ViewerId;
using fanout::ViewerReport;

GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE(
    "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS("video/mpegts, systemstream = (boolean) true"));

guint viewer_gone_signal;

/// Of viewers who have gone.
struct Totals {
  std::uint64_t viewers = 0;
  std::uint64_t bytes = 0;
  std::uint64_t skips = 0;

  void add(const ViewerReport& report) {
    ++viewers;
    bytes += report.bytes;
    skips += report.skips;
  }
};

gstx::Structure to_structure(const ViewerReport& report) {
  gstx::Structure viewer("viewer");
  viewer.set("viewer", report.id)
      .set("bytes", report.bytes)
      .set("skips", report.skips)
      .set("skipped-bytes", report.skipped_bytes)
      .set("lag-bytes", report.lag_bytes)
      .set("lag", static_cast<std::uint64_t>(std::chrono::nanoseconds(report.lag).count()));
  return viewer;
}

class TsFanoutSink {
 public:
  using Parent = GstBaseSink;
  using ParentClass = GstBaseSinkClass;
  using Type = gstx::ElementType<TsFanoutSink>;
  static constexpr const char* kTypeName = "RelevoTsFanoutSink";
  static GType parent_type() { return GST_TYPE_BASE_SINK; }
  static const gstx::Properties<Settings>& properties() { return settings_table(); }

  explicit TsFanoutSink(GstBaseSink* sink);
  static void set_up(GstBaseSinkClass* klass);

  [[nodiscard]] gx::Guarded<Settings>& settings() { return settings_; }
  [[nodiscard]] gstx::Structure stats();
  [[nodiscard]] bool start();
  void stop();

 private:
  static void add_signals(GstBaseSinkClass* klass);
  static guint64 on_add_viewer(GstBaseSink* sink, gint socket, GstStructure* options) noexcept;
  static gboolean on_remove_viewer(GstBaseSink* sink, guint64 id) noexcept;

  [[nodiscard]] GstFlowReturn render(GstBuffer* buffer);

  [[nodiscard]] ViewerId add_viewer(gx::Descriptor socket, const GstStructure* options);
  [[nodiscard]] tl::expected<ViewerId, std::string> try_to_add(gx::Descriptor socket,
                                                               const GstStructure* options);
  void on_gone(const ViewerReport& report, fanout::Leaving why);
  void say(const char* decision, gstx::Structure what) {
    post(std::move(what.set(contract::kDecision, decision)));
  }
  void post(gstx::Structure what) { gstx::post_message(element(), std::move(what)); }
  [[nodiscard]] GstElement* element() const noexcept { return GST_ELEMENT_CAST(sink_); }

  GstBaseSink* sink_;
  gx::Guarded<Settings> settings_;
  gx::Guarded<Totals> gone_;
  gx::Guarded<std::unique_ptr<Channel>> channel_; // between start and stop
  Channel* stream_ = nullptr;                     // the same, for the streaming thread
};

TsFanoutSink::TsFanoutSink(GstBaseSink* sink) : sink_(sink) {
  gst_base_sink_set_sync(sink, FALSE);
  gst_base_sink_set_last_sample_enabled(sink, FALSE);
}

void TsFanoutSink::set_up(GstBaseSinkClass* klass) {
  auto* element_class = GST_ELEMENT_CLASS(klass);
  gst_element_class_add_static_pad_template(element_class, &sink_template);
  gst_element_class_set_static_metadata(element_class, "Transport stream fan-out", "Sink/Network",
                                        "Sends a live transport stream to many sockets", "Relevo");
  element_class->change_state = &gstx::change_sink_state<TsFanoutSink>;
  klass->event = [](GstBaseSink* sink, GstEvent* event) noexcept -> gboolean {
    gx::call_from_c("event", [=] {
      Channel* const stream = Type::of(sink).stream_;
      if (GST_EVENT_TYPE(event) == GST_EVENT_EOS && stream) stream->end();
    });
    return Type::parent_class()->event(sink, event);
  };
  klass->render = [](GstBaseSink* sink, GstBuffer* buffer) noexcept -> GstFlowReturn {
    GstFlowReturn flow = GST_FLOW_ERROR;
    gx::call_from_c("render", [&] { flow = Type::of(sink).render(buffer); });
    return flow;
  };
  add_signals(klass);
}

void TsFanoutSink::add_signals(GstBaseSinkClass* klass) {
  const GType type = G_TYPE_FROM_CLASS(klass);
  const auto action = GSignalFlags(G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION);
  g_signal_new_class_handler("add-viewer", type, action, G_CALLBACK(&on_add_viewer), nullptr, nullptr,
                             nullptr, G_TYPE_UINT64, 2, G_TYPE_INT, GST_TYPE_STRUCTURE);
  g_signal_new_class_handler("remove-viewer", type, action, G_CALLBACK(&on_remove_viewer), nullptr, nullptr,
                             nullptr, G_TYPE_BOOLEAN, 1, G_TYPE_UINT64);
  viewer_gone_signal = g_signal_new("viewer-gone", type, G_SIGNAL_RUN_LAST, 0, nullptr, nullptr, nullptr,
                                    G_TYPE_NONE, 3, G_TYPE_UINT64, G_TYPE_STRING, GST_TYPE_STRUCTURE);
}

gstx::Structure TsFanoutSink::stats() {
  Totals totals = *gone_.lock();
  std::vector<ViewerReport> now;
  if (const auto channel = channel_.lock(); *channel) now = (*channel)->viewers();
  std::vector<gstx::Structure> viewers;
  for (const ViewerReport& report : now) {
    totals.add(report);
    viewers.push_back(to_structure(report));
  }
  gstx::Structure stats("tsfanoutsink-stats");
  stats.set("total-viewers", totals.viewers)
      .set("total-bytes", totals.bytes)
      .set("total-skips", totals.skips)
      .set("viewers", std::move(viewers));
  return stats;
}

// ---- state changes ----

bool TsFanoutSink::start() {
  const auto window = settings_.lock()->window;
  try {
    auto channel = std::make_unique<Channel>(
        window, [this](const ViewerReport& report, fanout::Leaving why) { on_gone(report, why); });
    stream_ = channel.get();
    *channel_.lock() = std::move(channel);
    return true;
  } catch (const std::system_error& failed) {
    GST_ELEMENT_ERROR(element(), RESOURCE, FAILED, ("There is no room for a stream and its viewers"),
                      ("%s", failed.what()));
    return false;
  }
}

void TsFanoutSink::stop() {
  stream_ = nullptr;
  // Handlers of viewer-gone may call in while it goes.
  const std::unique_ptr<Channel> going = std::move(*channel_.lock());
}

// ---- data ----

GstFlowReturn TsFanoutSink::render(GstBuffer* buffer) {
  const gstx::ReadMap map(buffer);
  try {
    stream_->write(map.bytes());
  } catch (const std::system_error& failed) {
    GST_ELEMENT_ERROR(element(), RESOURCE, NO_SPACE_LEFT, ("There is no memory left for the stream"),
                      ("%s", failed.what()));
    return GST_FLOW_ERROR;
  }
  if (stream_->bytes_since_packet() <= ts::PacketSync::kGiveUpBytes) return GST_FLOW_OK;
  GST_ELEMENT_ERROR(element(), STREAM, WRONG_TYPE, ("What comes is no MPEG transport stream"), (nullptr));
  return GST_FLOW_ERROR;
}

// ---- viewers ----

guint64 TsFanoutSink::on_add_viewer(GstBaseSink* sink, gint socket, GstStructure* options) noexcept {
  guint64 id = 0;
  gx::call_from_c("add-viewer", [&] { id = Type::of(sink).add_viewer(gx::Descriptor(socket), options); });
  return id;
}

gboolean TsFanoutSink::on_remove_viewer(GstBaseSink* sink, guint64 id) noexcept {
  gboolean known = FALSE;
  gx::call_from_c("remove-viewer", [&] {
    const auto channel = Type::of(sink).channel_.lock();
    known = *channel && (*channel)->remove(id);
  });
  return known;
}

ViewerId TsFanoutSink::add_viewer(gx::Descriptor socket, const GstStructure* options) {
  const auto id = try_to_add(std::move(socket), options);
  gstx::Structure what(contract::kFanout);
  if (id)
    say("add", std::move(what.set("viewer", *id)));
  else
    say("refuse", std::move(what.set("text", id.error())));
  return id.value_or(0);
}

tl::expected<ViewerId, std::string> TsFanoutSink::try_to_add(gx::Descriptor socket,
                                                             const GstStructure* options) {
  auto wanted = read_options(options, settings_.lock()->policy);
  if (!wanted) return tl::unexpected(wanted.error());
  const auto channel = channel_.lock();
  if (!*channel) return tl::unexpected(std::string("the element is not in PAUSED or PLAYING"));
  try {
    return (*channel)->add(std::move(socket), wanted->policy, std::move(wanted->prefix));
  } catch (const std::system_error& failed) {
    return tl::unexpected(std::string(failed.what()));
  }
}

/// In the sending thread.
void TsFanoutSink::on_gone(const ViewerReport& report, fanout::Leaving why) {
  gone_.lock()->add(report);
  const std::string reason(fanout::name_of(why));
  gstx::Structure what(contract::kFanout);
  what.set("viewer", report.id)
      .set("reason", reason)
      .set("bytes", report.bytes)
      .set("skips", report.skips)
      .set("skipped-bytes", report.skipped_bytes);
  say("gone", std::move(what));
  const gstx::Structure viewer = to_structure(report);
  g_signal_emit(sink_, viewer_gone_signal, 0, report.id, reason.c_str(), viewer.get());
}

gboolean register_element(GstPlugin* plugin) noexcept {
  GST_DEBUG_CATEGORY_INIT(ts_fanout_sink_debug, "tsfanoutsink", 0, "transport stream fan-out");
  return TsFanoutSink::Type::register_in(plugin, "tsfanoutsink");
}

} // namespace
} // namespace relevo::tsfanoutsink

GST_ELEMENT_REGISTER_DEFINE_CUSTOM(tsfanoutsink, relevo::tsfanoutsink::register_element)
