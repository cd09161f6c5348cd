// SPDX-License-Identifier: LGPL-2.1-or-later
// All sessions: who opens, who makes room for whom, what is remembered of streams.
#include "sessions/sessions.hpp"

#include "base/text.hpp"
#include "session.hpp"

#include <algorithm>
#include <utility>

namespace relevo::sessions {
namespace {

policy::Time now() {
  return policy::Time(
      std::chrono::duration_cast<policy::Duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

model::Moment wall_now() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void refuse(Guest& guest, int status, std::string why) {
  if (guest.on_refused) guest.on_refused({status, std::move(why), {}, std::move(guest.socket)});
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
      last_(memory.last_session) {
  for (const auto& [stream, points, at] : memory.penalties) {
    const auto age = std::max(wall_now() - at, std::chrono::milliseconds::zero());
    penalties_.emplace(stream, policy::Penalty(settings_.penalty_half_life, points, now() - age));
  }
}

Sessions::~Sessions() = default;

void Sessions::watch(std::string_view reference, Guest guest) {
  auto plan = find_(reference);
  if (!plan) return refuse(guest, 404, concat("there is no channel ", quote(reference)));
  Session* session = find_open(plan->channel);
  if (!session && plan->sources.empty()) return refuse(guest, 503, explain(*plan));
  if (!session) {
    sessions_.push_back(std::make_unique<Session>(++last_, std::move(*plan), *this));
    session = sessions_.back().get();
  }
  session->admit(std::move(guest));
  if (!session->started()) open(*session);
}

void Sessions::renew() {
  std::vector<SessionId> open;
  for (const auto& session : sessions_)
    if (session->state() != State::Closing) open.push_back(session->id());
  for (const SessionId id : open) {
    Session* session = find(id);
    if (!session) continue;
    if (auto plan = find_(session->plan().uuid))
      session->renew(std::move(*plan));
    else
      retire(*session, "removed");
  }
}

// ---- opening, and room for it ----

/// What every source of the plan meets; nothing where one of them is free.
std::vector<slots::Refusal> Sessions::find_obstacles(const Plan& plan) const {
  std::vector<slots::Refusal> obstacles;
  for (const Source& source : plan.sources) {
    auto claim = source.claim;
    claim.limits.global = settings_.most_connections;
    auto allowed = ledger_.check(claim);
    if (allowed) return {};
    obstacles.push_back(std::move(allowed.error()));
  }
  return obstacles;
}

void Sessions::open(Session& session) {
  const auto obstacles = find_obstacles(session.plan());
  if (obstacles.empty()) return session.start();
  if (make_room(session)) return; // until it is there
  session.refuse_all(
      503, concat(session.plan().sources.front().candidate.label, ": ", describe(obstacles.front())));
  retire(session, "no connection");
}

/// Whether there is room, or will be: somebody who stands in its way goes. That is who goes anyway, whom
/// nobody watches, or whom only he watched who now wants this one.
bool Sessions::make_room(const Session& session) {
  const auto obstacles = find_obstacles(session.plan());
  if (obstacles.empty()) return true;
  std::vector<Session*> holders;
  for (const auto& obstacle : obstacles)
    for (const auto& other : sessions_)
      if (other.get() != &session && std::ranges::count(obstacle.holders, other->holder()) > 0)
        holders.push_back(other.get());
  const Viewer* zapper = session.first_waiting();
  if (std::ranges::find(holders, State::Closing, &Session::state) != holders.end()) return true;
  auto found = std::ranges::find(holders, State::Draining, &Session::state);
  if (found == holders.end() && zapper)
    found = std::ranges::find_if(holders, [&](const Session* other) { return other->is_alone(*zapper); });
  if (found == holders.end()) return false;
  retire(**found, "to make room");
  return true;
}

void Sessions::retire(Session& session, const std::string& reason) {
  session.close(reason);
}

void Sessions::bury(Session& session) {
  std::erase_if(sessions_, [&](const auto& one) { return one.get() == &session; });
  open_who_waits();
}

void Sessions::open_who_waits() {
  std::vector<SessionId> waiting;
  for (const auto& session : sessions_)
    if (!session->started() && session->state() == State::Opening) waiting.push_back(session->id());
  for (const SessionId id : waiting)
    if (Session* session = find(id)) open(*session);
}

// ---- what is remembered ----

void Sessions::add_penalty(model::StreamId stream, const policy::Verdict& verdict) {
  const auto [found, is_new] =
      penalties_.try_emplace(stream, policy::Duration(settings_.penalty_half_life), 0.0, now());
  found->second.add(policy::penalty_of(verdict), now());
  if (on_penalty_) on_penalty_({stream, found->second.points(now()), wall_now()});
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

Session* Sessions::find_open(model::ChannelId channel) const {
  const auto found = std::ranges::find_if(sessions_, [&](const auto& session) {
    return session->plan().channel == channel && session->state() != State::Closing;
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
  if (session) retire(*session, "stopped by hand");
  return session != nullptr;
}

bool Sessions::kick(channel::ViewerId viewer) {
  return std::ranges::any_of(sessions_, [&](const auto& session) { return session->kick(viewer); });
}

std::vector<SessionView> Sessions::view() const {
  std::vector<SessionView> views;
  for (const auto& session : sessions_)
    views.push_back(session->view());
  return views;
}

} // namespace relevo::sessions
