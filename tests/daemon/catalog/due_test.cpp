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
    refresh.failures = 1;
    return catalog::due(plan, refresh, {}, utc);
  };
  CHECK(due("", "new", {}) == std::nullopt);
  CHECK(due("24h", "new", {}) == Time{});
  CHECK(due("24h", "good", tried) == tried + hours(24));
  CHECK(due("24h", "failed", tried) == tried + minutes(5));
  CHECK(due("24h", "objected", tried) == tried + hours(24));
  CHECK(due("5m", "failed", tried) == tried + minutes(5));
  CHECK(due("0 17 * * *", "good", tried) == tried + hours(1)); // 1000 hours end at 16:00
}

TEST_CASE("waits after failures double, up to six hours") {
  store::RefreshState state;
  state.state = "failed";
  state.tried = Time{hours(1000)};
  std::vector<long> waits;
  for (state.failures = 1; state.failures < 10; ++state.failures)
    waits.push_back(
        std::chrono::duration_cast<minutes>(*catalog::due("24h", state, {}, nullptr) - *state.tried).count());
  CHECK(waits == std::vector<long>{5, 10, 20, 40, 80, 160, 320, 360, 360});
  state.failures = 1'000'000'000;
  CHECK(catalog::due("24h", state, {}, nullptr) == *state.tried + hours(6));
}

TEST_CASE("a file that was changed is read again, if it is read by itself at all") {
  store::RefreshState state;
  state.state = "good";
  state.tried = Time{hours(1000)};
  const auto due = [&](const char* plan, Time changed) {
    return catalog::due(plan, state, changed, nullptr);
  };
  CHECK(due("24h", *state.tried) == Time{}); // it may have been changed after it was read
  CHECK(due("24h", *state.tried - seconds(1)) == *state.tried + hours(24));
  CHECK(due("", *state.tried + hours(1)) == std::nullopt);
}
