// SPDX-License-Identifier: LGPL-2.1-or-later
// failoversrc and tsfanoutsink, joined, and the threads around them.
#include "channel/channel_pipeline.hpp"

#include "gstx/bus_watch.hpp"
#include "gstx/contract.hpp"
#include "gstx/ref.hpp"
#include "gstx/structure.hpp"
#include "gx/context.hpp"
#include "gx/guarded.hpp"
#include "gx/signal.hpp"
#include "hls_branch.hpp"
#include "meter.hpp"
#include "structures.hpp"

#include <set>
#include <stdexcept>
#include <thread>

namespace relevo::channel {
namespace {

/// What the handlers of the slot signals share: they run in a thread of the element, and may outlive us.
class Slots {
 public:
  using Ask = std::function<Slot(const std::string&)>;
  explicit Slots(Ask ask) : ask_(std::move(ask)) {}

  bool take(const std::string& candidate) {
    Slot slot = ask_ ? ask_(candidate) : nullptr;
    if (!slot) return false;
    held_.lock()->emplace(candidate, std::move(slot));
    return true;
  }
  void give_back(const std::string& candidate) {
    Slot slot; // goes without the lock
    const auto held = held_.lock();
    if (auto found = held->extract(candidate)) slot = std::move(found.mapped());
  }

 private:
  const Ask ask_;
  gx::Guarded<std::multimap<std::string, Slot>> held_; // by candidate, which may be open twice
};

OwnedStructure stats_of(GstElement* element) {
  GstStructure* stats = nullptr;
  g_object_get(element, "stats", &stats, nullptr);
  return OwnedStructure(stats);
}

} // namespace

class ChannelPipeline::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(const ChannelSpec& spec, Callbacks callbacks, GMainContext* context);

  void watch();
  void close();

  bool start() {
    return gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE;
  }
  void stop(std::function<void()> on_stopped);
  void start_hls(const HlsSettings& settings, std::uint64_t first);
  void stop_hls() { hls_.reset(); }
  [[nodiscard]] HlsShelf* hls() const noexcept { return hls_ ? &hls_->shelf() : nullptr; }
  [[nodiscard]] ChannelStats stats() const;
  [[nodiscard]] GstElement* source() const noexcept { return source_.get(); }
  [[nodiscard]] GstElement* sink() const noexcept { return sink_.get(); }

 private:
  void connect_slots();
  void on_message(GstMessage* message);
  void after_stop();

  const Callbacks callbacks_;
  const gx::Ref<GMainContext> context_;
  gx::Ref<GstElement> pipeline_;
  gx::Ref<GstElement> source_;
  gx::Ref<GstElement> sink_;
  const Meter meter_;
  std::shared_ptr<Slots> slots_;
  gx::SignalConnection on_request_;
  gx::SignalConnection on_release_;
  std::unique_ptr<HlsBranch> hls_;      // null: nobody wants it
  std::set<ViewerId> ours_;             // viewers that are no viewers: HLS, now and before
  std::optional<gstx::BusWatch> watch_; // empty: nothing is told any more
  std::function<void()> on_stopped_;
  std::thread stopping_;
};

ChannelPipeline::Impl::Impl(const ChannelSpec& spec, Callbacks callbacks, GMainContext* context)
    : callbacks_(std::move(callbacks)),
      context_(gx::Ref<GMainContext>::retain(context ? context : g_main_context_default())),
      pipeline_(gx::Ref<GstElement>::sink(gst_pipeline_new(nullptr))),
      source_(make_element("failoversrc")),
      sink_(make_element("tsfanoutsink")),
      meter_(source_.get()),
      slots_(std::make_shared<Slots>(callbacks_.request_slot)) {
  // What is said while it stops is to be heard, too.
  g_object_set(pipeline_.get(), "auto-flush-bus", FALSE, nullptr);
  g_object_set(source_.get(), "service-name", spec.service_name.c_str(), "slate", spec.slate.c_str(),
               nullptr);
  write_sources(spec.sources, source_.get());
  gst_bin_add_many(GST_BIN(pipeline_.get()), source_.get(), sink_.get(), nullptr);
  if (!gst_element_link(source_.get(), sink_.get())) throw std::runtime_error("the elements do not fit");
  connect_slots();
}

void ChannelPipeline::Impl::connect_slots() {
  on_request_ = gx::SignalConnection::connect<gboolean(const gchar*, const gchar*)>(
      source_.get(), "request-slot",
      [slots = slots_](const gchar*, const gchar* candidate) -> gboolean { return slots->take(candidate); });
  on_release_ = gx::SignalConnection::connect<void(const gchar*, const gchar*)>(
      source_.get(), "release-slot",
      [slots = slots_](const gchar*, const gchar* candidate) { slots->give_back(candidate); });
}

void ChannelPipeline::Impl::watch() {
  watch_.emplace(pipeline_.get(), context_.get(), [this](GstMessage* message) {
    const auto self = shared_from_this(); // whom a callback may let go
    on_message(message);
  });
}

