// SPDX-License-Identifier: LGPL-2.1-or-later
// One session: guests become viewers, decisions become events.
#include "session.hpp"

#include "base/text.hpp"
#include "sources/own_host.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <stdexcept>
#include <sys/socket.h>

namespace relevo::sessions {
namespace {

/// Of a candidate whose connections nothing limits; as many as a channel could ever use.
constexpr unsigned kUnlimited = 1000;

/// Of a source that is on: when the rates, which take two seconds, are those of it alone.
constexpr std::chrono::seconds kMeasuredSoon{3};
constexpr std::chrono::minutes kMeasuredAgain{5};
constexpr int kMostSoon = 5; // of some streams the frame rate is never known

unsigned capacity_of(const slots::Limits& limits) {
  unsigned capacity = kUnlimited;
  for (const unsigned limit : {limits.login, limits.credentials, limits.account, limits.global})
    if (limit != 0) capacity = std::min(capacity, limit);
  return capacity;
}

/// What he sends is of no interest, only whether he is there.
bool has_gone(int socket) {
  std::array<char, 4096> room;
  const auto got = ::recv(socket, room.data(), room.size(), MSG_DONTWAIT);
  return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
}

} // namespace

Session::Session(SessionId id, Plan plan, Sessions& house)
    : id_(id),
      plan_(std::move(plan)),
      holder_(concat(plan_.name, " (session ", id, ')')),
      since_(WallTime::clock::now()),
      house_(house),
      desk_(std::make_shared<SlotDesk>(house.ledger_, holder_, house.settings_.most_connections)),
      hls_(house.settings_, plan_.uuid, hooks()) {
  desk_->set_plan(plan_);
  house_.tell(event(Happening::SessionOpened));
}

State Session::state() const noexcept {
  if (!closing_.empty()) return State::Closing;
  if (present_.empty() && waiting_.empty() && hls_.empty()) return State::Draining;
  if (is_queued()) return State::Queued;
  return on_air_ ? State::Live : State::Opening;
}

bool Session::wants_connection() const noexcept {
  const auto now = state();
  return now == State::Queued || (now == State::Opening && !pipeline_);
}

int Session::priority() const noexcept {
  int highest = std::numeric_limits<int>::min();
  for (const auto& [id, one] : present_)
    highest = std::max(highest, one.priority);
  for (const Waiting& one : waiting_)
    highest = std::max(highest, one.guest.priority);
  return std::max(highest, hls_.priority().value_or(highest));
}

bool Session::is_alone(const Viewer& who) const {
  const auto is_he = [&who](const Viewer& other) { return other == who; };
  return state() != State::Draining &&
         std::ranges::all_of(present_, [&](const auto& one) { return is_he(one.second.who); }) &&
         std::ranges::all_of(waiting_, [&](const Waiting& one) { return is_he(one.guest.who); }) &&
         std::ranges::all_of(hls_.all(), is_he);
}

std::optional<Viewer> Session::first_waiting() const {
  if (!waiting_.empty()) return waiting_.front().guest.who;
  const auto others = hls_.waiting();
  return others.empty() ? std::nullopt : std::optional(others.front());
}

// ---- viewers ----

void Session::admit(Guest guest) {
  ahead_ = false;
  linger_.reset();
  if (!on_air_) return wait(std::move(guest));
  join(std::move(guest));
  check_empty(); // he may be lost already
}

void Session::wait(Guest guest) {
  const int socket = guest.socket.get();
  const auto who = waiting_.insert(waiting_.end(), {std::move(guest), {}});
  who->gone = gx::Source::while_ready(nullptr, socket, G_IO_IN, [this, who] { on_readable(who); });
}

void Session::on_readable(std::list<Waiting>::iterator who) {
  if (!has_gone(who->guest.socket.get())) return;
  auto left = event(Happening::ViewerLeft);
  left.who = who->guest.who;
  left.reason = "hung-up";
  const Waiting going = std::move(*who);
  waiting_.erase(who);
  house_.tell(left);
  check_empty();
}

void Session::join(Guest guest) {
  const auto id = pipeline_->add_viewer(std::move(guest.socket), guest.head);
  if (!id) {
    if (guest.on_refused) guest.on_refused({500, "the connection cannot be used", {}, {}, {}, Cause::Failed});
    return;
  }
  auto found = std::ranges::find_if(present_, [&](const auto& one) { return one.second.who == guest.who; });
  const bool is_new = found == present_.end();
  if (is_new)
    found = present_.emplace(house_.make_viewer_id(), Present{guest.who, WallTime::clock::now()}).first;
  found->second.priority = std::max(found->second.priority, guest.priority);
  found->second.connections.emplace(*id, std::move(guest.ticket));
  if (is_new) {
    auto joined = event(Happening::ViewerJoined);
    joined.viewer = found->first;
    joined.who = guest.who;
    joined.kind = name_of(ViewerKind::Ts);
    house_.tell(joined);
  }
  if (guest.on_joined) guest.on_joined();
}

Session::Crowd::iterator Session::find_present(channel::ViewerId connection) {
  return std::ranges::find_if(present_,
                              [&](const auto& one) { return one.second.connections.contains(connection); });
}

void Session::on_air() {
  on_air_ = true;
  opening_.reset();
  for (auto waiting = std::exchange(waiting_, {}); !waiting.empty(); waiting.pop_front()) {
    waiting.front().gone.reset();
    join(std::move(waiting.front().guest));
  }
  start_hls();
  check_empty();
}

void Session::refuse_all(int status, Cause cause, const std::string& why) {
  hls_.refuse_all(status, cause, why);
  for (auto waiting = std::exchange(waiting_, {}); !waiting.empty(); waiting.pop_front()) {
    Waiting& one = waiting.front();
    one.gone.reset();
    auto answer = refusal(status, cause, why);
    tell_refused(one.guest.who, answer);
    answer.socket = std::move(one.guest.socket);
    if (one.guest.on_refused) one.guest.on_refused(std::move(answer));
  }
}

void Session::tell_refused(const Viewer& who, const Refused& refused) const {
  auto told = event(Happening::ViewerRefused);
  told.who = who;
  told.status = refused.status;
  told.cause = refused.cause;
  told.text = refused.reason;
  house_.tell(told);
}

Refused Session::refusal(int status, Cause cause, const std::string& why) const {
  return {status, why, house_.settings_.retry_after, {}, {}, cause};
}

void Session::check_empty() {
  if (state() != State::Draining || ahead_ || linger_.active()) return;
  linger_ = gx::Source::after(nullptr, house_.settings_.linger,
                              [this] { house_.retire(*this, Cause::Unwatched, "unwatched"); });
}

bool Session::kick(ViewerId viewer) {
  if (const auto identity = hls_.kick(viewer)) {
    house_.send_away(*identity);
    return true;
  }
  const auto found = present_.find(viewer);
  if (found == present_.end()) return false;
  for (const auto& [connection, ticket] : found->second.connections)
    static_cast<void>(pipeline_->remove_viewer(connection));
  return true;
}

// ---- the pipeline ----

channel::Sources Session::make_sources() const {
  channel::Sources sources;
  for (const Source& source : plan_.sources) {
    auto& candidate = sources.candidates.emplace_back(source.candidate);
    candidate.penalty = house_.penalty_of(source.stream);
    candidate.reach = write_reach(sources::reach_from(source.own_host, house_.settings_.reach));
    auto limits = source.claim.limits;
    limits.global = house_.settings_.most_connections;
    sources.slots[candidate.slot_key] = capacity_of(limits);
  }
  return sources;
}

void Session::start() {
  waits_for_.reset();
  asking_ = true;
  if (pipeline_)
    pipeline_->set_sources(make_sources());
  else if (!make_pipeline(make_sources()))
    return;
  if (!on_air_)
    opening_ = gx::Source::after(nullptr, house_.settings_.opening, [this] { on_opening_over(); });
}

void Session::open_ahead() {
  ahead_ = true;
  start();
}

void Session::let_go() {
  ahead_ = false;
  check_empty();
}

bool Session::is_watched_for(std::chrono::milliseconds time) const {
  const auto since = WallTime::clock::now() - time;
  const auto is_old = [&](WallTime joined) { return joined <= since; };
  return state() == State::Live &&
         (std::ranges::any_of(present_, is_old, [](const auto& one) { return one.second.since; }) ||
          std::ranges::any_of(hls_.viewers(), is_old, &ViewerView::since));
}

void Session::queue(const Obstacle& obstacle) {
  if (is_queued()) return;
  waits_for_ = obstacle;
  opening_.reset();
  const auto limit = house_.settings_.wait_limit;
  if (!limit_.active()) {
    limit_ = gx::Source::after(nullptr, limit, [this] { on_limit(); });
    auto awaited = event(Happening::ConnectionAwaited);
    awaited.obstacle = obstacle;
    awaited.text = describe(obstacle);
    awaited.limit = limit;
    house_.tell(awaited);
  }
  // Without a source there is the slate, and nobody is asked for a connection.
  if (pipeline_)
    pipeline_->set_sources({});
  else
    make_pipeline({});
}

bool Session::make_pipeline(channel::Sources sources) {
  channel::Callbacks callbacks;
  callbacks.request_slot = [desk = desk_](const std::string& candidate) { return desk->take(candidate); };
  callbacks.on_decision = [this](const channel::Decision& decision) { on_decision(decision); };
  callbacks.on_viewer_gone = [this](const channel::Departure& departure) { on_viewer_gone(departure); };
  callbacks.on_failed = [this](const std::string& text) { on_failed(text); };
  callbacks.on_hls_edition = [this] { hls_.on_edition(); };
  callbacks.on_hls_failed = [this](const std::string& text) { on_hls_failed(text); };
  try {
    const auto& slate = plan_.slate.empty() ? house_.settings_.slate : plan_.slate;
    const channel::ChannelSpec spec{std::move(sources), plan_.name, slate};
    pipeline_ = std::make_unique<channel::ChannelPipeline>(spec, std::move(callbacks));
  } catch (const std::runtime_error& missing) {
    on_failed(missing.what());
    return false;
  }
  if (pipeline_->start()) return true;
  on_failed("the pipeline cannot be started");
  return false;
}

void Session::renew(Plan plan) {
  plan_ = std::move(plan);
  desk_->set_plan(plan_);
  if (pipeline_ && !is_queued()) pipeline_->set_sources(make_sources());
}

void Session::close(Cause cause, const std::string& reason) {
  if (!closing_.empty()) return;
  closing_ = reason;
  cause_ = cause;
  linger_.reset();
  opening_.reset();
  measure_.reset();
  limit_.reset();
  refuse_all(503, cause, concat("the channel was closed: ", reason));
  hls_.leave_all("stopped");
  if (!pipeline_) return on_closed();
  pipeline_->stop([this] { on_closed(); });
}

void Session::on_closed() {
  auto closed = event(Happening::SessionClosed);
  closed.cause = cause_;
  closed.reason = closing_;
  closed.bytes = bytes_;
  house_.tell(closed);
  house_.bury(*this);
}

/// `looks`: how often it was looked at before.
void Session::measure(const std::string& candidate, std::chrono::milliseconds pause, int looks) {
  measure_ =
      gx::Source::after(nullptr, pause, [this, candidate, looks] { look_at_facts(candidate, looks + 1); });
}

/// Ends when another source is on, or none: what viewers get is that one's then.
void Session::look_at_facts(const std::string& candidate, int looks) {
  const auto stats = pipeline_->stats();
  const Source* source = find_source(candidate);
  if (!source || stats.current != candidate) return;
  const auto& [bits_per_second, video, audio] = stats.facts;
  if (bits_per_second > 0) house_.note_facts(source->stream, stats.facts);
  const bool whole = bits_per_second > 0 && (!video || video->frames_per_second > 0);
  measure(candidate, whole || looks >= kMostSoon ? kMeasuredAgain : kMeasuredSoon, looks);
}

void Session::switch_to(const std::string& candidate) {
  if (pipeline_) pipeline_->switch_to(candidate);
}

void Session::next() {
  if (pipeline_) pipeline_->next();
}

void Session::on_decision(const channel::Decision& decision) {
  if (decision.what == "open") {
    house_.tell(event(Happening::CandidateTried, decision));
  } else if (decision.what == "give-up") {
    on_give_up(decision);
  } else if (decision.what == "switch") {
    on_switch(decision);
  } else if (decision.what == "slate-on") {
    house_.tell(event(Happening::SlateShown));
    if (!on_air_) on_air();
  } else if (decision.what == "slate-off") {
    house_.tell(event(Happening::SlateHidden));
  } else if (decision.what == "back-off") {
    house_.tell(event(Happening::AllFailed, decision));
    on_all_failed();
  }
}

void Session::on_switch(const channel::Decision& decision) {
  round_.clear();
  asking_ = false;
  limit_.reset();
  measure(decision.candidate, kMeasuredSoon, 0);
  house_.tell(event(Happening::Switched, decision));
  if (!on_air_) on_air();
}

void Session::on_give_up(const channel::Decision& decision) {
  round_[decision.candidate] = decision.failure;
  const auto failure = policy::find_failure(decision.failure).value_or(policy::Failure::Other);
  if (failure == policy::Failure::SlotRefused) {
    auto refused = event(Happening::SlotRefused, decision);
    last_obstacle_ = {decision.label, desk_->refusal_of(decision.candidate)};
    if (last_obstacle_.what) refused.text = describe(*last_obstacle_.what);
    refused.obstacle = last_obstacle_;
    last_failure_ = describe(last_obstacle_);
    house_.tell(refused);
    return;
  }
  asking_ = false; // it had a connection
  limit_.reset();
  last_failure_ = concat(decision.label, ": ", decision.text.empty() ? decision.failure : decision.text);
  if (const Source* source = find_source(decision.candidate))
    house_.add_penalty(source->stream, {failure, decision.status, {}, {}});
  house_.tell(event(Happening::CandidateFailed, decision));
}

/// Where it is only connections that are missing, and nobody makes room.
void Session::on_all_failed() {
  const auto round = std::exchange(round_, {});
  asking_ = false;
  if (ahead_ && closing_.empty()) return house_.retire(*this, Cause::NoSource, "no source works");
  const bool no_slots = !round.empty() && std::ranges::all_of(round, [](const auto& one) {
    return one.second == name_of(policy::Failure::SlotRefused);
  });
  if (!closing_.empty() || !no_slots || house_.make_room(*this) || has_played()) return;
  house_.on_full(*this, last_obstacle_);
}

void Session::on_viewer_gone(const channel::Departure& departure) {
  bytes_ += departure.bytes;
  const auto found = find_present(departure.id);
  if (found == present_.end()) return;
  Present& present = found->second;
  present.bytes += departure.bytes;
  present.skips += departure.skips;
  present.connections.erase(departure.id);
  if (!present.connections.empty()) return;
  auto left = event(Happening::ViewerLeft);
  left.viewer = found->first;
  left.who = present.who;
  left.kind = name_of(ViewerKind::Ts);
  left.reason = departure.reason;
  left.bytes = present.bytes;
  left.skips = present.skips;
  present_.erase(found);
  house_.tell(left);
  check_empty();
}

void Session::on_failed(const std::string& text) {
  refuse_all(500, Cause::Failed, text);
  house_.retire(*this, Cause::Failed, concat("failed: ", text));
}

void Session::on_opening_over() {
  refuse_all(503, Cause::NoSource,
             concat("no source works; the last one: ", last_failure_.empty() ? "slow" : last_failure_));
  house_.retire(*this, Cause::NoSource, "no source works");
}

void Session::on_limit() {
  const auto why = concat("no connection became free: ", waits_for_ ? describe(*waits_for_) : last_failure_);
  refuse_all(503, Cause::NoConnection, why);
  house_.retire(*this, Cause::NoConnection, why);
}

} // namespace relevo::sessions
