// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * SECTION:element-m3uprofilesel
 * @title: m3uprofilesel
 *
 * Plays one entry of an M3U playlist through the first login that has a free connection. Which entry, say the
 * properties #RelevoM3uProfileSel:channel, #RelevoM3uProfileSel:tvg-id, #RelevoM3uProfileSel:number,
 * #RelevoM3uProfileSel:group and #RelevoM3uProfileSel:pattern, which must all fit; without any it is the
 * first. Headers that the playlist gives for the entry are sent.
 *
 * A login rewrites the address, so that it is that of other credentials. Logins are tried in order: one that
 * has no free connection, whose pattern does not match or whose stream brings no byte is passed over.
 *
 * Connections are counted among all elements of the process with the same #RelevoM3uProfileSel:account. An
 * application that counts by itself connects to `request-slot` (account, login), and returns whether there is
 * a connection; `release-slot` (account, login) follows as soon as that one is closed, whatever closed it.
 *
 * Every decision is an element message `relevo-profile`. Why nothing plays is told in the error message, and
 * in its details as by tshttpsrc; `slot-refused` says that every login is in use.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 m3uprofilesel location=http://127.0.0.1:8000/playlist.m3u channel=h264_1080p25 ! filesink
 * location=out.ts
 * ]|
 */
#include "gstx/contract.hpp"
#include "gstx/element.hpp"
#include "gstx/ref.hpp"
#include "gx/guarded.hpp"
#include "player.hpp"

GST_DEBUG_CATEGORY_STATIC(m3u_profile_sel_debug);
#define GST_CAT_DEFAULT m3u_profile_sel_debug

