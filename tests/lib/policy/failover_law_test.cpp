// SPDX-License-Identifier: LGPL-2.1-or-later
// The laws of the failover machine, whatever happens when.
#include "failover_laws.hpp"
#include "stage.hpp"

#include <algorithm>
#include <deque>
#include <doctest/doctest.h>
#include <random>

using namespace relevo::policy;
using namespace relevo::policy::test;

namespace {

void require(bool law, const char* name) {
  if (!law) FAIL(std::string(name));
}

/// Dice with a seed.
class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  unsigned operator()(unsigned sides) { return static_cast<unsigned>(engine_() % sides); }

 private:
  std::mt19937 engine_;
};

FailoverSettings random_settings(Dice& dice) {
  FailoverSettings settings;
  if (dice(2) == 0) settings.standby = Standby::Hot;
  if (dice(4) == 0) settings.slate = {};
  if (dice(4) == 0) settings.return_after = seconds(2);
  if (dice(4) == 0) settings.penalty_half_life = seconds(5);
  return settings;
}

event::CandidatesChanged random_list(Dice& dice) {
  std::vector<Candidate> list;
  for (unsigned count = dice(7); count > 0; --count) {
    const std::string key = dice(2) == 0 ? std::string() : std::to_string(dice(3));
    list.push_back({CandidateId{dice(6)}, "", key, static_cast<double>(dice(3))});
  }
  return {list, {{"2", 1 + dice(2)}}};
}

Event random_event(Dice& dice, std::uint32_t newest) {
  // Mostly of those that may be open, sometimes of the dead and of those to come.
  const AttemptId attempt{newest + 1 - std::min(newest + 1, dice(4))};
  switch (dice(25)) {
  case 0: return event::Start{};
  case 1: return dice(4) == 0 ? Event{event::Stop{}} : Event{event::Start{}};
  case 2: return random_list(dice);
  case 3: return event::SwitchTo{CandidateId{dice(6)}};
  case 4: return event::Next{};
  case 5: return event::SlotGranted{attempt};
  case 6: return event::Opened{attempt};
  case 7: return event::Rhythm{attempt, seconds(dice(10))};
  case 8: return event::Programme{attempt, dice(2) == 0};
  case 9:
  case 10: return event::Hint{attempt, static_cast<Ailment>(dice(kAilments)), dice(2) == 0};
  case 11:
  case 12: return event::Failed{attempt, static_cast<Failure>(dice(8)), 404};
  case 13:
  case 14:
  case 15: return event::RandomAccess{attempt};
  case 16:
  case 17:
  case 18: return event::MediaTime{attempt, seconds(dice(1000) / 10.0)};
  case 19: return event::Timer{};
  case 20: return event::Held{attempt, seconds(dice(30) / 10.0)};
  default: return event::Bytes{attempt};
  }
}

Duration random_pause(Dice& dice) {
  switch (dice(8)) {
  case 0: return seconds(dice(100));
  case 1:
  case 2: return seconds(dice(30) / 10.0);
  default: return seconds(dice(10) / 100.0);
  }
}

} // namespace

TEST_CASE("laws hold under random events at random times") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    LawfulFailover failover(random_settings(dice), require);
    Time now{};
    failover.step(random_list(dice), now);
    for (int i = 0; i < 400; ++i) {
      const Time next = now + random_pause(dice);
      failover.ring_until(next);
      now = next;
      failover.step(random_event(dice, failover.newest()), now);
    }
  }
}

TEST_CASE("sources that lie and break are not hammered, and the search goes on") {
  for (unsigned seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    const FailoverSettings settings;
    LawfulFailover failover(settings, require);
    std::string names;
    for (unsigned i = 0; i <= dice(5); ++i)
      names += static_cast<char>('A' + i);
    failover.step(list(names), Time{});
    failover.step(event::Start{}, Time{});
    // All that is open fails within a second, some of it after a splice. Ten minutes of it.
    std::vector<Time> opened;
    for (Time now{}; now < Time{} + seconds(600);) {
      now += seconds(dice(100) / 100.0);
      failover.ring_until(now);
      const AttemptId attempt{failover.newest()};
      if (dice(3) == 0) failover.step(event::RandomAccess{attempt}, now);
      failover.step(event::Failed{attempt, Failure::Ended}, now);
      for (const auto& [time, action] : failover.take_log())
        if (std::holds_alternative<action::Open>(action)) opened.push_back(time);
    }
    // A round has one attempt for each, and between rounds there is a second at least.
    const std::size_t limit = names.size() + 1;
    for (std::size_t i = limit; i < opened.size(); ++i)
      REQUIRE(opened[i] - opened[i - limit] >= settings.backoff.first);
    CHECK(opened.size() > 600 / 31);
    CHECK(opened.back() > Time{} + seconds(600) - settings.backoff.longest - seconds(8));
  }
}

TEST_CASE("returns keep their distance, whatever happens") {
  for (unsigned seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    FailoverSettings settings = random_settings(dice);
    settings.penalty_half_life = seconds(1);
    settings.return_after = {};
    LawfulFailover failover(settings, require);
    std::optional<Time> last;
    int returns = 0;
    failover.step(list("A B C"), Time{});
    failover.step(event::Start{}, Time{});
    for (Time now{}; now < Time{} + seconds(1800); now += seconds(1)) {
      failover.ring_until(now);
      for (const AttemptId attempt : failover.open()) {
        failover.step(event::RandomAccess{attempt}, now);
        failover.step(event::Bytes{attempt}, now);
        failover.step(event::MediaTime{attempt, now - Time{}}, now);
      }
      if (dice(20) == 0 && failover.on()) failover.step(event::Failed{*failover.on(), Failure::Ended}, now);
      for (const auto& [time, action] : failover.take_log()) {
        const auto* splice = std::get_if<action::Splice>(&action);
        if (!splice || splice->reason != Reason::Return) continue;
        if (last) CHECK(time - *last >= settings.return_interval);
        last = time;
        ++returns;
      }
    }
    CHECK(returns >= 2);
    CHECK(returns <= 6);
  }
}
