// SPDX-License-Identifier: LGPL-2.1-or-later
#include "catalog/due.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using model::Time;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST_CASE("what is refreshed by itself, and when") {
  const Time tried{hours(1000)};
  const auto utc = [](std::chrono::sys_seconds) { return seconds(0); };
  const auto due = [&](const char* plan, const char* state, std::optional<Time> last) {
    store::RefreshState refresh;
    refresh.state = state;
    refresh.tried = last;
    return catalog::due(plan, refresh, utc);
  };
  CHECK(due("", "new", {}) == std::nullopt);
  CHECK(due("24h", "new", {}) == Time{});
  CHECK(due("24h", "good", tried) == tried + hours(24));
  CHECK(due("24h", "failed", tried) == tried + minutes(15));
  CHECK(due("24h", "objected", tried) == tried + hours(24));
  CHECK(due("5m", "failed", tried) == tried + minutes(5));
  CHECK(due("0 17 * * *", "good", tried) == tried + hours(1)); // 1000 hours end at 16:00
}
