// SPDX-License-Identifier: LGPL-2.1-or-later
// The failover machine: which source is on, which one is next, and when to change over.
#pragma once

#include "policy/attempt.hpp"
#include "policy/backoff.hpp"
#include "policy/failover_messages.hpp"
#include "policy/penalty.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace relevo::policy {

enum class Standby {
  Cold, // the next source is opened when it is needed
  Hot,  // it is kept open and ready
};

struct FailoverSettings {
  Deadlines deadlines;
  Standby standby = Standby::Cold;
  Duration penalty_half_life = std::chrono::minutes{5};
  Duration return_after = std::chrono::seconds{60};   // of health, while it is open beside the one that is on
  Duration return_interval = std::chrono::minutes{5}; // between two returns
  Duration settled = std::chrono::seconds{10};        // on for so long, a source has ended the search
  Duration slate = std::chrono::seconds{3};           // without a source, until the slate
  BackoffLimits backoff;                              // between rounds in which all candidates failed
};

/// Decides, and does nothing: events and time in, actions out. Single-threaded; never throws on any order of
/// events.
class Failover {
 public:
  enum class State {
    Stopped,
    Searching, // nothing is on, a candidate is being opened
    Waiting,   // nothing is on, all candidates have failed (or there are none)
    Playing,
    Leaving, // one is on that has to go as soon as another is ready
  };

  explicit Failover(FailoverSettings settings = {});

  /// Time never steps back: an earlier one counts as the latest that was seen.
  [[nodiscard]] std::vector<Action> step(const Event& event, Time now);

  [[nodiscard]] State state() const noexcept;
  /// The candidate that is the output.
  [[nodiscard]] std::optional<CandidateId> current() const;

 private:
  struct Source {
    Candidate candidate;
    Penalty penalty;
    bool failed = false; // in this round of the search
  };
  struct Choice {
    CandidateId candidate;
    Reason reason;
  };

  // Events.
  void receive(const event::Start&);
  void receive(const event::Stop&);
  void receive(const event::Timer&) {}
  void receive(const event::CandidatesChanged& change);
  void receive(const event::SwitchTo& command);
  void receive(const event::Next&);
  void receive(const event::Failed& failed);
  template <class AttemptEvent>
  void receive(const AttemptEvent& sign);
  void adopt_list(const std::vector<Candidate>& candidates);
  void part_with_removed();
  void user_wants(CandidateId candidate);

  // What happens, in the order of a step.
  void settle();
  void judge();
  void give_up(const Attempt& attempt, const Verdict& verdict);
  void give_up_current(const Verdict& verdict);
  void give_up_next();
  void review_next();
  [[nodiscard]] bool next_is_due() const;
  void splice();
  void open_next();
  void update_slate();
  void arm_timer();
  void close_current(Time outage_since, Reason reason);
  void close_next();

  // What to open, and what to wait for (failover_choice.cpp).
  [[nodiscard]] std::optional<Choice> choose();
  [[nodiscard]] std::optional<Choice> choose_replacement();
  [[nodiscard]] std::optional<Choice> choose_spare() const;
  [[nodiscard]] std::optional<CandidateId> best_untried() const;
  [[nodiscard]] std::optional<CandidateId> behind_current() const;
  [[nodiscard]] std::vector<const Source*> ranked() const;
  [[nodiscard]] bool settled() const;
  [[nodiscard]] bool may_return() const;
  [[nodiscard]] bool fits_beside_current(const std::string& slot_key) const;
  [[nodiscard]] const Source* find(CandidateId candidate) const;
  [[nodiscard]] Source* find(CandidateId candidate);
  [[nodiscard]] Attempt* find(AttemptId attempt);
  [[nodiscard]] std::optional<Time> next_change() const;
  [[nodiscard]] std::optional<Time> next_change_of_spare() const;

  void act(Action action) { actions_.push_back(std::move(action)); }

  const FailoverSettings settings_;
  std::vector<Source> sources_;
  std::vector<SlotLimit> slots_;
  bool started_ = false;
  Time now_{};

  std::optional<Attempt> current_;
  Time current_since_{};
  bool pinned_ = false;             // the user chose what is on: no return from it
  std::optional<CandidateId> last_; // what was on last

  std::optional<Attempt> next_;
  Reason next_reason_ = Reason::Start;
  std::optional<CandidateId> wanted_; // by the user, not on yet

  std::optional<Reason> search_; // why another one is needed; always set while nothing is on
  std::optional<Time> round_at_; // all candidates failed: when the next round begins
  Backoff round_backoff_;
  std::optional<Time> spare_at_; // a spare failed: no other before
  Backoff spare_backoff_;
  std::optional<Time> returned_at_;

  Time outage_since_{};
  bool slate_ = false;
  std::optional<Time> armed_;
  std::uint32_t attempts_ = 0;
  std::vector<Action> actions_;
};

} // namespace relevo::policy
