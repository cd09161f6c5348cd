// SPDX-License-Identifier: LGPL-2.1-or-later
// The pipeline: urisourcebin with its demuxers and parsers, our preparation of each track, muxer, output.
#include "remux.hpp"

#include "base/text.hpp"
#include "gstx/buffer_map.hpp"
#include "gstx/bus_watch.hpp"
#include "gstx/property.hpp"
#include "gx/error.hpp"
#include "gx/handle.hpp"
#include "gx/signal.hpp"
#include "uri/redact.hpp"

#include <algorithm>
#include <csignal>
#include <unistd.h>

namespace relevo::worker {
namespace {

using std::chrono::milliseconds;

constexpr unsigned kFirstPid = 0x100;
// In ticks of 90 kHz: one with each picture at 25 in a second, where the default of 40 ms gives one with
// every other.
constexpr guint kPcrInterval = 2700;
// How long tracks may come after the first before it is taken that there are no others.
constexpr milliseconds kSettling{2000};
// For how long rtspsrc puts packets into their order; two seconds, as it does by itself, are long to wait
// for.
constexpr guint kRtspLatency = 500; // ms
// What leaves at once at the start, so that who reads has something in hand.
constexpr GstClockTimeDiff kAhead = GST_SECOND;
// Adaptive sources push all tracks from one thread, and the muxer waits for the one that is behind.
constexpr std::string_view kQueue = "queue max-size-bytes=0 max-size-buffers=0 max-size-time=5000000000";

GstStreamType type_of(GstStreamCollection* collection, guint index) {
  return gst_stream_get_stream_type(gst_stream_collection_get_stream(collection, index));
}

using Ids = gx::Handle<GList, g_list_free>; // which belong to the streams

/// All sound and text, and the first of the pictures, for the others show the same in another way.
Ids wanted_of(GstStreamCollection* collection) {
  Ids ids;
  bool has_video = false;
  for (guint i = 0; i < gst_stream_collection_get_size(collection); ++i) {
    const bool video = (type_of(collection, i) & GST_STREAM_TYPE_VIDEO) != 0;
    if (video && std::exchange(has_video, true)) continue;
    const gchar* id = gst_stream_get_stream_id(gst_stream_collection_get_stream(collection, i));
    ids.reset(g_list_append(ids.release(), const_cast<gchar*>(id)));
  }
  return ids;
}

/// Adaptive sources bring one track of a kind only unless they are asked for more. They are asked where they
/// tell what there is, in their own thread: later the answer would wait for a track that waits.
GstBusSyncReply select_streams(GstBus*, GstMessage* message, gpointer expected) noexcept {
  if (GST_MESSAGE_TYPE(message) != GST_MESSAGE_STREAM_COLLECTION) return GST_BUS_PASS;
  GstStreamCollection* collection = nullptr;
  gst_message_parse_stream_collection(message, &collection);
  const auto owned = gx::Ref<GstStreamCollection>::adopt(collection);
  const Ids ids = wanted_of(collection);
  *static_cast<std::atomic<std::size_t>*>(expected) = g_list_length(ids.get());
  gst_element_send_event(GST_ELEMENT(GST_MESSAGE_SRC(message)), gst_event_new_select_streams(ids.get()));
  return GST_BUS_PASS;
}

/// parsebin goes on until a decoder would follow, and gives up what has none. Here parsed media is the end.
gboolean goes_on(GstElement*, GstPad*, GstCaps* caps, gpointer) noexcept {
  return is_parsed(caps) ? FALSE : TRUE;
}

void on_element(GstBin*, GstBin*, GstElement* element, gpointer) noexcept {
  if (g_str_equal(G_OBJECT_TYPE_NAME(element), "GstParseBin"))
    g_signal_connect(element, "autoplug-continue", G_CALLBACK(&goes_on), nullptr);
}

bool is_live(GstPad* pad) {
  const auto query = gx::Ref<GstQuery>::adopt(gst_query_new_latency());
  if (!gst_pad_query(pad, query.get())) return false;
  gboolean live = FALSE;
  gst_query_parse_latency(query.get(), &live, nullptr, nullptr);
  return live != FALSE;
}

} // namespace

Remux::Remux(const Options& options, Complain complain)
    : options_(options),
      complain_(std::move(complain)),
      loop_(gx::Ref<GMainLoop>::adopt(g_main_loop_new(nullptr, FALSE))),
      pipeline_(gx::Ref<GstElement>::sink(gst_pipeline_new("remux"))),
      output_(STDOUT_FILENO, [this](const std::string& why) {
        gx::post(nullptr,
                 [this, why] { finish(Ending::OutputClosed, "the output cannot be written: " + why); });
      }) {}

Remux::~Remux() {
  output_.give_up();
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

Ending Remux::run() {
  const auto stop = [this] { finish(Ending::Ended); };
  const auto on_term = gx::Source::on_signal(nullptr, SIGTERM, stop);
  const auto on_int = gx::Source::on_signal(nullptr, SIGINT, stop);
  const auto on_closed = gx::Source::on_hang_up(
      nullptr, STDOUT_FILENO, [this] { finish(Ending::OutputClosed, "the output is closed"); });
  const gstx::BusWatch watch(pipeline_.get(), nullptr, [this](GstMessage* message) { on_message(message); });
  if (!make_pipeline()) return Ending::CannotOpen;
  const auto bus = gx::Ref<GstBus>::adopt(gst_element_get_bus(pipeline_.get()));
  g_signal_connect(pipeline_.get(), "deep-element-added", G_CALLBACK(&on_element), nullptr);
  gst_bus_set_sync_handler(bus.get(), &select_streams, &expected_, nullptr);
  const auto added = gx::SignalConnection::connect<void(GstPad*)>(source_, "pad-added",
                                                                  [this](GstPad* pad) { on_pad(pad); });
  const auto set_up = gx::SignalConnection::connect<void(GstElement*)>(
      source_, "source-setup", [this](GstElement* source) { set_up_source(source); });
  const auto written = gx::SignalConnection::connect<void(GstBuffer*, GstPad*)>(
      sink_, "handoff", [this](GstBuffer* buffer, GstPad*) { output_.write(gstx::ReadMap(buffer).bytes()); });
  gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING); // where it fails a message says why
  if (!ending_) g_main_loop_run(loop_.get());
  output_.give_up();
  return *ending_;
}

bool Remux::make_pipeline() {
  source_ = add("urisourcebin");
  muxer_ = add("mpegtsmux");
  sink_ = add("fakesink signal-handoffs=true sync=false");
  if (!source_ || !muxer_ || !sink_) return false;
  g_object_set(source_, "uri", options_.uri.c_str(), "parse-streams", TRUE, nullptr);
  g_object_set(muxer_, "pcr-interval", kPcrInterval, nullptr);
  return gst_element_link(muxer_, sink_) != FALSE;
}

/// Null, and a line about it, where an element is missing.
GstElement* Remux::add(const std::string& description) {
  gx::GlibError error;
  GstElement* made = gst_parse_bin_from_description_full(
      description.c_str(), TRUE, nullptr,
      GstParseFlags(GST_PARSE_FLAG_FATAL_ERRORS | GST_PARSE_FLAG_NO_SINGLE_ELEMENT_BINS), error.out());
  if (!made) {
    complain_(error.text());
    return nullptr;
  }
  gst_bin_add(GST_BIN(pipeline_.get()), made);
  return made;
}

/// In a streaming thread.
void Remux::set_up_source(GstElement* source) const {
  const auto set = [source](const char* name, const auto& value) {
    GParamSpec* spec = g_object_class_find_property(G_OBJECT_GET_CLASS(source), name);
    if (!spec) return;
    GValue holder = G_VALUE_INIT;
    g_value_init(&holder, G_PARAM_SPEC_VALUE_TYPE(spec));
    gstx::store(value, &holder);
    g_object_set_property(G_OBJECT(source), name, &holder);
    g_value_unset(&holder);
  };
  if (g_str_has_prefix(G_OBJECT_TYPE_NAME(source), "GstRTSPSrc")) set("latency", kRtspLatency);
  if (!options_.user_agent.empty()) set("user-agent", options_.user_agent);
  if (!options_.headers.empty()) set("extra-headers", options_.headers);
}

/// In a streaming thread. The track waits behind a queue, so that the others come where one thread pushes
/// all.
void Remux::on_pad(GstPad* pad) {
  GstElement* queue = add(std::string(kQueue));
  if (!queue) return;
  const auto in = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(queue, "sink"));
  const auto out = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(queue, "src"));
  const auto track =
      std::make_shared<Track>(out.get(), [this] { gx::post(nullptr, [this] { consider(); }); });
  gx::post(nullptr, [this, track] {
    tracks_.push_back(track);
    if (track->has_data()) consider(); // nobody knew of it when that was told
  });
  gst_element_sync_state_with_parent(queue);
  gst_pad_link(pad, in.get());
}

