// SPDX-License-Identifier: LGPL-2.1-or-later
// Whatever the player of an AceStream channel is told, what it answers can be performed, and every session is
// given back. Input: settings, then events of four bytes each: pause, kind, session, value.
#include "fuzz.hpp"
#include "player_laws.hpp"

using namespace relevo;
using namespace relevo::ace;
using namespace relevo::ace::test;
using relevo::fuzz::take_byte;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Statistics statistics_of(unsigned value) {
  Statistics s;
  s.phase = static_cast<Phase>(value % 8);
  s.progress = value / 8 % 4;
  s.downloaded = value / 32;
  return s;
}

Event take_event(Bytes& input, std::uint32_t newest) {
  const unsigned kind = take_byte(input), who = take_byte(input), value = take_byte(input);
  const SessionId session{newest - std::min(newest, who % 4)};
  const Problem problem{static_cast<Trouble>(value % 12), 0, ""};
  switch (kind % 12) {
  case 0: return event::Play{};
  case 1: return event::Leave{};
  case 2: return event::Started{session, value % 2 == 0, value % 4 < 2};
  case 3: return event::StartFailed{session, problem};
  case 4: return event::Bytes{session};
  case 5: return event::ReadFailed{session, problem};
  case 6: return event::StatisticsCame{session, statistics_of(value)};
  case 7: return event::StatisticsFailed{session, value % 2 == 0};
  case 8: return event::NoticeCame{session, {value % 2 == 0 ? "download_stopped" : "live_changed", {}}};
  case 9: return event::NoticeFailed{session, value % 2 == 0};
  case 10: return event::Stopped{session, value % 2 == 0};
  default: return event::Timer{};
  }
}

/// Up to 0.6 s in steps of 10 ms, or up to 190 s in steps of 1 s.
Duration take_pause(Bytes& input) {
  const unsigned byte = take_byte(input);
  return byte < 64 ? Duration{milliseconds(10) * byte} : Duration{seconds(byte - 64)};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  PlayerSettings settings;
  const unsigned flags = take_byte(input);
  settings.engines = flags % 4;
  settings.rounds = flags / 4 % 4;
  LawfulPlayer player(settings, [](bool law, const char*) { fuzz::require(law); });
  Instant now{};
  while (!input.empty()) {
    now += take_pause(input);
    player.ring_until(now);
    player.step(take_event(input, player.newest()), now);
  }
  player.leave(now);
  return 0;
}
