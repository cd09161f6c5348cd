// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"
#include "lineup/moment.hpp"
#include "places.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <string>

using namespace relevo;
using namespace relevo::lineup;
using namespace std::chrono;

namespace {

std::string tell(std::optional<minutes> time) {
  return time ? concat(time->count() / 60, ':', time->count() % 60) : "-";
}

std::string tell(std::optional<year_month_day> date) {
  if (!date) return "-";
  return concat(static_cast<int>(date->year()), '-', static_cast<unsigned>(date->month()), '-',
                static_cast<unsigned>(date->day()));
}

struct Row {
  std::string text;
  std::string told;
};

} // namespace

TEST_CASE("times of day") {
  const Row rows[] = {
      {"20:00", "20:0"},  {"8 pm", "20:0"},      {"8:30PM", "20:30"},    {"8:30 p.m.", "20:30"},
      {"12 am", "0:0"},   {"12:15 pm", "12:15"}, {"2000", "20:0"},       {"930pm", "21:30"},
      {"20h30", "20:30"}, {"20h", "20:0"},       {"20.30 Uhr", "20:30"}, {"20 Uhr", "20:0"},
      {"20", "20:0"},     {"at 7:05 ET", "7:5"}, {"00:00", "0:0"},       {"23:59:59", "23:59"},
      {"", "-"},          {"pm", "-"},           {"25:00", "-"},         {"13 pm", "-"},
      {"8:60", "-"},      {"99999", "-"},        {"later", "-"},         {"0 am", "-"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(tell(parse_time_of_day(row.text)) == row.told);
  }
}

TEST_CASE("dates") {
  const auto today = 2026y / November / 26;
  const Row rows[] = {
      {"2026-11-27", "2026-11-27"},
      {"2026/11/27", "2026-11-27"},
      {"27.11.2026", "2026-11-27"},
      {"27.11.26", "2026-11-27"},
      {"27.11.", "2026-11-27"},
      {"27/11", "2026-11-27"},
      {"11/27", "2026-11-27"},
      {"05/06/2026", "2026-6-5"},
      {"Nov 27", "2026-11-27"},
      {"November 27th, 2027", "2027-11-27"},
      {"27 Nov", "2026-11-27"},
      {"27th of November", "-"},
      {"27th November 2026", "2026-11-27"},
      {"Fri 27 Nov 20:00", "2026-11-27"},
      {"27 März", "2027-3-27"},
      {"2 janvier", "2027-1-2"},
      {"26 Dec", "2026-12-26"},
      {"29.2.2028", "2028-2-29"},
      {"3 Feb", "2027-2-3"},
      {"1 Oct", "2026-10-1"},
      {"29.2.", "-"},
      {"today", "2026-11-26"},
      {"tomorrow 20:00", "2026-11-27"},
      {"31.11.2026", "-"},
      {"2026-13-01", "-"},
      {"32.1.", "-"},
      {"20:00", "-"},
      {"", "-"},
      {"no date", "-"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(tell(parse_date(row.text, today)) == row.told);
  }
  CHECK(tell(parse_date("2 Jan", 2026y / December / 30)) == "2027-1-2");
  CHECK(tell(parse_date("30 Dec", 2027y / January / 2)) == "2026-12-30");
}

TEST_CASE("the clocks of a place") {
  // The last Sunday of March and October 2026, 01:00 UTC.
  const auto at = [](year_month_day date, minutes time) { return local_days(date) + time; };
  const struct {
    std::string what;
    LocalMoment local;
    sys_seconds utc;
  } rows[] = {
      {"winter", at(2026y / January / 10, 12h), sys_days(2026y / January / 10) + 11h},
      {"summer", at(2026y / July / 10, 12h), sys_days(2026y / July / 10) + 10h},
      {"before the spring", at(2026y / March / 29, 1h + 59min), sys_days(2026y / March / 29) + 59min},
      {"what spring skips", at(2026y / March / 29, 2h + 30min), sys_days(2026y / March / 29) + 1h + 30min},
      {"after the spring", at(2026y / March / 29, 3h), sys_days(2026y / March / 29) + 1h},
      {"the first of two in autumn", at(2026y / October / 25, 2h + 30min),
       sys_days(2026y / October / 25) + 30min},
      {"after the autumn", at(2026y / October / 25, 3h), sys_days(2026y / October / 25) + 2h},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    CHECK(to_utc(row.local, berlin) == row.utc);
  }
  CHECK(to_local(sys_days(2026y / July / 10), berlin) == at(2026y / July / 10, 2h));
}
