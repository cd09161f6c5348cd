// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"
#include "lineup/dummy_guide.hpp"
#include "places.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace relevo;
using namespace relevo::lineup;
using namespace std::chrono;

namespace {

const auto kDay = sys_days(2026y / November / 26);

/// "26 08:00-12:00 Title": the times of UTC.
std::string tell(const Programme& programme) {
  const auto clock = [](Moment moment) {
    const auto time = duration_cast<minutes>(moment - floor<days>(moment)).count();
    return concat(time / 600, time / 60 % 10, ':', time % 60 / 10, time % 10);
  };
  const year_month_day date(floor<days>(programme.start));
  return concat(static_cast<unsigned>(date.day()), ' ', clock(programme.start), '-', clock(programme.end),
                ' ', programme.title);
}

std::vector<std::string> tell(const std::vector<Programme>& programmes) {
  std::vector<std::string> out;
  for (const auto& programme : programmes)
    out.push_back(tell(programme));
  return out;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("blocks cover the window, aligned to the hours of the place") {
  CHECK(tell(make_blocks("News", {kDay + 9h + 20min, kDay + 18h}, 4h, {})) ==
        Lines{"26 08:00-12:00 News", "26 12:00-16:00 News", "26 16:00-18:00 News"});
  CHECK(tell(make_blocks("News", {kDay + 9h, kDay + 14h}, 4h, berlin)) ==
        Lines{"26 07:00-11:00 News", "26 11:00-14:00 News"});
  CHECK(tell(make_blocks("News", {kDay, kDay + 2h}, 1h, kolkata)) ==
        Lines{"25 23:30-00:30 News", "26 00:30-01:30 News", "26 01:30-02:00 News"});
  // A length that does not divide a day begins anew at midnight.
  CHECK(tell(make_blocks("News", {kDay + 20h, kDay + 26h}, 5h, {})) ==
        Lines{"26 20:00-00:00 News", "27 00:00-02:00 News"});
  CHECK(make_blocks("News", {kDay, kDay}, 4h, {}).empty());
  CHECK(make_blocks("News", {kDay + 1h, kDay}, 4h, {}).empty());
  CHECK(make_blocks("News", {kDay, kDay + days(4000)}, 1min, {}).size() == kMostProgrammes);
  CHECK(make_blocks("News", {kDay, kDay + 1h}, 0min, {}).size() == 60);
}

TEST_CASE("blocks leave no gap where clocks change") {
  for (const auto day : {sys_days(2026y / March / 29), sys_days(2026y / October / 25)})
    for (const auto length : {30min, 60min, 240min}) {
      const auto blocks = make_blocks("News", {day - 24h, day + 48h}, length, berlin);
      CHECK(blocks.front().start <= day - 24h);
      CHECK(blocks.back().end == day + 48h);
      for (std::size_t i = 0; i < blocks.size(); ++i) {
        CHECK(blocks[i].start < blocks[i].end);
        if (i > 0) CHECK(blocks[i].start == blocks[i - 1].end);
      }
    }
}

TEST_CASE("an event has something before and after it") {
  const Window window{kDay + 10h, kDay + 24h};
  const Captures captures = {{"title", "One vs Two"}, {"time", "8:00 PM"}, {"date", "26.11."}};
  EventRules rules;
  CHECK(tell(make_event(captures, rules, window, kDay)) ==
        Lines{"26 10:00-12:00 Upcoming: One vs Two", "26 12:00-16:00 Upcoming: One vs Two",
              "26 16:00-20:00 Upcoming: One vs Two", "26 20:00-23:00 One vs Two",
              "26 23:00-00:00 Ended: One vs Two"});
  rules.written = berlin;
  rules.length = 60min;
  rules.block = 24h;
  rules.templates.description =
      "{weekday} {day}.{month}.{year}, {starttime} to {endtime}, {starttime24}-{endtime24}";
  const auto there = make_event(captures, rules, window, kDay);
  CHECK(tell(there) == Lines{"26 10:00-19:00 Upcoming: One vs Two", "26 19:00-20:00 One vs Two",
                             "26 20:00-23:00 Ended: One vs Two", "26 23:00-00:00 Ended: One vs Two"});
  CHECK(there[1].description == "Thursday 26.11.2026, 8:00 PM to 9:00 PM, 20:00-21:00");
  CHECK(there[0].description == "Starts at 20:00 on 2026-11-26.");
  rules.shown = kolkata;
  CHECK(make_event(captures, rules, window, kDay)[0].description == "Starts at 00:30 on 2026-11-27.");
}

TEST_CASE("an event is put together from what the name tells") {
  const auto starts = [](const Captures& captures) -> std::string {
    const auto all = make_event(captures, {}, {kDay - days(400), kDay + days(400)}, kDay + 23h);
    for (const auto& programme : all)
      if (programme.end - programme.start == 3h && !programme.title.starts_with("Upcoming") &&
          !programme.title.starts_with("Ended"))
        return tell(programme).substr(0, 8);
    return "-";
  };
  CHECK(starts({{"title", "x"}, {"time", "20:00"}}) == "26 20:00");
  CHECK(starts({{"title", "x"}, {"time", "8"}, {"ampm", "pm"}}) == "26 20:00");
  CHECK(starts({{"title", "x"}, {"hour", "8"}, {"minute", "05"}, {"ampm", "PM"}}) == "26 20:05");
  CHECK(starts({{"title", "x"}, {"hour", "9"}}) == "26 09:00");
  CHECK(starts({{"title", "x"}, {"time", "20:00"}, {"day", "28"}}) == "28 20:00");
  CHECK(starts({{"title", "x"}, {"time", "20:00"}, {"day", "28"}, {"month", "December"}}) == "28 20:00");
  CHECK(starts({{"title", "x"}, {"time", "20:00"}, {"day", "27"}, {"month", "11"}, {"year", "2026"}}) ==
        "27 20:00");
  CHECK(starts({{"title", "x"}}) == "-");
  CHECK(starts({{"title", "x"}, {"time", "soon"}}) == "-");
  CHECK(starts({{"title", "x"}, {"time", "20:00"}, {"date", "whenever"}}) == "-");
}

TEST_CASE("an event outside the window is before or after all of it") {
  const Captures captures = {{"title", "x"}, {"time", "20:00"}};
  CHECK(tell(make_event(captures, {}, {kDay + 1h, kDay + 3h}, kDay)) == Lines{"26 01:00-03:00 Upcoming: x"});
  CHECK(tell(make_event(captures, {}, {kDay + 25h, kDay + 27h}, kDay)) == Lines{"27 01:00-03:00 Ended: x"});
}

TEST_CASE("templates") {
  const Captures values = {{"title", "One {date} Two"}, {"empty", ""}};
  CHECK(fill_template("{title}!", values) == "One {date} Two!");
  CHECK(fill_template("a{empty}{unknown}b", values) == "ab");
  CHECK(fill_template("{title", values) == "{title");
  CHECK(fill_template("{}", values) == "");
  CHECK(fill_template("", values) == "");
}
