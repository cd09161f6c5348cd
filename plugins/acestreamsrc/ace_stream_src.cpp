// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * SECTION:element-acestreamsrc
 * @title: acestreamsrc
 *
 * Plays an AceStream channel through an engine: opens a session, reads its transport stream, and stops it
 * again on every way out, also where the opening was abandoned. The engine is always drained: what downstream
 * does not take is kept, and the oldest of it dropped when it is more than #RelevoAceStreamSrc:buffer-size.
 * Inside one process an engine is asked for a channel only once, for a second session would cut the first.
 *
 * When a session fails, stalls or breaks off, another one is opened: on the same engine, where it had played
 * well and the engine is still there, else on the next of #RelevoAceStreamSrc:engines. Engines that failed
 * rest for a second, and longer each time. When all have failed #RelevoAceStreamSrc:rounds times in a row,
 * the source fails. Bytes of another session begin with a buffer that is flagged as a discontinuity.
 *
 * Every decision is an element message `relevo-acestream`; what the engine says of the session comes about
 * every second as `relevo-acestream-statistics` (prebuffering, peers, rates in bytes, delay behind live), and
 * its notices as `relevo-acestream-notice`. #RelevoAceStreamSrc:stats has the newest of all.
 *
 * A channel is given as `acestream://ID`, `acestream:?content_id=ID`, `acestream:?infohash=HASH` or the bare
 * content id. The element handles `acestream` URIs.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 acestreamsrc id=0d3ef56d95a7ce80737da6f31a66d5e58bf2b737 engines="<127.0.0.1:6878>" !
 * filesink location=out.ts
 * ]|
 */
#include "departures.hpp"

#include "gstx/byte_source.hpp"

GST_DEBUG_CATEGORY(ace_stream_src_debug);
#define GST_CAT_DEFAULT ace_stream_src_debug