void Remux::on_message(GstMessage* message) {
  switch (GST_MESSAGE_TYPE(message)) {
  case GST_MESSAGE_ERROR: on_error(message); break;
  case GST_MESSAGE_EOS:
    output_.flush();
    finish(Ending::Ended);
    break;
  case GST_MESSAGE_LATENCY: gst_bin_recalculate_latency(GST_BIN(pipeline_.get())); break;
  default: break;
  }
}

void Remux::on_error(GstMessage* message) {
  gx::GlibError error;
  gst_message_parse_error(message, error.out(), nullptr);
  // That is what GStreamer says where it has no reason to tell.
  const bool unknown = error.is(GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED);
  const std::string why = unknown ? "it cannot be read, or no longer" : error.text();
  if (started_) return finish(Ending::Failed, why);
  finish(error.is(GST_STREAM_ERROR) && !unknown ? Ending::NoMedia : Ending::CannotOpen, why);
}

/// Data of some track has come. With pictures and sound it starts; with only one of them others may follow,
/// where the source does not say how many there are.
void Remux::consider() {
  if (ending_) return;
  if (started_) return start();
  bool video = false, audio = false, all = tracks_.size() >= expected_;
  for (const auto& track : tracks_) {
    const auto caps = track->caps();
    all = all && track->has_data();
    video = video || (caps && kind_of(caps.get()) == Kind::Video);
    audio = audio || (caps && kind_of(caps.get()) == Kind::Audio);
  }
  if (all && (expected_ != 0 || (video && audio))) return start();
  if (!settling_.active()) settling_ = gx::Source::after(nullptr, kSettling, [this] { start(); });
}

