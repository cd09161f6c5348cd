// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * SECTION:element-failoversrc
 * @title: failoversrc
 *
 * One MPEG transport stream that survives its sources. It plays the best of a list of candidates; when that
 * one dies, stalls, falls behind or stops being television, the next one takes over inside the same stream:
 * same PIDs, continuous clock, right continuity counters, cut at a random access point. It never ends by
 * itself: the list cycles, and while nothing works the search goes on, with a slate if there is one.
 *
 * The candidates are URLs in #RelevoFailoverSrc:uris, or structures in #RelevoFailoverSrc:candidates; both
 * may be changed while it plays. Every decision is an element message `relevo-failover`, and a line in
 * #RelevoFailoverSrc:stats. A candidate may be a transport stream over HTTP, HLS, UDP, RTP, SRT or from a
 * file, an AceStream channel, and by `relevo-worker` what only a demuxer reads. HLS and other containers are
 * found under http addresses that do not say so, too.
 *
 * An application that counts connections answers the signal `request-slot` (slot key, candidate id) with
 * whether one may be opened, and hears of `release-slot` when it is closed; where nobody answers,
 * #RelevoFailoverSrc:slots counts. `resolve-uri` (candidate id, URI) is asked for the URL of every opening:
 * tokens may have changed. Handlers run in a thread of the element and hold up its decisions for as long as
 * they take.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 failoversrc
 * uris="<http://127.0.0.1:8000/live/h264_1080p25.ts,http://127.0.0.1:8000/live/h264_720p50.ts>" ! filesink
 * location=out.ts
 * ]|
 */
#include "conductor.hpp"
#include "gstx/contract.hpp"
#include "gstx/element.hpp"
#include "gstx/outlet.hpp"

GST_DEBUG_CATEGORY_STATIC(failover_src_debug);
#define GST_CAT_DEFAULT failover_src_debug

namespace relevo::failoversrc {
namespace {

GstStaticPadTemplate source_template = GST_STATIC_PAD_TEMPLATE(
    "src", GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS("video/mpegts, systemstream = (boolean) true, packetsize = (int) 188"));

enum Signal { kRequestSlot, kReleaseSlot, kResolveUri, kSwitchTo, kNext, kSignals };
guint signals[kSignals];

class FailoverSrc final : public Host {
 public:
  using Parent = GstBin;
  using ParentClass = GstBinClass;
  using Type = gstx::ElementType<FailoverSrc>;
  static constexpr const char* kTypeName = "RelevoFailoverSrc";
  static GType parent_type() { return GST_TYPE_BIN; }
  static const gstx::Properties<Settings>& properties() { return settings_table(); }

  explicit FailoverSrc(GstBin* bin);
  static void set_up(GstBinClass* klass);

  [[nodiscard]] gx::Guarded<Settings>& settings() { return settings_; }
  [[nodiscard]] gstx::Structure stats();
  void settings_changed(std::string_view name);

 private:
  using ConductorPtr = std::shared_ptr<Conductor>;

  static void add_signals(GstBinClass* klass);
  static GstStateChangeReturn change_state(GstElement* element, GstStateChange change) noexcept;
  static void handle_message(GstBin* bin, GstMessage* message) noexcept;
  static gboolean send_event(GstElement* element, GstEvent* event) noexcept;
  static gboolean activate(GstPad* pad, GstObject* parent, GstPadMode mode, gboolean active) noexcept;

  // State changes.
  void prepare();
  void start();
  void stop();

  // The thread that pushes downstream.
  void push_next();
  void end_stream(GstFlowReturn flow);

  // Host.
  [[nodiscard]] bool request_slot(const CandidateSpec& candidate) override;
  void release_slot(const CandidateSpec& candidate) override;
  [[nodiscard]] std::string resolve_uri(const CandidateSpec& candidate) override;
  void report(gstx::Structure decision) override;

  [[nodiscard]] ConductorPtr conductor() { return *conductor_.lock(); }
  [[nodiscard]] GstElement* element() const noexcept { return GST_ELEMENT_CAST(bin_); }