namespace relevo::m3uprofilesel {
namespace {

GstStaticPadTemplate source_template = GST_STATIC_PAD_TEMPLATE(
    "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS("video/mpegts, systemstream = (boolean) true"));

enum Signal { kRequestSlot, kReleaseSlot, kSignals };
guint signals[kSignals];

class M3uProfileSel final : public Host {
 public:
  using Parent = GstBin;
  using ParentClass = GstBinClass;
  using Type = gstx::ElementType<M3uProfileSel>;
  static constexpr const char* kTypeName = "RelevoM3uProfileSel";
  static GType parent_type() { return GST_TYPE_BIN; }
  static const gstx::Properties<Settings>& properties() { return settings_table(); }

  explicit M3uProfileSel(GstBin* bin);
  static void set_up(GstBinClass* klass);

  [[nodiscard]] gx::Guarded<Settings>& settings() { return settings_; }
  [[nodiscard]] gstx::Structure stats();

 private:
  using PlayerPtr = std::shared_ptr<Player>;
  /// What has been decided since the start.
  struct Now {
    std::string entry, tvg_id, login, address;
    std::uint64_t entries = 0, faults = 0, passed_over = 0;
  };

  static void add_signals(GstBinClass* klass);
  static GstStateChangeReturn change_state(GstElement* element, GstStateChange change) noexcept;
  static void handle_message(GstBin* bin, GstMessage* message) noexcept;
  static gboolean send_event(GstElement* element, GstEvent* event) noexcept;

  [[nodiscard]] bool prepare();
  void start();
  void stop();
  void end();

  // Host.
  [[nodiscard]] std::optional<SlotLease> request_slot(const LoginSpec& login) override;
  void on_entry(const Found& found) override;
  void on_open(const LoginSpec& login, const std::string& address) override;
  void on_play(const LoginSpec& login) override;
  void on_pass_over(const LoginSpec& login, const gstx::SourceFailure& failure) override;
  void report(gstx::Structure decision);

  [[nodiscard]] PlayerPtr player() { return *player_.lock(); }
  [[nodiscard]] GstElement* element() const noexcept { return GST_ELEMENT_CAST(bin_); }

  GstBin* bin_;
  gstx::Outlet outlet_;
  gx::Guarded<Settings> settings_;
  std::optional<Plan> plan_; // from READY to PAUSED on; of state changes alone
  std::string account_;      // of the plan; set before the player runs
  gx::Guarded<PlayerPtr> player_;
  gx::Guarded<Now> now_;
};

gstx::Structure decision(const char* what) {
  gstx::Structure structure(contract::kProfile);
  structure.set(contract::kDecision, what);
  return structure;
}

gstx::Structure decision(const char* what, const LoginSpec& login) {
  auto structure = decision(what);
  structure.set("login", login.name);
  return structure;
}

M3uProfileSel::M3uProfileSel(GstBin* bin) : bin_(bin), outlet_(element(), &source_template) {
  gst_bin_set_suppressed_flags(bin, GST_ELEMENT_FLAG_SOURCE); // it is one, also while it has none inside
  GST_OBJECT_FLAG_SET(bin, GST_ELEMENT_FLAG_SOURCE);
}

void M3uProfileSel::set_up(GstBinClass* klass) {
  auto* element_class = GST_ELEMENT_CLASS(klass);
  gst_element_class_add_static_pad_template(element_class, &source_template);
  gst_element_class_set_static_metadata(
      element_class, "M3U profile selector", "Source/Network",
      "Plays one entry of a playlist through the first login with a free connection", "Relevo");
  element_class->change_state = &change_state;
  element_class->send_event = &send_event;
  klass->handle_message = &handle_message;
  add_signals(klass);
}

void M3uProfileSel::add_signals(GstBinClass* klass) {
  const GType type = G_TYPE_FROM_CLASS(klass);
  // Both with account and login, from a thread of the element. Whoever is connected to the first one decides.
  signals[kRequestSlot] =
      g_signal_new("request-slot", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_first_wins, nullptr,
                   nullptr, G_TYPE_BOOLEAN, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[kReleaseSlot] = g_signal_new("release-slot", type, G_SIGNAL_RUN_LAST, 0, nullptr, nullptr, nullptr,
                                       G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

gstx::Structure M3uProfileSel::stats() {
  const Now now = *now_.lock();
  gstx::Structure stats("m3uprofilesel-stats");
  stats.set("entry", now.entry)
      .set("tvg-id", now.tvg_id)
      .set("login", now.login)
      .set("address", now.address)
      .set("entries", now.entries)
      .set("faults", now.faults)
      .set("passed-over", now.passed_over)
      .set("bytes", outlet_.bytes());
  return stats;
}

// ---- state changes ----

GstStateChangeReturn M3uProfileSel::change_state(GstElement* element, GstStateChange change) noexcept {
  M3uProfileSel& self = Type::of(element);
  GstStateChangeReturn result = GST_STATE_CHANGE_FAILURE;
  gx::call_from_c("change_state", [&] {
    if (change == GST_STATE_CHANGE_READY_TO_PAUSED && !self.prepare()) return;
    if (change == GST_STATE_CHANGE_PAUSED_TO_READY) self.stop();
    result = GST_ELEMENT_CLASS(Type::parent_class())->change_state(element, change);
    if (result == GST_STATE_CHANGE_FAILURE) return;
    if (change == GST_STATE_CHANGE_PAUSED_TO_PLAYING) self.start();
    const bool to_paused =
        change == GST_STATE_CHANGE_READY_TO_PAUSED || change == GST_STATE_CHANGE_PLAYING_TO_PAUSED;
    if (to_paused) result = GST_STATE_CHANGE_NO_PREROLL;
  });
  return result;
}

bool M3uProfileSel::prepare() {
  auto plan = make_plan(*settings_.lock());
  if (!plan) {
    gstx::post_failure(element(), {policy::Failure::Other, 0, "Settings: " + plan.error().message, {}});
    return false;
  }
  account_ = plan->account;
  plan_ = std::move(*plan);
  *now_.lock() = {};
  outlet_.reset();
  return true;
}

/// A pause does not end what plays: the source waits, with its connection.
void M3uProfileSel::start() {
  if (!plan_) return;
  // Locked while it begins: what its source says finds it.
  const auto playing = player_.lock();
  *playing = std::make_shared<Player>(*std::exchange(plan_, std::nullopt), bin_, outlet_, *this);
}

void M3uProfileSel::stop() {
  gst_pad_set_active(outlet_.pad(), FALSE);
  if (const PlayerPtr playing = std::exchange(*player_.lock(), nullptr)) playing->stop();
  plan_.reset();
}

gboolean M3uProfileSel::send_event(GstElement* element, GstEvent* event) noexcept {
  M3uProfileSel& self = Type::of(element);
  switch (GST_EVENT_TYPE(event)) {
  case GST_EVENT_EOS:
    gst_event_unref(event);
    gx::call_from_c("send_event", [&] { self.end(); });
    return TRUE;
  case GST_EVENT_FLUSH_START:
  case GST_EVENT_FLUSH_STOP: return self.outlet_.flush(event);
  default: return GST_ELEMENT_CLASS(Type::parent_class())->send_event(element, event);
  }
}

void M3uProfileSel::end() {
  if (const auto playing = player())
    playing->end();
  else
    outlet_.push_end();
}

void M3uProfileSel::handle_message(GstBin* bin, GstMessage* owned) noexcept {
  auto message = gx::Ref<GstMessage>::adopt(owned);
  const bool of_source = GST_MESSAGE_SRC(message.get()) != GST_OBJECT_CAST(bin);
  if (!of_source || GST_MESSAGE_TYPE(message.get()) != GST_MESSAGE_ERROR)
    return Type::parent_class()->handle_message(bin, message.release());
  // There may be another login.
  gx::call_from_c("handle_message", [&] {
    if (const auto playing = Type::of(bin).player()) playing->on_error(message.get());
  });
}

// ---- host of the player ----

std::optional<SlotLease> M3uProfileSel::request_slot(const LoginSpec& login) {
  if (!g_signal_has_handler_pending(bin_, signals[kRequestSlot], 0, FALSE))
    return take_slot(account_, login.name, login.limit);
  gboolean granted = FALSE;
  g_signal_emit(bin_, signals[kRequestSlot], 0, account_.c_str(), login.name.c_str(), &granted);
  if (!granted) return std::nullopt;
  return SlotLease([this, account = account_, name = login.name] {
    g_signal_emit(bin_, signals[kReleaseSlot], 0, account.c_str(), name.c_str());
  });
}

void M3uProfileSel::on_entry(const Found& found) {
  for (const auto& fault : found.faults)
    GST_WARNING_OBJECT(element(), "malformed entry: %s", fault.c_str());
  {
    const auto now = now_.lock();
    now->entry = found.name;
    now->tvg_id = found.tvg_id;
    now->entries = found.seen.entries;
    now->faults = found.seen.faults;
  }
  auto report = decision("entry");
  report.set("name", found.name)
      .set("tvg-id", found.tvg_id)
      .set("entries", std::uint64_t{found.seen.entries})
      .set("faults", std::uint64_t{found.seen.faults});
  this->report(std::move(report));
}

void M3uProfileSel::on_open(const LoginSpec& login, const std::string& address) {
  {
    const auto now = now_.lock();
    now->login = login.name;
    now->address = address;
  }
  auto report = decision("open", login);
  report.set("address", address);
  this->report(std::move(report));
}

void M3uProfileSel::on_play(const LoginSpec& login) {
  report(decision("play", login));
}

void M3uProfileSel::on_pass_over(const LoginSpec& login, const gstx::SourceFailure& failure) {
  {
    const auto now = now_.lock();
    ++now->passed_over;
    now->login.clear();
    now->address.clear();
  }
  auto report = decision("pass-over", login);
  report.set(contract::kKind, std::string(name_of(failure.kind))).set("text", failure.message);
  if (failure.status != 0) report.set(contract::kStatus, std::int32_t{failure.status});
  this->report(std::move(report));
}

void M3uProfileSel::report(gstx::Structure decision) {
  GST_INFO_OBJECT(element(), "%" GST_PTR_FORMAT, static_cast<const void*>(decision.get()));
  gstx::post_message(element(), std::move(decision));
  g_object_notify(G_OBJECT(bin_), "stats");
}

gboolean register_element(GstPlugin* plugin) noexcept {
  GST_DEBUG_CATEGORY_INIT(m3u_profile_sel_debug, "m3uprofilesel", 0, "M3U profile selector");
  return M3uProfileSel::Type::register_in(plugin, "m3uprofilesel");
}

} // namespace
} // namespace relevo::m3uprofilesel

GST_ELEMENT_REGISTER_DEFINE_CUSTOM(m3uprofilesel, relevo::m3uprofilesel::register_element)
