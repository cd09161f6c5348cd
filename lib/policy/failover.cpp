// SPDX-License-Identifier: LGPL-2.1-or-later
// The failover machine: what happens in a step.
#include "policy/failover.hpp"

#include <algorithm>
#include <utility>

namespace relevo::policy {
namespace {

/// Opened beside a source that plays well: nobody waits for it.
bool is_spare(Reason reason) {
  return reason == Reason::Standby || reason == Reason::Return;
}

} // namespace

std::string_view name_of(Reason reason) noexcept {
  switch (reason) {
  case Reason::Start: return "start";
  case Reason::Failure: return "failure";
  case Reason::Removal: return "removal";
  case Reason::User: return "user";
  case Reason::Standby: return "standby";
  case Reason::Return: return "return";
  }
  return "failure";
}

Failover::Failover(FailoverSettings settings)
    : settings_(settings), round_backoff_(settings.backoff), spare_backoff_(settings.backoff) {}

std::vector<Action> Failover::step(const Event& event, Time now) {
  now_ = std::max(now_, now);
  settle();
  std::visit([this](const auto& what) { receive(what); }, event);
  if (started_) {
    if (std::holds_alternative<event::Timer>(event)) judge();
    review_next();
    if (next_is_due()) splice();
    if (!next_) open_next();
    update_slate();
    arm_timer();
  }
  return std::exchange(actions_, {});
}

Failover::State Failover::state() const noexcept {
  if (!started_) return State::Stopped;
  if (current_) return search_ ? State::Leaving : State::Playing;
  return next_ ? State::Searching : State::Waiting;
}

std::optional<CandidateId> Failover::current() const {
  if (!current_) return std::nullopt;
  return current_->candidate();
}

/// Once a source has settled, the search is over: what failed in it may be tried again.
void Failover::settle() {
  if (!settled() || search_) return;
  for (Source& source : sources_)
    source.failed = false;
}

// ---- events ----

void Failover::receive(const event::Start&) {
  if (started_) return;
  started_ = true;
  search_ = Reason::Start;
  outage_since_ = now_;
}

void Failover::receive(const event::Stop&) {
  if (next_) close_next();
  if (current_) close_current(now_, Reason::Start);
  if (slate_) act(action::StopSlate{});
  started_ = slate_ = pinned_ = false;
  for (Source& source : sources_)
    source.failed = false;
  last_.reset();
  wanted_.reset();
  search_.reset();
  round_at_.reset();
  round_backoff_.reset();
  spare_at_.reset();
  spare_backoff_.reset();
  armed_.reset();
}

void Failover::receive(const event::CandidatesChanged& change) {
  adopt_list(change.candidates);
  slots_ = change.slots;
  part_with_removed();
  if (next_ && !fits_beside_current(next_->slot_key())) close_next();
}

void Failover::adopt_list(const std::vector<Candidate>& candidates) {
  std::vector<Source> sources;
  sources.reserve(candidates.size());
  for (const Candidate& candidate : candidates) {
    if (std::any_of(sources.begin(), sources.end(),
                    [&](const Source& source) { return source.candidate.id == candidate.id; }))
      continue;
    if (const Source* known = find(candidate.id))
      sources.push_back({candidate, known->penalty, known->failed});
    else
      sources.push_back({candidate, Penalty(settings_.penalty_half_life, candidate.penalty, now_)});
  }
  sources_ = std::move(sources);
}

void Failover::part_with_removed() {
  if (wanted_ && !find(*wanted_)) wanted_.reset();
  if (next_ && !find(next_->candidate())) close_next();
  if (sources_.empty()) round_at_.reset();
  if (!current_) return;
  if (find(current_->candidate())) {
    if (search_ == Reason::Removal) search_.reset();
  } else if (sources_.empty()) {
    close_current(now_, Reason::Removal);
  } else if (!search_) {
    search_ = Reason::Removal;
  }
}

void Failover::receive(const event::SwitchTo& command) {
  if (started_ && find(command.candidate))
    user_wants(command.candidate);
  else
    act(action::Refuse{command.candidate});
}

void Failover::receive(const event::Next&) {
  const std::optional<CandidateId> candidate = started_ ? behind_current() : std::nullopt;
  if (candidate)
    user_wants(*candidate);
  else
    act(action::Refuse{});
}

void Failover::user_wants(CandidateId candidate) {
  const bool is_on = current_ && current_->candidate() == candidate && !search_;
  const bool is_next = next_ && next_->candidate() == candidate;
  if (next_ && !is_next && (!is_on || next_reason_ == Reason::User)) close_next();
  wanted_.reset();
  if (is_on) {
    pinned_ = true;
    return;
  }
  wanted_ = candidate;
  if (is_next) next_reason_ = Reason::User;
}

void Failover::receive(const event::Failed& failed) {
  if (const Attempt* attempt = find(failed.attempt))
    give_up(*attempt, {failed.failure, failed.status, {}, {}});
}

template <class AttemptEvent>
void Failover::receive(const AttemptEvent& sign) {
  if (Attempt* attempt = find(sign.attempt)) attempt->on(sign, now_);
}

// ---- attempts that fail ----

void Failover::judge() {
  for (std::optional<Attempt>* attempt : {&current_, &next_})
    if (*attempt)
      if (const auto verdict = (*attempt)->judge(now_)) give_up(**attempt, *verdict);
}

void Failover::give_up(const Attempt& attempt, const Verdict& verdict) {
  double points = 0;
  if (Source* source = find(attempt.candidate())) {
    source->penalty.add(penalty_of(verdict), now_);
    points = source->penalty.points(now_);
  }
  act(action::GiveUp{attempt.id(), attempt.candidate(), verdict, points});
  if (current_ && attempt.id() == current_->id())
    give_up_current(verdict);
  else
    give_up_next();
}

void Failover::give_up_current(const Verdict& verdict) {
  Source* source = find(current_->candidate());
  // A stream that was on for long is worth another connection within this round; one that breaks off at once
  // is not.
  if (source && !settled()) source->failed = true;
  if (still_plays(verdict.failure)) {
    current_->tolerate();
    search_ = Reason::Failure;
  } else {
    close_current(current_->last_byte(), Reason::Failure);
  }
}

void Failover::give_up_next() {
  if (Source* source = find(next_->candidate())) source->failed = true;
  if (wanted_ == next_->candidate()) wanted_.reset();
  if (is_spare(next_reason_)) {
    const auto healthy = next_->healthy_since();
    if (healthy && now_ - *healthy >= settings_.settled) spare_backoff_.reset();
    spare_at_ = now_ + spare_backoff_.next();
  }
  close_next();
}

void Failover::close_current(Time outage_since, Reason reason) {
  act(action::Close{current_->id()});
  current_.reset();
  outage_since_ = outage_since;
  search_ = reason;
}

void Failover::close_next() {
  act(action::Close{next_->id()});
  next_.reset();
}

// ---- attempts that take over ----

/// What the one that is being opened is good for may have changed since.
void Failover::review_next() {
  if (!next_ || next_reason_ == Reason::User) return;
  if (search_) {
    if (is_spare(next_reason_)) next_reason_ = *search_;
    return;
  }
  const std::optional<Choice> spare = choose_spare();
  if (spare && spare->candidate == next_->candidate())
    next_reason_ = spare->reason;
  else if (spare && spare->reason == Reason::Standby)
    next_reason_ = Reason::Standby;
  else
    close_next();
}

bool Failover::next_is_due() const {
  if (!next_ || !next_->ready()) return false;
  if (next_reason_ == Reason::Standby) return false;
  if (next_reason_ != Reason::Return) return true;
  const auto healthy = next_->healthy_since();
  return healthy && now_ - *healthy >= settings_.return_after;
}

void Failover::splice() {
  const Duration gap = current_ ? Duration{} : now_ - outage_since_;
  act(action::Splice{next_->id(), next_->candidate(), last_, next_reason_, gap});
  if (std::exchange(slate_, false)) act(action::StopSlate{});
  if (current_) act(action::Close{current_->id()});
  last_ = next_->candidate();
  current_ = std::exchange(next_, std::nullopt);
  current_since_ = now_;
  pinned_ = next_reason_ == Reason::User;
  if (pinned_) wanted_.reset();
  if (next_reason_ == Reason::Return) returned_at_ = now_;
  search_.reset();
  round_at_.reset();
  round_backoff_.reset();
}

void Failover::open_next() {
  const std::optional<Choice> choice = choose();
  if (!choice) return;
  const Candidate& candidate = find(choice->candidate)->candidate;
  // Break before make: the slot is taken by the one that is on.
  if (!fits_beside_current(candidate.slot_key)) close_current(now_, search_.value_or(Reason::Failure));
  auto deadlines = settings_.deadlines;
  deadlines.first_byte = std::max(deadlines.first_byte, candidate.start);
  next_.emplace(AttemptId{++attempts_}, candidate, deadlines, now_);
  next_reason_ = choice->reason;
  act(action::Open{next_->id(), candidate.id, choice->reason});
}

void Failover::update_slate() {
  if (current_ || slate_) return;
  const bool hopeless = round_at_ || sources_.empty();
  if (!hopeless && now_ - outage_since_ < settings_.slate) return;
  slate_ = true;
  act(action::StartSlate{});
}

void Failover::arm_timer() {
  const std::optional<Time> next = next_change();
  // A timer that is too early costs a step; to move it with every byte would cost more.
  if (!next || (armed_ && *armed_ <= *next && *armed_ > now_)) return;
  armed_ = std::max(*next, now_);
  act(action::ArmTimer{*armed_});
}

} // namespace relevo::policy