  GstBin* bin_;
  gstx::Outlet outlet_;
  gx::Guarded<Settings> settings_;
  Output output_;
  gx::Guarded<ConductorPtr> conductor_; // while PLAYING
};

FailoverSrc::FailoverSrc(GstBin* bin) : bin_(bin), outlet_(element(), &source_template) {
  gst_pad_set_activatemode_function(outlet_.pad(), &activate);
  GST_OBJECT_FLAG_SET(bin, GST_ELEMENT_FLAG_SOURCE);
}

void FailoverSrc::set_up(GstBinClass* klass) {
  auto* element_class = GST_ELEMENT_CLASS(klass);
  gst_element_class_add_static_pad_template(element_class, &source_template);
  gst_element_class_set_static_metadata(
      element_class, "Failover source", "Source/Network",
      "One transport stream from a list of sources, which goes on when they fail", "Relevo");
  element_class->change_state = &change_state;
  element_class->send_event = &send_event;
  klass->handle_message = &handle_message;
  add_signals(klass);
}

void FailoverSrc::add_signals(GstBinClass* klass) {
  const GType type = G_TYPE_FROM_CLASS(klass);
  signals[kRequestSlot] =
      g_signal_new("request-slot", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_first_wins, nullptr,
                   nullptr, G_TYPE_BOOLEAN, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[kReleaseSlot] = g_signal_new("release-slot", type, G_SIGNAL_RUN_LAST, 0, nullptr, nullptr, nullptr,
                                       G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[kResolveUri] =
      g_signal_new("resolve-uri", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_first_wins, nullptr,
                   nullptr, G_TYPE_STRING, 2, G_TYPE_STRING, G_TYPE_STRING);
  const auto action = G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION;
  signals[kSwitchTo] = g_signal_new_class_handler("switch-to", type, GSignalFlags(action),
                                                  G_CALLBACK(+[](GstBin* bin, const gchar* id) noexcept {
                                                    gx::call_from_c("switch-to", [=] {
                                                      if (const auto conductor = Type::of(bin).conductor())
                                                        conductor->switch_to(id ? id : "");
                                                    });
                                                  }),
                                                  nullptr, nullptr, nullptr, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[kNext] =
      g_signal_new_class_handler("next", type, GSignalFlags(action), G_CALLBACK(+[](GstBin* bin) noexcept {
                                   gx::call_from_c("next", [=] {
                                     if (const auto conductor = Type::of(bin).conductor()) conductor->next();
                                   });
                                 }),
                                 nullptr, nullptr, nullptr, G_TYPE_NONE, 0);
}

gstx::Structure FailoverSrc::stats() {
  if (const auto playing = conductor()) return playing->stats();
  return Statistics{}.write({});
}

void FailoverSrc::settings_changed(std::string_view name) {
  if (name != "uris" && name != "candidates" && name != "slots") return;
  const auto playing = conductor();
  if (!playing) return;
  const Settings now = *settings_.lock();
  playing->set_list(now.candidates, now.slots);
}

// ---- state changes ----

GstStateChangeReturn FailoverSrc::change_state(GstElement* element, GstStateChange change) noexcept {
  FailoverSrc& self = Type::of(element);
  GstStateChangeReturn result = GST_STATE_CHANGE_FAILURE;
  gx::call_from_c("change_state", [&] {
    if (change == GST_STATE_CHANGE_READY_TO_PAUSED) self.prepare();
    if (change == GST_STATE_CHANGE_PLAYING_TO_PAUSED) self.stop();
    if (change == GST_STATE_CHANGE_PAUSED_TO_READY) self.output_.shut();
    result = GST_ELEMENT_CLASS(Type::parent_class())->change_state(element, change);
    if (result == GST_STATE_CHANGE_FAILURE) return;
    if (change == GST_STATE_CHANGE_PAUSED_TO_PLAYING) self.start();
    const bool to_paused =
        change == GST_STATE_CHANGE_READY_TO_PAUSED || change == GST_STATE_CHANGE_PLAYING_TO_PAUSED;
    if (to_paused) result = GST_STATE_CHANGE_NO_PREROLL;
  });
  return result;
}

void FailoverSrc::prepare() {
  ts::Service service;
  service.name = settings_.lock()->service_name;
  output_.begin(service);
  outlet_.reset();
}

void FailoverSrc::start() {
  output_.run();
  const Settings settings = *settings_.lock();
  const auto playing = std::make_shared<Conductor>(settings, output_, bin_, *this);
  *conductor_.lock() = playing;
  playing->start();
}

/// Gives every connection back. What has been sent stays, and goes on with the next start.
void FailoverSrc::stop() {
  const ConductorPtr playing = std::exchange(*conductor_.lock(), nullptr);
  output_.pause();
  if (playing) playing->stop();
}

gboolean FailoverSrc::activate(GstPad* pad, GstObject* parent, GstPadMode mode, gboolean active) noexcept {
  if (mode != GST_PAD_MODE_PUSH) return FALSE;
  if (!active) return gst_pad_stop_task(pad);
  const auto push = [](gpointer self) noexcept {
    gx::call_from_c("task", [self] { static_cast<FailoverSrc*>(self)->push_next(); });
  };
  return gst_pad_start_task(pad, push, &Type::of(parent), nullptr);
}

gboolean FailoverSrc::send_event(GstElement* element, GstEvent* event) noexcept {
  FailoverSrc& self = Type::of(element);
  switch (GST_EVENT_TYPE(event)) {
  case GST_EVENT_EOS:
    gst_event_unref(event);
    gx::call_from_c("send_event", [&] {
      self.stop();
      self.output_.shut();
    });
    return TRUE;
  case GST_EVENT_FLUSH_START:
  case GST_EVENT_FLUSH_STOP: return self.outlet_.flush(event);
  default: return GST_ELEMENT_CLASS(Type::parent_class())->send_event(element, event);
  }
}

void FailoverSrc::handle_message(GstBin* bin, GstMessage* owned) noexcept {
  auto message = gx::Ref<GstMessage>::adopt(owned);
  bool of_source = false;
  gx::call_from_c("handle_message", [&] {
    const auto feed = Feed::find_id(GST_MESSAGE_SRC(message.get()));
    if (!feed) return;
    of_source = true;
    if (const auto playing = Type::of(bin).conductor()) playing->on_message(*feed, message.get());
  });
  // The error of one source is none of ours.
  const bool swallowed = of_source && GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_ERROR;
  if (!swallowed) Type::parent_class()->handle_message(bin, message.release());
}

// ---- the thread that pushes downstream ----

void FailoverSrc::push_next() {
  auto buffer = output_.take([](Bytes bytes) {
    auto filled = gx::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, bytes.size(), nullptr));
    gst_buffer_fill(filled.get(), 0, bytes.data(), bytes.size());
    return filled;
  });
  if (!buffer) {
    end_stream(GST_FLOW_EOS); // where the state goes down, the pad no longer takes it
    return;
  }
  const GstFlowReturn flow = outlet_.push(std::move(buffer));
  if (flow != GST_FLOW_OK) end_stream(flow);
}

void FailoverSrc::end_stream(GstFlowReturn flow) {
  GST_DEBUG_OBJECT(element(), "pushing ends: %s", gst_flow_get_name(flow));
  gst_pad_pause_task(outlet_.pad());
  if (flow == GST_FLOW_FLUSHING) return;
  if (flow != GST_FLOW_EOS) GST_ELEMENT_FLOW_ERROR(element(), flow);
  outlet_.push_end();
}

// ---- host of the conductor ----

bool FailoverSrc::request_slot(const CandidateSpec& candidate) {
  if (!g_signal_has_handler_pending(bin_, signals[kRequestSlot], 0, FALSE)) return true;
  gboolean granted = FALSE;
  g_signal_emit(bin_, signals[kRequestSlot], 0, candidate.slot_key.c_str(), candidate.id.c_str(), &granted);
  return granted != FALSE;
}

void FailoverSrc::release_slot(const CandidateSpec& candidate) {
  g_signal_emit(bin_, signals[kReleaseSlot], 0, candidate.slot_key.c_str(), candidate.id.c_str());
}

std::string FailoverSrc::resolve_uri(const CandidateSpec& candidate) {
  gchar* resolved = nullptr;
  g_signal_emit(bin_, signals[kResolveUri], 0, candidate.id.c_str(), candidate.uri.c_str(), &resolved);
  const gx::CString owned(resolved);
  return resolved ? resolved : candidate.uri;
}

void FailoverSrc::report(gstx::Structure decision) {
  GST_INFO_OBJECT(element(), "%" GST_PTR_FORMAT, static_cast<const void*>(decision.get()));
  gstx::post_message(element(), std::move(decision));
  g_object_notify(G_OBJECT(bin_), "stats");
}

gboolean register_element(GstPlugin* plugin) noexcept {
  GST_DEBUG_CATEGORY_INIT(failover_src_debug, "failoversrc", 0, "Failover source");
  return FailoverSrc::Type::register_in(plugin, "failoversrc");
}

} // namespace
} // namespace relevo::failoversrc

GST_ELEMENT_REGISTER_DEFINE_CUSTOM(failoversrc, relevo::failoversrc::register_element)
