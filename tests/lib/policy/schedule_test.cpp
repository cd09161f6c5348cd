// SPDX-License-Identifier: LGPL-2.1-or-later
#include "policy/schedule.hpp"
#include "summer_time.hpp"

#include <doctest/doctest.h>
#include <iomanip>
#include <sstream>
#include <string>

using namespace relevo;
using namespace relevo::policy;
using namespace std::chrono;

namespace {

sys_seconds utc(const std::string& text) {
  std::tm time{};
  std::istringstream(text) >> std::get_time(&time, "%Y-%m-%d %H:%M:%S");
  const auto date = year(time.tm_year + 1900) / (time.tm_mon + 1) / time.tm_mday;
  REQUIRE(date.ok());
  return sys_days(date) + hours(time.tm_hour) + minutes(time.tm_min) + seconds(time.tm_sec);
}

std::string show(sys_seconds time) {
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  std::ostringstream out;
  const auto two = [&](char before, auto value) { out << before << std::setw(2) << value; };
  out << std::setfill('0') << int{date.year()};
  two('-', unsigned{date.month()});
  two('-', unsigned{date.day()});
  two(' ', clock.hours().count());
  two(':', clock.minutes().count());
  two(':', clock.seconds().count());
  return out.str();
}

Schedule parsed(std::string_view text) {
  auto schedule = parse_schedule(text);
  REQUIRE_MESSAGE(schedule, schedule.error().message);
  return *schedule;
}

seconds no_offset(sys_seconds) {
  return seconds(0);
}

std::string next(std::string_view text, const std::string& time, const UtcOffset& offset = no_offset) {
  return show(next_after(parsed(text), utc(time), offset));
}

/// The five times after this one.
std::string series(std::string_view text, const std::string& begin, const UtcOffset& offset) {
  std::string out;
  auto time = utc(begin);
  for (int i = 0; i < 5; ++i) {
    time = next_after(parsed(text), time, offset);
    out += show(time).substr(5, 11) + (i < 4 ? ", " : "");
  }
  return out;
}

} // namespace

TEST_CASE("an interval counts from the last time") {
  CHECK(next("24h", "2026-03-28 12:00:01") == "2026-03-29 12:00:01");
  CHECK(next(" 90m ", "2026-03-28 23:00:00") == "2026-03-29 00:30:00");
  CHECK(next("7d", "2026-12-31 00:00:00") == "2027-01-07 00:00:00");
  CHECK(next("24h", "2026-03-28 12:00:00", test::summer_time) == "2026-03-29 12:00:00");
}