void ChannelPipeline::Impl::close() {
  hls_.reset();
  watch_.reset();
  on_stopped_ = nullptr;
  if (stopping_.joinable()) stopping_.join();
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

void ChannelPipeline::Impl::stop(std::function<void()> on_stopped) {
  if (stopping_.joinable()) return;
  on_stopped_ = std::move(on_stopped);
  hls_.reset();
  stopping_ = std::thread([pipeline = pipeline_, context = context_, weak = weak_from_this()] {
    gst_element_set_state(pipeline.get(), GST_STATE_NULL);
    gx::post(context.get(), [weak] {
      if (const auto self = weak.lock()) self->after_stop();
    });
  });
}

void ChannelPipeline::Impl::after_stop() {
  const auto bus = gx::Ref<GstBus>::adopt(gst_element_get_bus(pipeline_.get()));
  while (watch_) {
    const auto message = gx::Ref<GstMessage>::adopt(gst_bus_pop(bus.get()));
    if (!message) break;
    on_message(message.get());
  }
  if (const auto call = std::exchange(on_stopped_, nullptr)) call();
}

void ChannelPipeline::Impl::on_message(GstMessage* message) {
  if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
    if (callbacks_.on_failed) callbacks_.on_failed(text_of(message));
  } else if (gst_message_has_name(message, contract::kFailover)) {
    if (callbacks_.on_decision) callbacks_.on_decision(read_decision(gst_message_get_structure(message)));
  } else if (gst_message_has_name(message, contract::kFanout)) {
    const GstStructure* what = gst_message_get_structure(message);
    if (text_field(what, contract::kDecision) != "gone") return;
    const auto departure = read_departure(what);
    if (ours_.erase(departure.id) == 0 && callbacks_.on_viewer_gone) callbacks_.on_viewer_gone(departure);
  }
}

void ChannelPipeline::Impl::start_hls(const HlsSettings& settings, std::uint64_t first) {
  if (hls_) return;
  HlsBranch::Callbacks callbacks;
  callbacks.on_edition = [this] {
    if (callbacks_.on_hls_edition) callbacks_.on_hls_edition();
  };
  callbacks.on_failed = [this](const std::string& text) {
    if (callbacks_.on_hls_failed) callbacks_.on_hls_failed(text);
  };
  hls_ = std::make_unique<HlsBranch>(sink_.get(), settings, first, std::move(callbacks), context_.get());
  ours_.insert(hls_->viewer());
}

ChannelStats ChannelPipeline::Impl::stats() const {
  auto stats = read_stats(stats_of(source_.get()).get(), stats_of(sink_.get()).get());
  std::erase_if(stats.viewers, [this](const ViewerStats& viewer) { return ours_.contains(viewer.id); });
  stats.facts = meter_.facts();
  return stats;
}

void initialise() {
  gst_init(nullptr, nullptr);
}

std::vector<std::string> missing_elements() {
  std::vector<std::string> missing;
  for (const char* name : {"failoversrc", "tsfanoutsink"})
    if (!gx::Ref<GstElementFactory>::adopt(gst_element_factory_find(name))) missing.emplace_back(name);
  return missing;
}

ChannelPipeline::ChannelPipeline(const ChannelSpec& spec, Callbacks callbacks, GMainContext* context)
    : impl_(std::make_shared<Impl>(spec, std::move(callbacks), context)) {
  impl_->watch();
}

ChannelPipeline::~ChannelPipeline() {
  impl_->close();
}

bool ChannelPipeline::start() {
  return impl_->start();
}

void ChannelPipeline::stop(std::function<void()> on_stopped) {
  impl_->stop(std::move(on_stopped));
}

void ChannelPipeline::set_sources(const Sources& sources) {
  write_sources(sources, impl_->source());
}

std::optional<ViewerId> ChannelPipeline::add_viewer(gx::Descriptor socket, std::string_view prefix) {
  gstx::Structure options("viewer");
  options.set(contract::kPrefix, std::string(prefix));
  guint64 id = 0;
  g_signal_emit_by_name(impl_->sink(), "add-viewer", socket.release(), options.get(), &id);
  if (id == 0) return std::nullopt;
  return id;
}

bool ChannelPipeline::remove_viewer(ViewerId viewer) {
  gboolean known = FALSE;
  g_signal_emit_by_name(impl_->sink(), "remove-viewer", viewer, &known);
  return known != FALSE;
}

void ChannelPipeline::switch_to(const std::string& candidate) {
  g_signal_emit_by_name(impl_->source(), "switch-to", candidate.c_str());
}

void ChannelPipeline::next() {
  g_signal_emit_by_name(impl_->source(), "next");
}

void ChannelPipeline::start_hls(const HlsSettings& settings, std::uint64_t first) {
  impl_->start_hls(settings, first);
}

void ChannelPipeline::stop_hls() {
  impl_->stop_hls();
}

HlsShelf* ChannelPipeline::hls() const {
  return impl_->hls();
}

ChannelStats ChannelPipeline::stats() const {
  return impl_->stats();
}

} // namespace relevo::channel
