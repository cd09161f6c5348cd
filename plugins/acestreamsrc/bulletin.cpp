// SPDX-License-Identifier: LGPL-2.1-or-later
// Messages and statistics of the element.
#include "bulletin.hpp"

#include "gstx/contract.hpp"
#include "uri/redact.hpp"

GST_DEBUG_CATEGORY_EXTERN(ace_stream_src_debug);
#define GST_CAT_DEFAULT ace_stream_src_debug

namespace relevo::acestreamsrc {
namespace {

/// Peers do not send evenly: silence shorter than this says nothing of the source.
constexpr std::chrono::nanoseconds kRhythm = std::chrono::seconds{5};

std::uint64_t nanoseconds(ace::Duration duration) {
  return static_cast<std::uint64_t>(std::chrono::nanoseconds(duration).count());
}

void describe(gstx::Structure& to, const ace::Statistics& statistics) {
  to.set("phase", std::string(ace::name_of(statistics.phase)))
      .set("progress", statistics.progress)
      .set("peers", statistics.peers)
      .set("download-rate", statistics.download_rate)
      .set("upload-rate", statistics.upload_rate)
      .set("downloaded", statistics.downloaded)
      .set("uploaded", statistics.uploaded);
  if (!statistics.live) return;
  to.set("live-position", std::int64_t{statistics.live->position.count()})
      .set("live-delay", std::int64_t{statistics.live->delay().count()})
      .set("live-window", std::int64_t{statistics.live->window().count()})
      .set("buffer-pieces", statistics.live->buffer_pieces);
}

std::vector<std::string> redacted(const std::vector<ace::Engine>& engines) {
  std::vector<std::string> names;
  for (const auto& engine : engines)
    names.push_back(uri::redact_url(engine.base));
  return names;
}

} // namespace

Bulletin::Bulletin(GstElement* element, std::vector<ace::Engine> engines)
    : engines_(redacted(engines)), element_(gx::Ref<GstElement>::retain(element)) {}

void Bulletin::close() {
  *element_.lock() = {};
}

void Bulletin::post(gstx::Structure message) {
  const gx::Ref<GstElement> element = *element_.lock();
  if (!element) return;
  GST_INFO_OBJECT(element.get(), "%" GST_PTR_FORMAT, static_cast<const void*>(message.get()));
  gstx::post_message(element.get(), std::move(message));
  g_object_notify(G_OBJECT(element.get()), "stats");
}

gstx::Structure Bulletin::decision(const char* what, ace::SessionId session) const {
  gstx::Structure message(contract::kAceStream);
  message.set(contract::kDecision, what).set("session", static_cast<std::uint32_t>(session));
  return message;
}

void Bulletin::on(const ace::action::Start& start) {
  {
    const auto facts = facts_.lock();
    facts->state = "starting";
    facts->engine = start.engine;
    facts->session = static_cast<std::uint32_t>(start.session);
    facts->statistics = {};
    ++facts->sessions;
  }
  auto message = decision("start", start.session);
  message.set("engine", engines_[start.engine]);
  post(std::move(message));
}

void Bulletin::on(const ace::action::Read& read) {
  facts_.lock()->state = "prebuffering";
  post(decision("read", read.session));
  if (opened_) return;
  opened_ = true;
  gstx::Structure rhythm(contract::kRhythm);
  rhythm.set(contract::kSilence, static_cast<std::uint64_t>(kRhythm.count()));
  post(std::move(rhythm));
  post(gstx::Structure(contract::kOpened));
}

void Bulletin::on(const ace::action::GiveUp& give_up) {
  {
    const auto facts = facts_.lock();
    facts->state = "waiting";
    facts->problem = give_up.problem.detail;
    ++facts->given_up;
  }
  auto message = decision("give-up", give_up.session);
  message.set("engine", engines_[give_up.engine])
      .set("reason", std::string(ace::name_of(give_up.problem.trouble)))
      .set("text", give_up.problem.detail)
      .set("rest", nanoseconds(give_up.rest));
  if (give_up.problem.status != 0) message.set(contract::kStatus, std::int32_t{give_up.problem.status});
  post(std::move(message));
}

void Bulletin::on(const ace::action::Stop& stop) {
  post(decision("stop", stop.session));
}

void Bulletin::on(const ace::action::Release& release) {
  if (!release.lost) return;
  ++facts_.lock()->lost;
  post(decision("lost", release.session));
}

void Bulletin::on(const ace::action::Fail&) {
  facts_.lock()->state = "failed";
}

void Bulletin::on(const ace::event::Bytes& bytes) {
  const auto facts = facts_.lock();
  const bool current = facts->session == static_cast<std::uint32_t>(bytes.session);
  if (current && facts->state == "prebuffering") facts->state = "playing";
}

void Bulletin::on(const ace::event::StatisticsCame& came) {
  {
    const auto facts = facts_.lock();
    if (facts->session != static_cast<std::uint32_t>(came.session)) return;
    facts->statistics = came.statistics;
  }
  gstx::Structure message(contract::kAceStreamStatistics);
  message.set("session", static_cast<std::uint32_t>(came.session));
  describe(message, came.statistics);
  post(std::move(message));
}

void Bulletin::on(const ace::event::NoticeCame& came) {
  if (came.notice.name.empty()) return;
  gstx::Structure message(contract::kAceStreamNotice);
  message.set("session", static_cast<std::uint32_t>(came.session))
      .set("name", came.notice.name)
      .set("text", ace::describe(came.notice));
  post(std::move(message));
}

void Bulletin::write(gstx::Structure& stats) {
  const auto facts = facts_.lock();
  stats.set("state", facts->state)
      .set("engine", facts->sessions > 0 ? engines_[facts->engine] : "")
      .set("sessions", facts->sessions)
      .set("given-up", facts->given_up)
      .set("lost", facts->lost)
      .set("problem", facts->problem);
  describe(stats, facts->statistics);
}

} // namespace relevo::acestreamsrc