namespace relevo::acestreamsrc {
namespace {

using std::chrono::milliseconds;

constexpr const char* kLocalEngine = "http://127.0.0.1:6878";

struct Settings {
  std::string uri;
  std::vector<std::string> engines;
  std::uint32_t rounds = 2;
  milliseconds connect_timeout{4000};
  milliseconds start_timeout{15'000};
  milliseconds prebuffering_timeout{60'000};
  milliseconds silence_timeout{5000};
  std::uint32_t buffer_size = 32 << 20;
};

const gstx::Properties<Settings>& table() {
  using enum gstx::Mutable;
  using gstx::property;
  static const gstx::Properties<Settings> properties{
      property({"uri", "URI", "The channel: an acestream: URI, or a content id"}, &Settings::uri, Ready),
      property({"id", "Id", "The same as uri"}, &Settings::uri, Ready),
      property({"engines", "Engines",
                "Addresses of engines in the order in which they are tried; empty: http://127.0.0.1:6878"},
               &Settings::engines, Ready),
      property({"rounds", "Rounds",
                "How often in a row all engines may fail before the source does; 0: any number"},
               &Settings::rounds, Ready),
      property({"connect-timeout", "Connect timeout",
                "How long a connection to an engine may take, in milliseconds"},
               &Settings::connect_timeout, Ready),
      property({"start-timeout", "Start timeout",
                "How long an engine may take to open a session, before another is tried, in milliseconds"},
               &Settings::start_timeout, Ready),
      property({"prebuffering-timeout", "Prebuffering timeout",
                "How long an engine may buffer without giving a byte, in milliseconds"},
               &Settings::prebuffering_timeout, Ready),
      property({"silence-timeout", "Silence timeout",
                "How long no byte may come, unless the engine buffers, before the session is given up, in "
                "milliseconds; 0 waits for as long as it may buffer"},
               &Settings::silence_timeout, Ready),
      property({"buffer-size", "Buffer size", "How much is kept of what downstream does not take, in bytes"},
               &Settings::buffer_size, Ready, gstx::Range<std::uint32_t>{1 << 20, 1 << 30}),
  };
  return properties;
}

class AceReader final : public gstx::ByteReader {
 public:
  explicit AceReader(std::shared_ptr<Playback> playback) : playback_(std::move(playback)) {}
  ~AceReader() override { departures().see_off(playback_); }

  [[nodiscard]] tl::expected<std::size_t, gstx::SourceFailure> read(MutableBytes room,
                                                                    const gx::CancelToken& token) override {
    auto taken = playback_->store().take(room, token);
    if (!taken) return tl::unexpected(std::move(taken.error()));
    anew_ = taken->anew;
    return taken->bytes;
  }
  [[nodiscard]] bool discontinuous() const noexcept override { return anew_; }

 private:
  std::shared_ptr<Playback> playback_;
  bool anew_ = false;
};

tl::unexpected<gstx::SourceFailure> refuse(std::string message, std::string detail) {
  return tl::unexpected(
      gstx::SourceFailure{policy::Failure::Other, 0, std::move(message), std::move(detail)});
}

tl::expected<PlaybackPlan, gstx::SourceFailure> make_plan(const Settings& settings) {
  const auto content = ace::parse_content(settings.uri);
  if (!content)
    return refuse("No AceStream channel is set: " + content.error().message,
                  "uri is \"" + settings.uri + '"');
  PlaybackPlan plan{*content, {}, {}, settings.connect_timeout, settings.buffer_size};
  for (const auto& address :
       settings.engines.empty() ? std::vector<std::string>{kLocalEngine} : settings.engines) {
    auto engine = ace::parse_engine(address);
    if (!engine) return refuse("An AceStream engine has no usable address: " + engine.error().message, "");
    plan.engines.push_back(std::move(*engine));
  }
  plan.player.engines = plan.engines.size();
  plan.player.rounds = settings.rounds;
  plan.player.start = settings.start_timeout;
  plan.player.prebuffering = settings.prebuffering_timeout;
  plan.player.silence = settings.silence_timeout;
  return plan;
}

class AceStreamSrc final : public gstx::ByteSource {
 public:
  static constexpr const char* kTypeName = "RelevoAceStreamSrc";

  explicit AceStreamSrc(GstPushSrc* element) : ByteSource(element) {}

  static void set_up(GstPushSrcClass* klass) {
    set_up_source<AceStreamSrc>(klass);
    gst_element_class_set_static_metadata(GST_ELEMENT_CLASS(klass), "AceStream source", "Source/Network",
                                          "Plays an AceStream channel through one of several engines",
                                          "Relevo");
  }
  static const gstx::Properties<Settings>& properties() { return table(); }
  [[nodiscard]] gx::Guarded<Settings>& settings() { return settings_; }

  [[nodiscard]] gstx::Structure stats() {
    gstx::Structure stats("acestreamsrc-stats");
    stats.set("bytes", bytes_read());
    const auto playback = *playback_.lock();
    if (!playback) return stats;
    stats.set("dropped", playback->store().dropped());
    playback->bulletin().write(stats);
    return stats;
  }

 private:
  [[nodiscard]] gstx::ReaderResult make_reader() override {
    auto plan = make_plan(*settings_.lock());
    if (!plan) return tl::unexpected(std::move(plan.error()));
    auto playback = std::make_shared<Playback>(element(), std::move(*plan));
    *playback_.lock() = playback;
    return std::make_unique<AceReader>(std::move(playback));
  }

  gx::Guarded<Settings> settings_;
  gx::Guarded<std::shared_ptr<Playback>> playback_; // of the last start
};

using Type = gstx::ElementType<AceStreamSrc>;

// ---- acestream: URIs ----

constexpr const gchar* kProtocols[] = {"acestream", nullptr};

gchar* get_uri(GstURIHandler* handler) noexcept {
  const auto content = ace::parse_content(Type::of(handler).settings().lock()->uri);
  return content ? g_strdup(ace::write_uri(*content).c_str()) : nullptr;
}

gboolean set_uri(GstURIHandler* handler, const gchar* uri, GError** error) noexcept {
  if (GST_STATE(handler) > GST_STATE_READY) {
    g_set_error(error, GST_URI_ERROR, GST_URI_ERROR_BAD_STATE,
                "The channel cannot be changed while it plays");
    return FALSE;
  }
  const auto content = ace::parse_content(uri);
  if (!content) {
    g_set_error(error, GST_URI_ERROR, GST_URI_ERROR_BAD_URI, "%s", content.error().message.c_str());
    return FALSE;
  }
  Type::of(handler).settings().lock()->uri = uri;
  return TRUE;
}

void init_uri_handler(gpointer interface, gpointer) noexcept {
  auto* handler = static_cast<GstURIHandlerInterface*>(interface);
  handler->get_type = [](GType) noexcept { return GST_URI_SRC; };
  handler->get_protocols = [](GType) noexcept { return kProtocols; };
  handler->get_uri = &get_uri;
  handler->set_uri = &set_uri;
}

gboolean register_element(GstPlugin* plugin) noexcept {
  GST_DEBUG_CATEGORY_INIT(ace_stream_src_debug, "acestreamsrc", 0, "AceStream source");
  const GInterfaceInfo info{&init_uri_handler, nullptr, nullptr};
  g_type_add_interface_static(Type::get(), GST_TYPE_URI_HANDLER, &info);
  return Type::register_in(plugin, "acestreamsrc");
}

} // namespace
} // namespace relevo::acestreamsrc

GST_ELEMENT_REGISTER_DEFINE_CUSTOM(acestreamsrc, relevo::acestreamsrc::register_element)
