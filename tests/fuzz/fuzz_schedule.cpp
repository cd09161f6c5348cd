// SPDX-License-Identifier: LGPL-2.1-or-later
// Schedules of any text: what is next is later, and stays the next one until then. Input: a time (4 bytes),
// text.
#include "fuzz.hpp"
#include "policy/schedule.hpp"
#include "summer_time.hpp"

using namespace relevo;
using namespace relevo::policy;
using relevo::fuzz::require;

namespace {

/// Within a few days of one of the two changes of the clock.
std::chrono::sys_seconds take_time(Bytes& input) {
  const auto change = fuzz::take_byte(input) % 2 == 0 ? test::kSummerBegins : test::kSummerEnds;
  std::uint32_t seconds = 0;
  for (int i = 0; i < 3; ++i)
    seconds = seconds << 8 | fuzz::take_byte(input);
  return change + std::chrono::seconds(seconds % (1U << 19)) - std::chrono::days(3);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span(data, size));
  const auto now = take_time(input);
  const auto schedule = parse_schedule(as_text(input));
  if (!schedule) {
    require(!schedule.error().message.empty() && schedule.error().offset <= input.size());
    return 0;
  }
  const auto next = next_after(*schedule, now, test::summer_time);
  require(next > now);
  if (!std::holds_alternative<Cron>(*schedule)) return 0;
  for (int part = 1; part < 8; ++part)
    require(next_after(*schedule, now + (next - now) * part / 8, test::summer_time) == next);
  require(next_after(*schedule, next - std::chrono::seconds(1), test::summer_time) == next);
  return 0;
}