TEST_CASE("cron") {
  struct Case {
    const char* text;
    const char* time;
    const char* next;
  };
  for (const Case& one : {
           Case{"* * * * *", "2026-01-01 00:00:00", "2026-01-01 00:01:00"},
           Case{"* * * * *", "2026-01-01 00:00:59", "2026-01-01 00:01:00"},
           Case{"*/15 * * * *", "2026-01-01 00:14:59", "2026-01-01 00:15:00"},
           Case{"*/15 * * * *", "2026-01-01 00:45:00", "2026-01-01 01:00:00"},
           Case{"*/15 3 * * 1-5", "2026-01-02 03:45:00", "2026-01-05 03:00:00"}, // from Friday to Monday
           Case{"5/20 * * * *", "2026-01-01 00:00:00", "2026-01-01 00:05:00"},
           Case{"5/20 * * * *", "2026-01-01 00:45:00", "2026-01-01 01:05:00"},
           Case{"10-30/10 4 * * *", "2026-01-01 04:30:00", "2026-01-02 04:10:00"},
           Case{"30 4,16 * * *", "2026-01-01 04:30:00", "2026-01-01 16:30:00"},
           Case{"30 4,16 * * *", "2026-01-01 05:00:00", "2026-01-01 16:30:00"},
           Case{"59 23 31 12 *", "2026-01-01 00:00:00", "2026-12-31 23:59:00"},
           Case{"0 0 31 * *", "2026-01-31 00:00:00", "2026-03-31 00:00:00"},
           Case{"0 0 29 2 *", "2026-01-01 00:00:00", "2028-02-29 00:00:00"},
           Case{"0 0 29 2 *", "2096-02-29 00:00:00", "2104-02-29 00:00:00"},
           Case{"0 0 29 feb */7", "2026-01-01 00:00:00", "2032-02-29 00:00:00"}, // on a Sunday
           Case{"0 0 29 feb */7", "2088-02-29 00:00:00", "2128-02-29 00:00:00"},
           Case{"0 12 * Jan,JUL *", "2026-01-31 12:00:00", "2026-07-01 12:00:00"},
           Case{"0 0 * * SUN", "2026-01-01 00:00:00", "2026-01-04 00:00:00"},
           Case{"0 0 * * 7", "2026-01-01 00:00:00", "2026-01-04 00:00:00"},
           Case{"0 0 * * 0", "2026-01-01 00:00:00", "2026-01-04 00:00:00"},
           Case{"0 0 * * Sat-Sun", "2026-01-03 00:00:00", "2026-01-04 00:00:00"},
           Case{"0 0 * * Sat-Sun", "2026-01-04 00:00:00", "2026-01-10 00:00:00"},
           // the 13th and every Friday, but of the days from the 1st on every other one Fridays only
           Case{"0 0 13 * 5", "2026-01-09 00:00:00", "2026-01-13 00:00:00"},
           Case{"0 0 13 * 5", "2026-01-13 00:00:00", "2026-01-16 00:00:00"},
           Case{"0 0 */2 * 5", "2026-01-02 00:00:00", "2026-01-09 00:00:00"},
           Case{"0 0 30 2 1", "2026-01-31 00:00:00", "2026-02-02 00:00:00"}, // Mondays
           Case{"\t0  0 1 1 *  ", "2026-01-01 00:00:00", "2027-01-01 00:00:00"},
       }) {
    CAPTURE(one.text);
    CAPTURE(one.time);
    CHECK(next(one.text, one.time) == one.next);
  }
}

TEST_CASE("the fields are those of the local clock") {
  CHECK(next("0 3 * * *", "2026-01-01 00:00:00", test::summer_time) == "2026-01-01 02:00:00");
  CHECK(next("0 3 * * *", "2026-07-01 00:00:00", test::summer_time) == "2026-07-01 01:00:00");
  CHECK(next("0 0 1 8 *", "2026-01-01 00:00:00", test::summer_time) == "2026-07-31 22:00:00");
  const auto west = [](sys_seconds) { return -hours(12); };
  CHECK(next("0 0 1 1 *", "2026-01-01 00:00:00", west) == "2026-01-01 12:00:00");
  const auto east = [](sys_seconds) { return hours(14); };
  CHECK(next("0 0 1 1 *", "2026-01-01 00:00:00", east) == "2026-12-31 10:00:00");
}

TEST_CASE("what the clock leaps over is due once, right behind it") { // 2:00 to 3:00 on March 29
  CHECK(series("30 2 * * *", "2026-03-28 00:00:00", test::summer_time) ==
        "03-28 01:30, 03-29 01:00, 03-30 00:30, 03-31 00:30, 04-01 00:30");
  CHECK(series("*/30 * * * *", "2026-03-29 00:00:00", test::summer_time) ==
        "03-29 00:30, 03-29 01:00, 03-29 01:30, 03-29 02:00, 03-29 02:30");
  CHECK(series("15,45 2,3 * * *", "2026-03-29 00:00:00", test::summer_time) ==
        "03-29 01:00, 03-29 01:15, 03-29 01:45, 03-30 00:15, 03-30 00:45");
}

TEST_CASE("what the clock repeats is due the first time") { // 2:00 to 3:00 on October 25
  CHECK(series("30 2 * * *", "2026-10-24 00:00:00", test::summer_time) ==
        "10-24 00:30, 10-25 00:30, 10-26 01:30, 10-27 01:30, 10-28 01:30");
  CHECK(series("*/30 * * * *", "2026-10-24 23:30:00", test::summer_time) ==
        "10-25 00:00, 10-25 00:30, 10-25 02:00, 10-25 02:30, 10-25 03:00");
  CHECK(next("30 2 * * *", "2026-10-25 01:10:00", test::summer_time) == "2026-10-26 01:30:00");
}

