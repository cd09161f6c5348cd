// SPDX-License-Identifier: LGPL-2.1-or-later
// One session: guests become viewers, decisions become events.
#include "session.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <sys/socket.h>

namespace relevo::sessions {
namespace {

/// Of a candidate whose connections nothing limits; as many as a channel could ever use.
constexpr unsigned kUnlimited = 1000;

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
      desk_(std::make_shared<SlotDesk>(house.ledger_, holder_, house.settings_.most_connections)) {
  desk_->set_plan(plan_);
  house_.tell(event(Happening::SessionOpened));
}

State Session::state() const noexcept {
  if (!closing_.empty()) return State::Closing;
  if (present_.empty() && waiting_.empty()) return State::Draining;
  return on_air_ ? State::Live : State::Opening;
}

bool Session::is_alone(const Viewer& who) const {
  if (present_.size() + waiting_.size() != 1) return false;
  return who == (present_.empty() ? waiting_.front().guest.who : present_.begin()->second.who);
}

const Viewer* Session::first_waiting() const {
  return waiting_.empty() ? nullptr : &waiting_.front().guest.who;
}

// ---- viewers ----

void Session::admit(Guest guest) {
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
    if (guest.on_refused) guest.on_refused({500, "the connection cannot be used", {}, {}});
    return;
  }
  auto joined = event(Happening::ViewerJoined);
  joined.viewer = *id;
  joined.who = guest.who;
  present_.emplace(*id, Present{std::move(guest.who), std::move(guest.ticket), joined.at});
  house_.tell(joined);
  if (guest.on_joined) guest.on_joined();
}

void Session::on_air() {
  on_air_ = true;
  opening_.reset();
  for (auto waiting = std::exchange(waiting_, {}); !waiting.empty(); waiting.pop_front()) {
    waiting.front().gone.reset();
    join(std::move(waiting.front().guest));
  }
  check_empty();
}

void Session::refuse_all(int status, const std::string& why) {
  for (auto waiting = std::exchange(waiting_, {}); !waiting.empty(); waiting.pop_front()) {
    Waiting& one = waiting.front();
    one.gone.reset();
    auto refused = event(Happening::ViewerRefused);
    refused.who = one.guest.who;
    refused.status = status;
    refused.text = why;
    house_.tell(refused);
    auto answer = refusal(status, why);
    answer.socket = std::move(one.guest.socket);
    if (one.guest.on_refused) one.guest.on_refused(std::move(answer));
  }
}

Refused Session::refusal(int status, const std::string& why) const {
  return {status, why, house_.settings_.retry_after, {}};
}

void Session::check_empty() {
  if (state() != State::Draining || linger_.active()) return;
  linger_ =
      gx::Source::after(nullptr, house_.settings_.linger, [this] { house_.retire(*this, "unwatched"); });
}

bool Session::kick(channel::ViewerId viewer) {
  return present_.contains(viewer) && pipeline_->remove_viewer(viewer);
}

// ---- the pipeline ----

channel::Sources Session::make_sources() const {
  channel::Sources sources;
  for (const Source& source : plan_.sources) {
    auto& candidate = sources.candidates.emplace_back(source.candidate);
    candidate.penalty = house_.penalty_of(source.stream);
    auto limits = source.claim.limits;
    limits.global = house_.settings_.most_connections;
    sources.slots[candidate.slot_key] = capacity_of(limits);
  }
  return sources;
}

void Session::start() {
  channel::Callbacks callbacks;
  callbacks.request_slot = [desk = desk_](const std::string& candidate) { return desk->take(candidate); };
  callbacks.on_decision = [this](const channel::Decision& decision) { on_decision(decision); };
  callbacks.on_viewer_gone = [this](const channel::Departure& departure) { on_viewer_gone(departure); };
  callbacks.on_failed = [this](const std::string& text) { on_failed(text); };
  try {
    const channel::ChannelSpec spec{make_sources(), plan_.name, house_.settings_.slate};
    pipeline_ = std::make_unique<channel::ChannelPipeline>(spec, std::move(callbacks));
  } catch (const std::runtime_error& missing) {
    return on_failed(missing.what());
  }
  opening_ = gx::Source::after(nullptr, house_.settings_.opening, [this] { on_opening_over(); });
  if (!pipeline_->start()) on_failed("the pipeline cannot be started");
}

void Session::renew(Plan plan) {
  plan_ = std::move(plan);
  desk_->set_plan(plan_);
  if (pipeline_) pipeline_->set_sources(make_sources());
}

void Session::close(const std::string& reason) {
  if (!closing_.empty()) return;
  closing_ = reason;
  linger_.reset();
  opening_.reset();
  refuse_all(503, concat("the channel was closed: ", reason));
  if (!pipeline_) return on_closed();
  pipeline_->stop([this] { on_closed(); });
}

void Session::on_closed() {
  auto closed = event(Happening::SessionClosed);
  closed.reason = closing_;
  closed.bytes = bytes_;
  house_.tell(closed);
  house_.bury(*this);
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
    round_.clear();
    house_.tell(event(Happening::Switched, decision));
    if (!on_air_) on_air();
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

void Session::on_give_up(const channel::Decision& decision) {
  round_[decision.candidate] = decision.failure;
  const auto failure = policy::find_failure(decision.failure).value_or(policy::Failure::Other);
  if (failure == policy::Failure::SlotRefused) {
    auto refused = event(Happening::SlotRefused, decision);
    if (const auto why = desk_->refusal_of(decision.candidate)) refused.text = describe(*why);
    last_failure_ = concat(decision.label, ": ", refused.text);
    house_.tell(refused);
    return;
  }
  last_failure_ = concat(decision.label, ": ", decision.text.empty() ? decision.failure : decision.text);
  if (const Source* source = find_source(decision.candidate))
    house_.add_penalty(source->stream, {failure, decision.status, {}, {}});
  house_.tell(event(Happening::CandidateFailed, decision));
}

/// Who waits is refused where it is only connections that are missing, and nobody makes room.
void Session::on_all_failed() {
  const auto round = std::exchange(round_, {});
  const bool no_slots = !round.empty() && std::ranges::all_of(round, [](const auto& one) {
    return one.second == name_of(policy::Failure::SlotRefused);
  });
  if (!closing_.empty() || !no_slots || house_.make_room(*this) || on_air_) return;
  refuse_all(503, last_failure_);
  house_.retire(*this, "no connection");
}

void Session::on_viewer_gone(const channel::Departure& departure) {
  auto left = event(Happening::ViewerLeft);
  left.viewer = departure.id;
  left.reason = departure.reason;
  left.bytes = departure.bytes;
  left.skips = departure.skips;
  bytes_ += departure.bytes;
  if (const auto found = present_.extract(departure.id)) left.who = found.mapped().who;
  house_.tell(left);
  check_empty();
}

void Session::on_failed(const std::string& text) {
  refuse_all(500, text);
  house_.retire(*this, concat("failed: ", text));
}

void Session::on_opening_over() {
  refuse_all(503, concat("no source works; the last one: ", last_failure_.empty() ? "slow" : last_failure_));
  house_.retire(*this, "no source works");
}

// ---- what is told ----

const Source* Session::find_source(const std::string& candidate) const {
  const auto found = std::ranges::find_if(
      plan_.sources, [&](const Source& source) { return source.candidate.id == candidate; });
  return found == plan_.sources.end() ? nullptr : &*found;
}

Event Session::event(Happening what) const {
  Event event;
  event.what = what;
  event.at = WallTime::clock::now();
  event.session = id_;
  event.channel = plan_.channel;
  event.channel_name = plan_.name;
  return event;
}

Event Session::event(Happening what, const channel::Decision& decision) const {
  auto told = event(what);
  const Source* source = find_source(decision.candidate);
  const Source* from = find_source(decision.from);
  if (source) told.stream = source->stream;
  told.candidate = decision.label;
  if (from) told.from = from->candidate.label;
  told.reason = decision.reason;
  told.failure = decision.failure;
  told.status = decision.status;
  told.text = decision.text;
  told.measured = decision.measured;
  told.limit = decision.limit;
  told.gap = decision.gap;
  told.wait = decision.wait;
  told.penalty = decision.penalty;
  return told;
}

SessionView Session::view() const {
  const auto stats = pipeline_ ? pipeline_->stats() : channel::ChannelStats{};
  SessionView view{id_,           plan_.channel,  plan_.uuid,  plan_.name, state(), since_,
                   stats.current, stats.switches, stats.facts, {},         {},      {}};
  for (const Source& source : plan_.sources) {
    const auto found = std::ranges::find(stats.candidates, source.candidate.id, &channel::CandidateStats::id);
    channel::CandidateStats own;
    own.id = source.candidate.id;
    view.candidates.push_back({source.candidate.label, source.stream, source.claim.login,
                               found == stats.candidates.end() ? own : *found});
  }
  for (const auto& one : stats.viewers)
    if (const auto found = present_.find(one.id); found != present_.end())
      view.viewers.push_back({one, found->second.who, found->second.since});
  for (const Waiting& one : waiting_)
    view.waiting.push_back(one.guest.who);
  return view;
}

} // namespace relevo::sessions
