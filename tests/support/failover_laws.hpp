// SPDX-License-Identifier: LGPL-2.1-or-later
// The failover machine with its laws: whatever it is told, each of its answers is judged.
#pragma once

#include "policy/failover.hpp"

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace relevo::policy::test {

/// Performs what the machine says, in a model, and checks that it could be performed. `require(law, name)` is
/// called with every judgement.
class LawfulFailover {
 public:
  using Require = void (*)(bool law, const char* name);
  LawfulFailover(FailoverSettings settings, Require require)
      : settings_(settings), machine_(settings), require_(require) {}

  void step(const Event& event, Time now) {
    note(event);
    for (Action& action : machine_.step(event, now)) {
      std::visit([&](const auto& what) { perform(what, now); }, action);
      log_.emplace_back(now, std::move(action));
    }
    judge(now);
  }

  /// Lets the timer ring as often as it is armed for a time up to then.
  void ring_until(Time until) {
    int rings = 0;
    while (armed_ && *armed_ <= until) {
      const Time now = *std::exchange(armed_, std::nullopt);
      step(event::Timer{}, now);
      require_(++rings < kMostRings, "the timer comes to rest");
    }
  }

  [[nodiscard]] std::uint32_t newest() const { return newest_; }
  [[nodiscard]] std::optional<AttemptId> on() const { return on_; }
  [[nodiscard]] std::vector<AttemptId> open() const {
    std::vector<AttemptId> ids;
    for (const auto& [id, key] : open_)
      ids.push_back(id);
    return ids;
  }
  [[nodiscard]] std::vector<std::pair<Time, Action>> take_log() { return std::exchange(log_, {}); }

 private:
  static constexpr int kMostRings = 10000;

  void note(const Event& event) {
    if (std::holds_alternative<event::Start>(event)) started_ = true;
    if (std::holds_alternative<event::Stop>(event)) started_ = false;
    const auto* change = std::get_if<event::CandidatesChanged>(&event);
    if (!change) return;
    keys_.clear();
    for (const Candidate& candidate : change->candidates)
      keys_.emplace(candidate.id, candidate.slot_key);
    capacities_.clear();
    for (const SlotLimit& slot : change->slots)
      capacities_.emplace(slot.key, slot.capacity);
  }

  void perform(const action::Open& open, Time) {
    require_(static_cast<std::uint32_t>(open.attempt) > newest_, "an attempt has a number of its own");
    newest_ = static_cast<std::uint32_t>(open.attempt);
    require_(keys_.count(open.candidate) == 1, "only what is in the list is opened");
    open_.emplace(open.attempt, keys_[open.candidate]);
    require_slots();
  }
  void perform(const action::Close& close, Time) {
    require_(open_.erase(close.attempt) == 1, "only what is open is closed");
    if (on_ == close.attempt) on_.reset();
  }
  void perform(const action::Splice& splice, Time) {
    require_(open_.count(splice.attempt) == 1, "only what is open is spliced to");
    require_(splice.gap >= Duration{}, "a gap is not negative");
    on_ = splice.attempt;
  }
  void perform(const action::GiveUp& give_up, Time) {
    require_(open_.count(give_up.attempt) == 1, "only what is open is given up");
    require_(give_up.penalty >= 0 && give_up.penalty <= Penalty::kMost, "a penalty has bounds");
  }
  void perform(const action::StartSlate&, Time) {
    require_(!std::exchange(slate_, true), "the slate starts once");
    require_(!on_, "no slate over a stream");
  }
  void perform(const action::StopSlate&, Time) {
    require_(std::exchange(slate_, false), "the slate stops once");
  }
  void perform(const action::ArmTimer& timer, Time now) {
    require_(timer.at >= now, "the timer is not in the past");
    armed_ = timer.at;
  }
  void perform(const action::BackOff& back_off, Time) {
    require_(back_off.wait >= settings_.backoff.first && back_off.wait <= settings_.backoff.longest,
             "a wait has bounds");
  }
  void perform(const action::Refuse&, Time) {}

  void require_slots() const {
    std::map<std::string, unsigned> used;
    for (const auto& [id, key] : open_) {
      if (key.empty()) continue;
      const auto limit = capacities_.find(key);
      const unsigned capacity = limit == capacities_.end() || limit->second < 1 ? 1 : limit->second;
      require_(++used[key] <= capacity, "a login is never asked for more than it has");
    }
  }

  void judge(Time now) const {
    require_slots();
    require_(open_.size() <= 2, "one is on, one is next");
    if (!started_) {
      require_(open_.empty() && !slate_, "stopped, nothing is left");
      return;
    }
    if (!open_.empty() || (!keys_.empty() && !on_))
      require_(armed_.has_value(), "what is open has a deadline, and a search goes on");
    if (!on_ && keys_.empty()) require_(slate_, "with nothing to try, the slate is on");
    if (armed_) require_(*armed_ <= now + kLongestWait, "no deadline is beyond reach");
    require_(machine_.current().has_value() == on_.has_value(), "what is on is the current one");
  }

  // Of attempts and rounds: 10 s of silence that a rhythm may allow, 30 s of back-off.
  static constexpr Duration kLongestWait = std::chrono::seconds{31};

  FailoverSettings settings_;
  Failover machine_;
  Require require_;
  bool started_ = false, slate_ = false;
  std::map<CandidateId, std::string> keys_;
  std::map<std::string, unsigned> capacities_;
  std::map<AttemptId, std::string> open_; // with the slot key they were opened with
  std::optional<AttemptId> on_;
  std::optional<Time> armed_;
  std::uint32_t newest_ = 0;
  std::vector<std::pair<Time, Action>> log_;
};

} // namespace relevo::policy::test