// Against the rule itself, minute by minute, over both changes.
TEST_CASE("nothing is due between now and next") {
  const auto local = [](sys_seconds time) { return time + test::summer_time(time); };
  for (const char* text : {"* * * * *", "*/7 * * * *", "0 * * * *", "59 1 * * *", "0 2 * * *", "0 3 * * *",
                           "1 2-3 * * *", "30 2 25 10 *", "0 0 * * 0"}) {
    CAPTURE(text);
    const auto cron = std::get<Cron>(parsed(text));
    const auto listed = [&](sys_seconds wall) {
      const local_time<minutes> minute(floor<minutes>(wall.time_since_epoch()));
      return cron.first_from(minute) == minute;
    };
    for (const auto change : {test::kSummerBegins, test::kSummerEnds}) {
      auto newest = local(change - hours(30)); // of what the clock has shown
      auto due = next_after(cron, change - hours(30), test::summer_time);
      for (auto time = change - hours(30) + minutes(1); time < change + hours(60); time += minutes(1)) {
        bool expected = false;
        for (auto wall = newest + minutes(1); wall <= local(time); wall += minutes(1))
          expected |= listed(wall);
        newest = std::max(newest, local(time));
        REQUIRE_MESSAGE((due == time) == expected, show(time));
        if (expected) due = next_after(cron, time, test::summer_time);
      }
    }
  }
}

TEST_CASE("what is no schedule is refused, with its place") {
  struct Case {
    const char* text;
    const char* message;
    std::size_t offset;
  };
  for (const Case& one : {
           Case{"", "\"\" is neither an interval like 24h nor a line of cron", 0},
           Case{"24", "\"24\" is neither an interval like 24h nor a line of cron", 0},
           Case{"0h", "\"0h\" is no interval from a minute to a year", 0},
           Case{"-3h", "\"-3h\" is no interval from a minute to a year", 0},
           Case{"367d", "\"367d\" is no interval from a minute to a year", 0},
           Case{"9999999999h", "\"9999999999h\" is no interval from a minute to a year", 0},
           Case{"0 3 * *", "a line of cron has 5 fields (minute, hour, day, month, day of the week), not 4",
                0},
           Case{"60 3 * * *", "\"60\" is no minute: it goes from 0 to 59", 0},
           Case{"0 5,24 * * *", "\"24\" is no hour: it goes from 0 to 23", 4},
           Case{"0 3 0 * *", "\"0\" is no day of the month: it goes from 1 to 31", 4},
           Case{"0 3 * 5-13 *", "\"13\" is no month: it goes from 1 to 12", 8},
           Case{"0 3 * * mo", "\"mo\" is no day of the week: it goes from 0 to 7", 8},
           Case{"0 3 * * 5-2", "\"5-2\" goes backwards", 8},
           Case{"30-10 3 * * *", "\"30-10\" goes backwards", 0},
           Case{"*/0 3 * * *", "\"0\" is no step: it goes from 1 to 59", 2},
           Case{"*/ 3 * * *", "\"\" is no step: it goes from 1 to 59", 2},
           Case{"1,,2 3 * * *", "\"\" is no minute: it goes from 0 to 59", 2},
           Case{"+5 3 * * *", "\"+5\" is no minute: it goes from 0 to 59", 0},
           Case{"0 3 30 2 *", "no such day comes in any year", 4},
           Case{"0 3 31 2,4,6,9,11 *", "no such day comes in any year", 4},
       }) {
    CAPTURE(one.text);
    const auto schedule = parse_schedule(one.text);
    REQUIRE_FALSE(schedule);
    CHECK(schedule.error().message == one.message);
    CHECK(schedule.error().offset == one.offset);
  }
}
