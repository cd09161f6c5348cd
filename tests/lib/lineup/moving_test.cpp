// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"
#include "lineup/moving.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace relevo;
using namespace relevo::lineup;

namespace {

using Number = std::optional<ChannelNumber>;
using Numbers = std::vector<ChannelNumber>;

std::string tell(const Result<Move>& move) {
  if (!move) return move.error().message;
  const auto& [number, others] = *move;
  if (!others) return write(number);
  return concat(write(number), ", ", write(others->first), " to ", write(others->last),
                others->by > 0 ? " up" : " down");
}

ChannelNumber shifted(ChannelNumber number, const Shift& shift) {
  const auto by = static_cast<std::uint32_t>(shift.by);
  if (shift.is_of_minors()) {
    if (number >= shift.first && number <= shift.last) number.minor += by;
  } else if (number.major >= shift.first.major && number.major <= shift.last.major) {
    number.major += by;
  }
  return number;
}

} // namespace

TEST_CASE("a channel gets a number behind another one") {
  const struct {
    std::string what;
    Numbers others;
    Number own;
    Number above;
    std::string told;
  } rows[] = {
      {"there is room", {{5}, {9}}, {{20}}, {{5}}, "6"},
      {"it has none yet", {{5}, {9}}, {}, {{5}}, "6"},
      {"there is none: up to the first hole", {{5}, {6}, {7}, {9}, {10}}, {{20}}, {{5}}, "6, 6 to 7 up"},
      {"its own number is a hole", {{1}, {2}, {3}, {5}}, {{4}}, {{1}}, "2, 2 to 3 up"},
      {"behind the last", {{5}, {9}}, {{2}}, {{9}}, "10"},
      {"it is there", {{5}, {9}}, {{7}}, {{5}}, "7"},
      {"it is there, at the end", {{5}}, {{7}}, {{5}}, "7"},
      {"it is there, at the top", {{5}}, {{3}}, {}, "3"},
      {"the only one", {}, {}, {}, "1"},
      {"to the top", {{5}, {6}}, {{7}}, {}, "4"},
      {"to the top without room", {{1}, {2}, {4}}, {{7}}, {}, "1, 1 to 2 up"},
      {"to the top, before a minor", {{1, 1}, {2}}, {{7}}, {}, "1"},
      {"down among those without a hole", {{2}, {3}, {4}}, {{1}}, {{3}}, "3, 2 to 3 down"},
      {"down, with minors", {{2}, {2, 1}, {3}, {3, 5}, {4}}, {{1}}, {{3, 5}}, "3, 2 to 3 down"},
      {"down over a hole", {{3}, {4}, {5}}, {{1}}, {{4}}, "5, 5 to 5 up"},
      {"down, but another has its number", {{1}, {2}, {3}}, {{1}}, {{2}}, "3, 3 to 3 up"},
      {"down, but its minors stay", {{1, 1}, {2}, {3}}, {{1}}, {{2}}, "3, 3 to 3 up"},
      {"down to the end of all",
       {{2}, {kMostMajor}},
       {{1}},
       {{kMostMajor}},
       "there are not enough numbers behind it"},
      {"a minor where there is room for one", {{5}, {5, 2}, {6}}, {{20}}, {{5}}, "5.1"},
      {"a minor without room", {{5}, {5, 1}, {5, 2}, {5, 4}}, {{20}}, {{5}}, "5.1, 5.1 to 5.2 up"},
      {"minors down", {{5}, {5, 2}, {5, 3}, {6}}, {{5, 1}}, {{5, 3}}, "5.3, 5.2 to 5.3 down"},
      {"minors down, among them", {{5}, {5, 2}, {5, 3}}, {{5, 1}}, {{5, 2}}, "5.2, 5.2 to 5.2 down"},
      {"behind a minor, whole", {{5}, {5, 1}, {9}}, {{20}}, {{5, 1}}, "6"},
      {"behind a minor, without room", {{5, 1}, {6}, {6, 1}, {7}}, {{20}}, {{5, 1}}, "6, 6 to 7 up"},
      {"before a minor without a whole one", {{5}, {6, 1}}, {{20}}, {{5}}, "6"},
      {"out of its minors", {{5}, {5, 1}, {6}}, {{5, 2}}, {{6}}, "7"},
      {"a whole one behind its own minor", {{5, 1}, {6}}, {{5}}, {{5, 1}}, "6, 6 to 6 up"},
      {"behind all that have the number", {{5}, {5}, {6}}, {{20}}, {{5}}, "6, 6 to 6 up"},
      {"others share what moves", {{5}, {6}, {6}}, {{20}}, {{5}}, "6, 6 to 6 up"},
      {"numbers end",
       {{kMostMajor - 1}, {kMostMajor}},
       {{1}},
       {{kMostMajor - 1}},
       "there are not enough numbers behind it"},
      {"behind the last number there is",
       {{kMostMajor}},
       {},
       {{kMostMajor}},
       "there are not enough numbers behind it"},
      {"down to the last number there is",
       {{kMostMajor}},
       {{kMostMajor - 1}},
       {{kMostMajor}},
       "999999, 999999 to 999999 down"},
      {"minors end",
       {{5}, {5, kMostMinor - 1}, {5, kMostMinor}},
       {{9}},
       {{5, kMostMinor - 1}},
       "there are not enough numbers behind it"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    CHECK(tell(plan_move(row.others, row.own, row.above)) == row.told);
  }
}

TEST_CASE(
    "a channel that is moved stands where it was put, others keep their order, and all can be taken back") {
  std::mt19937 random(7);
  const auto below = [&random](std::uint32_t limit) { return static_cast<std::uint32_t>(random() % limit); };
  for (int round = 0; round < 20'000; ++round) {
    Numbers others;
    for (auto count = below(8); count != 0; --count)
      others.push_back({1 + below(6), below(2) * below(4)});
    std::ranges::sort(others);
    const auto own = below(5) == 0 ? Number() : ChannelNumber{1 + below(6), below(2) * below(4)};
    const auto above =
        others.empty() || below(4) == 0 ? Number() : others[below(static_cast<std::uint32_t>(others.size()))];
    const auto move = plan_move(others, own, above);
    REQUIRE(move);
    CAPTURE(tell(move));
    std::map<ChannelNumber, ChannelNumber> after;
    for (const auto number : others)
      after[number] = move->others ? shifted(number, *move->others) : number;
    std::optional<ChannelNumber> last;
    for (const auto& [before, now] : after) {
      REQUIRE((!last || *last < now));
      REQUIRE((above && before <= *above) == (now < move->number));
      REQUIRE(now != move->number);
      if (move->others && now != before) REQUIRE(shifted(now, inverse(*move->others)) == before);
      last = now;
    }
  }
}