void Remux::start() {
  if (!std::exchange(started_, true) && !is_live(tracks_.front()->pad()))
    g_object_set(sink_, "sync", TRUE, "ts-offset", -(kAhead + Timing::kRoom), nullptr);
  const auto is_new = [](const auto& track) { return track->waits() && track->caps(); };
  std::vector<std::shared_ptr<Track>> ready;
  std::ranges::copy_if(tracks_, std::back_inserter(ready), is_new);
  // The first is the one with the clock, and before its first packet there are no tables.
  std::stable_partition(ready.begin(), ready.end(),
                        [](const auto& track) { return kind_of(track->caps().get()) == Kind::Video; });
  for (const auto& track : ready)
    connect(*track);
  for (const auto& track : ready)
    track->let_go(); // none before all are connected: the muxer would begin without the others
  const bool all =
      std::ranges::none_of(tracks_, &Track::waits, [](const auto& t) -> const Track& { return *t; });
  if (carried_ == 0 && all) finish(Ending::NoMedia, "a transport stream can carry nothing of it");
}

void Remux::connect(const Track& track) {
  const auto caps = track.caps();
  if (!carry(track, caps.get())) leave_out(track, caps.get());
}

/// False where the muxer does not take it.
bool Remux::carry(const Track& track, const GstCaps* caps) {
  GstPadTemplate* pads = gst_element_get_pad_template(muxer_, "sink_%d");
  const auto preparation = preparation_for(caps);
  const auto taken = gx::Ref<GstCaps>::adopt(gst_pad_template_get_caps(pads));
  if (preparation.empty() && !gst_caps_can_intersect(caps, taken.get())) return false;
  GstElement* prepared = preparation.empty() ? nullptr : add(std::string(preparation));
  if (!preparation.empty() && !prepared) return false;
  const std::string name = concat("sink_", kFirstPid + carried_++);
  auto input = gx::Ref<GstPad>::adopt(gst_element_request_pad(muxer_, pads, name.c_str(), nullptr));
  if (prepared) {
    const auto out = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(prepared, "src"));
    gst_pad_link(out.get(), input.get());
    gst_element_sync_state_with_parent(prepared);
    input = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(prepared, "sink"));
  }
  timings_.push_back(std::make_unique<Timing>(input.get(), kind_of(caps)));
  gst_pad_link(track.pad(), input.get());
  return true;
}

void Remux::leave_out(const Track& track, const GstCaps* caps) {
  complain_(concat("a transport stream cannot carry ", name_of(caps), ", it is left out"));
  GstElement* nowhere = add("fakesink async=false sync=false");
  if (!nowhere) return;
  gst_element_sync_state_with_parent(nowhere);
  const auto pad = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(nowhere, "sink"));
  gst_pad_link(track.pad(), pad.get());
}

/// The first reason counts.
void Remux::finish(Ending ending, std::string_view why) {
  if (ending_) return;
  ending_ = ending;
  if (!why.empty()) complain_(uri::redact_text(concat(uri::redact_url(options_.uri), ": ", why)));
  g_main_loop_quit(loop_.get());
}

} // namespace relevo::worker
