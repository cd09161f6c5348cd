// SPDX-License-Identifier: LGPL-2.1-or-later
// The laws of the player, whatever happens when.
#include "player_laws.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <random>

using namespace relevo::ace;
using namespace relevo::ace::test;
using namespace std::chrono_literals;

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

Statistics random_statistics(Dice& dice) {
  Statistics s;
  s.phase = static_cast<Phase>(dice(8));
  s.progress = dice(3);
  s.downloaded = dice(3);
  return s;
}

Event random_event(Dice& dice, std::uint32_t newest) {
  // Mostly of the newest session, sometimes of the dead and of those to come.
  const SessionId session{newest + 1 - std::min(newest + 1, dice(3) == 0 ? dice(4) : 1)};
  const Problem problem{static_cast<Trouble>(dice(12)), 0, ""};
  switch (dice(20)) {
  case 0: return event::Play{};
  case 1: return dice(30) == 0 ? Event{event::Leave{}} : Event{event::Play{}};
  case 2: return event::StartFailed{session, problem};
  case 3: return event::ReadFailed{session, problem};
  case 4:
  case 5: return event::StatisticsCame{session, random_statistics(dice)};
  case 6: return event::StatisticsFailed{session, dice(4) == 0};
  case 7: return event::NoticeCame{session, {dice(4) == 0 ? "download_stopped" : "live_changed", {}}};
  case 8: return event::NoticeFailed{session, dice(4) == 0};
  case 9: return event::Stopped{session, dice(2) == 0};
  case 10: return event::Timer{};
  case 11:
  case 12:
  case 13: return event::Started{session, dice(4) != 0, dice(4) != 0};
  default: return event::Bytes{session};
  }
}

void play_random(unsigned seed) {
  Dice dice(seed);
  PlayerSettings settings;
  settings.engines = dice(4);
  settings.rounds = dice(3) == 0 ? 3 : 0;
  LawfulPlayer player(settings, &require);
  Instant now{};
  for (int i = 0; i < 300; ++i) {
    now += dice(4) == 0 ? Duration{1s} * dice(20) : Duration{10ms} * dice(50);
    player.ring_until(now);
    player.step(random_event(dice, player.newest()), now);
  }
  player.leave(now);
}

} // namespace

TEST_CASE("the laws hold for random events at random times") {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    CAPTURE(seed);
    play_random(seed);
  }
}
