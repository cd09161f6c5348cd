// SPDX-License-Identifier: LGPL-2.1-or-later
#include "stalker/date.hpp"

#include <doctest/doctest.h>

using namespace relevo::stalker;

TEST_CASE("a day is read as it was written") {
  for (const char* text : {"2026-11-27", "2024-02-29", "1970-01-01", "9999-12-31"}) {
    CAPTURE(text);
    const auto day = parse_date(text);
    REQUIRE(day);
    CHECK(write_date(*day) == text);
  }
  for (const char* text :
       {"", "2026-11-31", "2025-02-29", "2026-1-1", "2026/11/27", "-026-11-27", "2026-11-27 20:15"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text));
  }
}
