// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"
#include "lineup/numbering.hpp"

#include <doctest/doctest.h>
#include <optional>
#include <string>
#include <vector>

using namespace relevo;
using namespace relevo::lineup;

namespace {

using Own = std::vector<std::optional<ChannelNumber>>;

std::string tell(const Numbers& numbers) {
  std::string out;
  for (const auto& number : numbers.numbers)
    out += concat(out.empty() ? "" : " ", number ? write(*number) : "-");
  return concat(out, " exhausted ", numbers.exhausted);
}

} // namespace

TEST_CASE("numbers are read and written") {
  const struct {
    std::string text;
    ChannelNumber number;
    std::string written;
  } rows[] = {
      {"5", {5, 0}, "5"},
      {"005", {5, 0}, "5"},
      {" 5.1 ", {5, 1}, "5.1"},
      {"5-1", {5, 1}, "5.1"},
      {"5.0", {5, 0}, "5"},
      {"5.10", {5, 10}, "5.10"},
      {"999999.999", {999999, 999}, "999999.999"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto number = parse_channel_number(row.text);
    REQUIRE(number.has_value());
    CHECK(*number == row.number);
    CHECK(write(*number) == row.written);
    CHECK(parse_channel_number(write(*number)) == *number);
  }
  for (const auto* text :
       {"", "0", "x", "-1", "5.", ".5", "5.x", "5.1.1", "1000000", "5.1000", "99999999999", "5 1"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_channel_number(text).has_value());
  }
  CHECK(parse_channel_number("x").error().message ==
        "the number of a channel is from 1 to 999999, not \"x\"");
  CHECK(parse_channel_number("5.x").error().offset == 2);
}

TEST_CASE("numbers have an order") {
  CHECK(ChannelNumber{5} < ChannelNumber{5, 1});
  CHECK(ChannelNumber{5, 2} < ChannelNumber{5, 10});
  CHECK(ChannelNumber{5, 10} < ChannelNumber{6});
}

TEST_CASE("channels get numbers") {
  const struct {
    std::string what;
    Numbering mode;
    Own own;
    NumberRange range;
    Reserved reserved;
    std::string told;
  } rows[] = {
      {"fixed", Numbering::Fixed, Own(3), {100}, {}, "100 101 102 exhausted 0"},
      {"fixed leaves out what is taken",
       Numbering::Fixed,
       Own(3),
       {100},
       {{101}, {99}},
       "100 102 103 exhausted 0"},
      {"a minor is another number", Numbering::Fixed, Own(2), {100}, {{100, 1}}, "100 101 exhausted 0"},
      {"fixed takes no notice of own numbers", Numbering::Fixed, {{{7}}}, {100}, {}, "100 exhausted 0"},
      {"a range ends", Numbering::Fixed, Own(4), {100, 101}, {}, "100 101 - - exhausted 2"},
      {"a range of nothing", Numbering::Fixed, Own(1), {100, 99}, {}, "- exhausted 1"},
      {"own", Numbering::Provider, {{{7}}, {{5, 1}}}, {100, 200}, {}, "7 5.1 exhausted 0"},
      {"own or the range", Numbering::Provider, {{{7}}, {}, {{8}}}, {100, 200}, {}, "7 100 8 exhausted 0"},
      {"the second of two that own it",
       Numbering::Provider,
       {{{7}}, {{7}}},
       {100, 200},
       {},
       "7 100 exhausted 0"},
      {"own but taken", Numbering::Provider, {{{7}}}, {100, 200}, {{7}}, "100 exhausted 0"},
      {"own inside the range, later",
       Numbering::Provider,
       {{}, {{100}}},
       {100, 200},
       {},
       "101 100 exhausted 0"},
      {"own and the range is full", Numbering::Provider, {{}, {{7}}, {}}, {1, 1}, {}, "1 7 - exhausted 1"},
      {"next free", Numbering::NextFree, Own(2), {1, 999}, {{3}, {40}, {2000}}, "41 42 exhausted 0"},
      {"next free of none", Numbering::NextFree, Own(2), {10, 999}, {}, "10 11 exhausted 0"},
      {"next free at the end", Numbering::NextFree, Own(3), {8, 10}, {{9}}, "10 8 - exhausted 1"},
      {"the last number there is",
       Numbering::NextFree,
       Own(2),
       {kMostMajor - 1},
       {{kMostMajor}},
       "999998 - exhausted 1"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    CHECK(tell(assign_numbers(row.mode, row.own, row.range, row.reserved)) == row.told);
  }
}

TEST_CASE("numbers become dense again") {
  const std::vector<Numbered> channels = {{{{1}}}, {{{3}}}, {{{5, 1}}, true}, {{{2}}}, {{}}, {{{6}}}};
  CHECK(plan_compact(channels, {1}, {{4}}) ==
        std::vector<Renumbering>{{1, {{3}}, {{2}}}, {3, {{2}}, {{3}}}, {4, {}, {{5}}}});
  CHECK(plan_compact(channels, {1, 2}, {}) ==
        std::vector<Renumbering>{{1, {{3}}, {{2}}}, {3, {{2}}, {}}, {4, {}, {}}, {5, {{6}}, {}}});
  const std::vector<Numbered> pinned = {{{{2}}, true}, {{{9}}}, {{{8}}}};
  CHECK(plan_compact(pinned, {1}, {}) == std::vector<Renumbering>{{1, {{9}}, {{1}}}, {2, {{8}}, {{3}}}});
  CHECK(plan_compact({}, {1}, {}).empty());
}
