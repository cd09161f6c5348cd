// SPDX-License-Identifier: LGPL-2.1-or-later
// Whatever the failover machine is told, what it answers can be performed, and it comes to rest.
// Input: settings, then events of four bytes each: pause, kind, attempt or candidate, value.
#include "failover_laws.hpp"
#include "fuzz.hpp"

using namespace relevo;
using namespace relevo::policy;
using namespace relevo::policy::test;
using relevo::fuzz::take_byte;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

event::CandidatesChanged take_list(Bytes& input, std::size_t count) {
  event::CandidatesChanged list;
  for (; count > 0; --count) {
    const unsigned byte = take_byte(input);
    const char key = static_cast<char>('0' + (byte >> 4) % 4);
    list.candidates.push_back(
        {CandidateId{byte % 8}, "", key == '0' ? std::string() : std::string(1, key), (byte >> 6) * 1.0});
  }
  list.slots.push_back({"1", take_byte(input) % 3u});
  return list;
}

Event take_event(Bytes& input, std::uint32_t newest) {
  const unsigned kind = take_byte(input), who = take_byte(input), value = take_byte(input);
  const AttemptId attempt{newest - std::min(newest, who % 4)};
  switch (kind % 16) {
  case 0: return event::Start{};
  case 1: return event::Stop{};
  case 2: return take_list(input, value % 8);
  case 3: return event::SwitchTo{CandidateId{who % 8}};
  case 4: return event::Next{};
  case 5: return event::SlotGranted{attempt};
  case 6: return event::Opened{attempt};
  case 7: return event::Bytes{attempt};
  case 8: return event::Rhythm{attempt, seconds(value % 10)};
  case 9: return event::Programme{attempt, value % 2 == 0};
  case 10: return event::RandomAccess{attempt};
  case 11: return event::MediaTime{attempt, milliseconds(100) * value};
  case 12: return event::Hint{attempt, static_cast<Ailment>(value % kAilments), value >= 128};
  case 13: return event::Failed{attempt, static_cast<Failure>(value % 16), 400 + static_cast<int>(value)};
  case 14: return event::Timer{};
  default: return event::Held{attempt, milliseconds(100) * value};
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
  FailoverSettings settings;
  const unsigned flags = take_byte(input);
  if (flags % 2 != 0) settings.standby = Standby::Hot;
  if (flags % 4 >= 2) settings.return_after = {};
  if (flags % 8 >= 4) settings.penalty_half_life = seconds(1);
  LawfulFailover failover(settings, [](bool law, const char*) { fuzz::require(law); });
  Time now{};
  while (!input.empty()) {
    now += take_pause(input);
    failover.ring_until(now);
    failover.step(take_event(input, failover.newest()), now);
  }
  return 0;
}
