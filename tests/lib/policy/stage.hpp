// SPDX-License-Identifier: LGPL-2.1-or-later
// A stage for the failover machine: it plays tables of (time, what happens, expected actions), rings the
// timer and lets streams flow.
#pragma once

#include "policy/failover.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::policy::test {

/// A time or a duration in seconds.
constexpr Duration seconds(double value) {
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(value));
}

/// Candidates are named by letters, slot keys by digits behind them: "A B1 C1" has two that share a login.
std::vector<Candidate> candidates(std::string_view names);
event::CandidatesChanged list(std::string_view names, std::vector<SlotLimit> slots = {});
CandidateId named(char name);

/// "open 2 B failure", "splice 2 B failure 0.5", "give-up 1 A stalled 2/2" …; the timer is left out.
std::string describe(const Action& action);

/// Something that happens: an event, after which a stream may flow or be silent.
struct Happening {
  Event event;
  enum class Flow { AsBefore, Begins, Ends } flow = Flow::AsBefore;
  std::uint32_t attempt = 0;

  template <class E>
  Happening(E what) : event(std::move(what)) {} // implicit: rows of tables name the event alone
  Happening(Event what, Flow change, std::uint32_t number)
      : event(std::move(what)), flow(change), attempt(number) {}
};

/// It opens, has its random access point, and bytes and media time flow from now on.
Happening plays(std::uint32_t attempt);
/// Nothing comes any more.
Happening falls_silent(std::uint32_t attempt);
Happening fails(std::uint32_t attempt, Failure failure, int status = 0);
/// Time passes.
Happening nothing();

class Stage {
 public:
  explicit Stage(std::string_view names, FailoverSettings settings = {});

  /// A row: lets time pass until then, with the timer ringing and streams flowing, then gives the event.
  /// CHECKs that this gave exactly these actions, joined by "; ". What came earlier than the event is marked
  /// "@seconds".
  void row(double at, const Happening& what, std::string_view expected);
  /// The same without a judgement; returns the actions.
  std::vector<std::pair<Time, Action>> run(double until, const Happening& what);

  [[nodiscard]] const Failover& machine() const { return machine_; }

 private:
  void step(const Event& event, Time now);
  void pass_until(Time until);
  [[nodiscard]] Time next_moment() const;

  Failover machine_;
  Time now_{};
  std::optional<Time> armed_;
  struct Stream {
    Time began;
    Time next;
  };
  std::map<std::uint32_t, Stream> streams_; // those that flow, by attempt
  std::vector<std::pair<Time, Action>> done_;
};

} // namespace relevo::policy::test
