// SPDX-License-Identifier: LGPL-2.1-or-later
// All sessions: who opens, who makes room for whom, what is remembered of streams.
#include "sessions/sessions.hpp"

#include "base/text.hpp"
#include "session.hpp"
#include "sessions/room.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relevo::sessions {
namespace {

constexpr std::chrono::minutes kAway{10}; // whoever was sent away

policy::Time now() {
  return policy::Time(
      std::chrono::duration_cast<policy::Duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

model::Moment wall_now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void refuse(Guest& guest, Refused refused) {
  refused.socket = std::move(guest.socket);
  if (guest.on_refused) guest.on_refused(std::move(refused));
}

void refuse(const HlsGuest& guest, Refused refused) {
  if (guest.on_refused) guest.on_refused(std::move(refused));
}

Refused refusal(int status, Cause cause, std::string why) {
  return {status, std::move(why), {}, {}, {}, cause};
}

std::string explain(const Plan& plan) {
  if (plan.left_out.empty()) return "the channel has no streams";
  std::string text = "no stream of the channel can be played";
  const char* separator = ": ";
  for (const auto& [what, why] : plan.left_out)
    text += concat(std::exchange(separator, "; "), what, ": ", why);
  return text;
}

} // namespace

Sessions::Sessions(Settings settings, slots::Ledger ledger, Find find, Tell tell, Memory memory)
    : settings_(std::move(settings)),
      ledger_(std::move(ledger)),
      find_(std::move(find)),
      tell_(std::move(tell)),
      on_penalty_(std::move(memory.on_penalty)),
      on_measured_(std::move(memory.on_measured)),
      last_(memory.last_session) {
  for (const auto& [stream, points, at] : memory.penalties) {
    const auto age = std::max(wall_now() - at, std::chrono::milliseconds::zero());
    penalties_.emplace(stream, policy::Penalty(settings_.penalty_half_life, points, now() - age));
  }
}

Sessions::~Sessions() = default;

void Sessions::watch(std::string_view reference, Guest guest) {
  if (auto plan = look_up(reference, guest)) enter(std::move(*plan), std::move(guest));
}

void Sessions::watch(Plan plan, Guest guest) {
  enter(std::move(plan), std::move(guest));
}

void Sessions::watch(std::string_view reference, HlsGuest guest) {
  const auto away = sent_away_.find(HlsAudience::identity_of(guest));
  if (away != sent_away_.end() && std::chrono::steady_clock::now() - away->second < kAway)
    return refuse(guest, refusal(410, Cause::SentAway, "you were sent away"));
  if (guest.wish != HlsGuest::Wish::Entrance) {
    // He is here already, and no database is asked.
    if (Session* session = find_open(reference)) {
      if (let_in(session, guest)) session->admit(std::move(guest));
      return;
    }
    if (guest.wish == HlsGuest::Wish::File)
      return refuse(guest, refusal(404, Cause::Misasked, "the channel does not play"));
  }
  auto plan = look_up(reference, guest);
  if (plan && let_in(find_open(plan->uuid), guest)) enter(std::move(*plan), std::move(guest));
}

bool Sessions::let_in(const Session* session, HlsGuest& guest) {
  const auto admit = std::exchange(guest.admit, {});
  if (!admit || (session && session->knows(guest))) return true;
  auto place = admit();
  if (place) guest.place = *std::move(place);
  return place.has_value();
}

Session& Sessions::add(Plan plan) {
  sessions_.push_back(std::make_unique<Session>(++last_, std::move(plan), *this));
  return *sessions_.back();
}

template <class G>
std::optional<Plan> Sessions::look_up(std::string_view reference, G& guest) {
  try {
    if (auto plan = find_(reference)) return plan;
    refuse(guest, refusal(404, Cause::Misasked, concat("there is no channel ", quote(reference))));
  } catch (const sqlite::Failure& failure) {
    refuse(guest, refusal(500, Cause::Failed, concat("the catalogue cannot be read: ", failure.what())));
  }
  return std::nullopt;
}

template <class G>
void Sessions::enter(Plan plan, G guest) {
  if (const Source* best = find_best(plan); best && best->redirect)
    return refuse(guest, redirect(guest.who, plan, *best));
  Session* session = find_open(plan.uuid);
  if (!session && plan.sources.empty()) return refuse(guest, refusal(503, Cause::NoSource, explain(plan)));
  if (!session) session = &add(std::move(plan));
  session->admit(std::move(guest));
  if (session->wants_connection()) open(*session);
}

void Sessions::renew() {
  std::vector<SessionId> open;
  for (const auto& session : sessions_)
    if (session->state() != State::Closing && session->plan().channel) open.push_back(session->id());
  for (const SessionId id : open) {
    Session* session = find(id);
    if (!session) continue;
    if (auto plan = find_(session->plan().uuid))
      session->renew(std::move(*plan));
    else
      retire(*session, Cause::Removed, "removed");
  }
}

/// His connection to the provider is his own: it is in no ledger.
Refused Sessions::redirect(const Viewer& who, const Plan& plan, const Source& source) const {
  Event event;
  event.what = Happening::ViewerRedirected;
  event.at = WallTime::clock::now();
  event.channel = plan.channel;
  event.channel_name = plan.name;
  event.stream = source.stream;
  event.candidate = source.candidate.label;
  event.who = who;
  tell_(event);
  constexpr int kFound = 302;
  return {kFound, "played from elsewhere", {}, source.candidate.uri, {}};
}

// ---- opening, and room for it ----

/// Which would be tried first, and has a connection; null: there is none.
const Source* Sessions::find_best(const Plan& plan) const {
  const auto key = [&](const Source& source) {
    return std::pair(!check(source), std::lround(penalty_of(source.stream)));
  };
  const auto best = std::ranges::min_element(plan.sources, {}, key);
  return best == plan.sources.end() ? nullptr : &*best;
}

/// Whether it may have a connection.
tl::expected<void, slots::Refusal> Sessions::check(const Source& source) const {
  auto claim = source.claim;
  claim.limits.global = settings_.most_connections;
  return ledger_.check(claim);
}

/// What every source of the plan meets; nothing where one of them is free.
std::vector<slots::Refusal> Sessions::find_obstacles(const Plan& plan) const {
  std::vector<slots::Refusal> obstacles;
  for (const Source& source : plan.sources) {
    auto allowed = check(source);
    if (allowed) return {};
    obstacles.push_back(std::move(allowed.error()));
  }
  return obstacles;
}

void Sessions::open(Session& session) {
  const auto obstacles = find_obstacles(session.plan());
  if (obstacles.empty()) return session.start();
  if (make_room(session)) return; // until it is there
  on_full(session, {session.plan().sources.front().candidate.label, obstacles.front()});
}

/// Nobody makes room.
void Sessions::on_full(Session& session, const Obstacle& obstacle) {
  if (settings_.when_full == WhenFull::Wait) {
    look_again();
    return session.queue(obstacle);
  }
  session.refuse_all(503, Cause::NoConnection, describe(obstacle));
  retire(session, Cause::NoConnection, "no connection");
}

/// Whether there is room, or will be, because somebody who stands in its way goes.
bool Sessions::make_room(const Session& session) {
  const auto obstacles = find_obstacles(session.plan());
  if (obstacles.empty()) return true;
  const auto zapper = session.first_waiting();
  std::vector<Session*> who;
  std::vector<Holder> holders;
  for (const auto& other : sessions_) {
    const auto stands_in_the_way = [&](const auto& obstacle) {
      return std::ranges::count(obstacle.holders, other->holder()) > 0;
    };
    if (other.get() == &session || std::ranges::none_of(obstacles, stands_in_the_way)) continue;
    who.push_back(other.get());
    holders.push_back(
        {other->state(), zapper && other->is_alone(*zapper), other->priority(), other->viewers()});
  }
  const auto goes =
      choose_who_goes(holders, settings_.preempt ? std::optional(session.priority()) : std::nullopt);
  if (goes) retire(*who[*goes], Cause::RoomMade, "to make room"); // again: nothing
  return goes.has_value();
}

void Sessions::retire(Session& session, Cause cause, const std::string& reason) {
  session.close(cause, reason);
}

void Sessions::bury(Session& session) {
  std::erase_if(sessions_, [&](const auto& one) { return one.get() == &session; });
  open_who_waits();
}

std::vector<SessionId> Sessions::find_who_waits(bool queued) const {
  std::vector<SessionId> waiting;
  for (const auto& session : sessions_)
    if (session->wants_connection() && session->is_queued() == queued) waiting.push_back(session->id());
  return waiting;
}

/// What a session is about to take, because room was made for it, is in no ledger yet.
bool Sessions::somebody_asks() const {
  const auto entries = ledger_.entries();
  return std::ranges::any_of(sessions_, [&](const auto& session) {
    const auto is_its = [&](const auto& entry) { return entry.claim.holder == session->holder(); };
    return session->is_asking() && std::ranges::none_of(entries, is_its);
  });
}

/// First those for whom somebody made room. Of those that are queued only one at a time.
void Sessions::open_who_waits() {
  const auto expected = find_who_waits(false);
  for (const SessionId id : expected)
    if (Session* session = find(id)) open(*session);
  if (!expected.empty() || somebody_asks()) return;
  for (const SessionId id : find_who_waits(true)) {
    Session* session = find(id);
    if (!session) continue;
    open(*session);
    if (session = find(id); session && !session->is_queued()) return;
  }
}

/// Connections are also given back by sessions that go on with another login.
void Sessions::look_again() {
  constexpr std::chrono::milliseconds kPause{250};
  if (look_.active()) return;
  look_ = gx::Source::every(nullptr, kPause, [this] {
    open_who_waits();
    if (find_who_waits(true).empty()) look_.reset();
  });
}

// ---- channels that are opened ahead ----

void Sessions::open_neighbours(Neighbours neighbours) {
  neighbours_ = std::move(neighbours);
  if (settings_.neighbours != 0)
    around_ = gx::Source::every(nullptr, settings_.settled, [this] { look_around(); });
}

/// One at a time: what it takes is in the ledger when the next one is looked at.
void Sessions::look_around() {
  std::vector<std::string> wanted;
  bool opened = false;
  for (const SessionId id : find_watched()) {
    for (auto& uuid : neighbours_(find(id)->plan(), settings_.neighbours)) {
      if (!opened && !find_open(uuid)) opened = open_ahead(*find(id), uuid);
      wanted.push_back(std::move(uuid));
    }
  }
  for (const auto& session : sessions_)
    if (session->is_ahead() && std::ranges::find(wanted, session->plan().uuid) == wanted.end())
      session->let_go();
}

std::vector<SessionId> Sessions::find_watched() const {
  std::vector<SessionId> watched;
  for (const auto& session : sessions_)
    if (session->plan().channel && session->is_watched_for(settings_.settled))
      watched.push_back(session->id());
  return watched;
}

/// False: not, or not again.
bool Sessions::open_ahead(Session& beside, const std::string& uuid) {
  auto plan = find_(uuid);
  const Source* best = plan ? find_best(*plan) : nullptr;
  if (!best || best->redirect || !find_obstacles(*plan).empty() || !beside.may_open(uuid)) return false;
  add(std::move(*plan)).open_ahead();
  return true;
}

// ---- what is remembered ----

void Sessions::add_penalty(model::StreamId stream, const policy::Verdict& verdict) {
  const auto [found, is_new] =
      penalties_.try_emplace(stream, policy::Duration(settings_.penalty_half_life), 0.0, now());
  found->second.add(policy::penalty_of(verdict), now());
  if (on_penalty_) on_penalty_({stream, found->second.points(now()), wall_now()});
}

void Sessions::note_facts(model::StreamId stream, const channel::Facts& facts) const {
  if (!on_measured_) return;
  model::Measured measured{stream, wall_now(), facts.bits_per_second, {}, {}};
  if (const auto& video = facts.video)
    measured.video = {video->codec,  video->profile,    video->width,
                      video->height, video->interlaced, video->frames_per_second};
  for (const auto& audio : facts.audio)
    measured.audio.push_back({audio.codec, audio.language, audio.sample_rate, audio.channels});
  on_measured_(measured);
}

std::uint64_t Sessions::first_segment(model::ChannelId channel) const {
  // By the clock, which no channel overtakes: a segment is longer than a second, but for a few.
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(WallTime::clock::now().time_since_epoch());
  const auto known = segments_.find(channel);
  return std::max(static_cast<std::uint64_t>(now.count()), known == segments_.end() ? 0 : known->second);
}

void Sessions::note_segments(model::ChannelId channel, std::uint64_t end) {
  segments_[channel] = end;
}

double Sessions::penalty_of(model::StreamId stream) const {
  const auto found = penalties_.find(stream);
  return found == penalties_.end() ? 0 : found->second.points(now());
}

// ---- wishes and views ----

Session* Sessions::find(SessionId id) const {
  const auto found = std::ranges::find(sessions_, id, &Session::id);
  return found == sessions_.end() ? nullptr : found->get();
}

Session* Sessions::find_open(std::string_view uuid) const {
  const auto found = std::ranges::find_if(sessions_, [&](const auto& session) {
    return session->plan().uuid == uuid && session->state() != State::Closing;
  });
  return found == sessions_.end() ? nullptr : found->get();
}

bool Sessions::switch_to(SessionId id, const std::string& candidate) {
  Session* session = find(id);
  if (session) session->switch_to(candidate);
  return session != nullptr;
}

bool Sessions::next(SessionId id) {
  Session* session = find(id);
  if (session) session->next();
  return session != nullptr;
}

bool Sessions::stop(SessionId id) {
  Session* session = find(id);
  if (session) retire(*session, Cause::Stopped, "stopped by hand");
  return session != nullptr;
}

bool Sessions::kick(ViewerId viewer) {
  return std::ranges::any_of(sessions_, [&](const auto& session) { return session->kick(viewer); });
}

void Sessions::send_away(const std::string& identity) {
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(sent_away_, [&](const auto& one) { return now - one.second > kAway; });
  sent_away_[identity] = now;
}

std::vector<SessionView> Sessions::view() const {
  std::vector<SessionView> views;
  for (const auto& session : sessions_)
    views.push_back(session->view());
  return views;
}

} // namespace relevo::sessions
