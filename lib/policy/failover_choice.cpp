// SPDX-License-Identifier: LGPL-2.1-or-later
// The failover machine: what to open next, and what to wait for.
#include "policy/failover.hpp"
#include "policy/ranking.hpp"

#include <algorithm>

namespace relevo::policy {
namespace {

template <class Sources>
auto find_in(Sources& sources, CandidateId candidate) -> decltype(sources.data()) {
  for (auto& source : sources)
    if (source.candidate.id == candidate) return &source;
  return nullptr;
}

} // namespace

std::optional<Failover::Choice> Failover::choose() {
  if (wanted_) return Choice{*wanted_, Reason::User};
  if (search_) return choose_replacement();
  if (spare_at_ && now_ < *spare_at_) return std::nullopt;
  return choose_spare();
}

/// Round by round: every candidate once, then a wait.
std::optional<Failover::Choice> Failover::choose_replacement() {
  if (sources_.empty()) return std::nullopt;
  if (const auto candidate = best_untried()) return Choice{*candidate, *search_};
  if (!round_at_) {
    const Duration wait = round_backoff_.next();
    round_at_ = now_ + wait;
    act(action::BackOff{wait});
  }
  if (now_ < *round_at_) return std::nullopt;
  round_at_.reset();
  for (Source& source : sources_)
    source.failed = false;
  return Choice{*best_untried(), *search_};
}

/// A spare never costs the one that is on its slot.
std::optional<Failover::Choice> Failover::choose_spare() const {
  bool before_current = may_return();
  for (const Source* source : ranked()) {
    const Candidate& candidate = source->candidate;
    if (candidate.id == current_->candidate()) {
      before_current = false;
    } else if (!source->failed && fits_beside_current(candidate.slot_key)) {
      if (before_current) return Choice{candidate.id, Reason::Return};
      if (settings_.standby == Standby::Hot) return Choice{candidate.id, Reason::Standby};
    }
  }
  return std::nullopt;
}

bool Failover::settled() const {
  return current_ && now_ - current_since_ >= settings_.settled;
}

bool Failover::may_return() const {
  return settled() && !pinned_ && (!returned_at_ || now_ - *returned_at_ >= settings_.return_interval);
}

std::optional<CandidateId> Failover::best_untried() const {
  for (const Source* source : ranked())
    if (!source->failed) return source->candidate.id;
  return std::nullopt;
}

std::optional<CandidateId> Failover::behind_current() const {
  const bool zapping = next_ && next_reason_ == Reason::User;
  const std::optional<Attempt>& from = zapping || !current_ ? next_ : current_;
  if (sources_.empty()) return std::nullopt;
  if (!from) return ranked().front()->candidate.id;
  const auto place = std::find_if(sources_.begin(), sources_.end(), [&](const Source& source) {
    return source.candidate.id == from->candidate();
  });
  // Behind one that was removed: from the top.
  const bool at_end = place == sources_.end() || place + 1 == sources_.end();
  const CandidateId behind = (at_end ? sources_.begin() : place + 1)->candidate.id;
  if (behind == from->candidate()) return std::nullopt;
  return behind;
}

std::vector<const Failover::Source*> Failover::ranked() const {
  std::vector<int> levels;
  levels.reserve(sources_.size());
  for (const Source& source : sources_)
    levels.push_back(source.penalty.level(now_));
  std::vector<const Source*> order;
  order.reserve(sources_.size());
  for (const std::size_t place : rank(levels))
    order.push_back(&sources_[place]);
  return order;
}

bool Failover::fits_beside_current(const std::string& slot_key) const {
  if (!current_ || slot_key.empty() || current_->slot_key() != slot_key) return true;
  const auto limit =
      std::find_if(slots_.begin(), slots_.end(), [&](const SlotLimit& slot) { return slot.key == slot_key; });
  return limit != slots_.end() && limit->capacity > 1;
}

const Failover::Source* Failover::find(CandidateId candidate) const {
  return find_in(sources_, candidate);
}

Failover::Source* Failover::find(CandidateId candidate) {
  return find_in(sources_, candidate);
}

Attempt* Failover::find(AttemptId attempt) {
  if (current_ && current_->id() == attempt) return &*current_;
  if (next_ && next_->id() == attempt) return &*next_;
  return nullptr;
}

/// The earliest moment at which time alone changes something.
std::optional<Time> Failover::next_change() const {
  std::optional<Time> earliest;
  const auto consider = [&earliest](std::optional<Time> at) {
    if (at && (!earliest || *at < *earliest)) earliest = at;
  };
  if (current_) consider(current_->deadline());
  if (next_) consider(next_->deadline());
  if (search_ && !next_) consider(round_at_);
  if (!current_ && !slate_) consider(outage_since_ + settings_.slate);
  if (!search_) consider(next_change_of_spare());
  return earliest;
}

std::optional<Time> Failover::next_change_of_spare() const {
  std::optional<Time> earliest;
  const auto consider = [this, &earliest](Time at) {
    if (at > now_ && (!earliest || at < *earliest)) earliest = at;
  };
  if (next_ && next_reason_ == Reason::Return)
    if (const auto healthy = next_->healthy_since()) consider(*healthy + settings_.return_after);
  consider(current_since_ + settings_.settled);
  if (spare_at_) consider(*spare_at_);
  if (returned_at_) consider(*returned_at_ + settings_.return_interval);
  for (const Source& source : sources_) {
    const auto drop = source.penalty.next_drop(now_);
    if (drop) consider(*drop);
  }
  return earliest;
}

} // namespace relevo::policy
