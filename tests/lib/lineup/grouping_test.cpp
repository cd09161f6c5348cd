// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"
#include "lineup/grouping.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace relevo;
using namespace relevo::lineup;

namespace {

/// "a1 a2 | b1": the keys of every group.
std::string tell(const std::vector<StreamFacts>& streams, const std::vector<Group>& groups) {
  std::string out;
  for (const auto& group : groups) {
    out += out.empty() ? "" : "| ";
    for (const auto& member : group.members)
      out += concat(streams[member.stream].key, ' ');
  }
  return std::string(trim(out));
}

std::string group_keys(const std::vector<StreamFacts>& streams, const Decisions& decisions = {}) {
  return tell(streams, group(streams, decisions));
}

} // namespace

TEST_CASE("streams of one channel come together") {
  const struct {
    std::string what;
    std::vector<StreamFacts> streams;
    std::string keys;
  } rows[] = {
      {"the best quality first", {{"a", "UK: Dave SD"}, {"b", "UK| Dave HD"}, {"c", "UK Dave FHD"}}, "c b a"},
      {"backups behind their equals", {{"a", "Dave HD (Backup)"}, {"b", "Dave HD"}, {"c", "Dave"}}, "b a c"},
      {"other numbers stay apart", {{"a", "Sky Sports 1"}, {"b", "Sky Sports 2"}}, "a | b"},
      {"so does what is late", {{"a", "Dave"}, {"b", "Dave +1"}}, "a | b"},
      {"and other countries", {{"a", "UK: MTV"}, {"b", "DE: MTV"}}, "a | b"},
      {"one country for a name without one", {{"a", "UK: Dave"}, {"b", "Dave HD"}}, "b a"},
      {"but not one of two", {{"a", "UK: MTV"}, {"b", "MTV"}, {"c", "DE: MTV"}}, "a | b | c"},
      {"the country of the group counts",
       {{"a", "MTV", "", "", "UK | Music"}, {"b", "MTV", "", "", "DE | Musik"}, {"c", "UK: MTV"}},
       "a c | b"},
      {"the country that the caller tells", {{"a", "MTV", "", "", "", "gb"}, {"b", "UK: MTV HD"}}, "b a"},
      {"the country of the id", {{"a", "MTV", "mtv.uk"}, {"b", "UK: MTV HD"}}, "b a"},
      {"the same id with names that can be meant",
       {{"a", "Sky Bundesliga 1", "x"}, {"b", "Sky Sport Bundesliga 1", "X "}},
       "a b"},
      {"the same id with names that cannot", {{"a", "Dave", "x"}, {"b", "Golf", "x"}}, "a | b"},
      {"the same id and another number", {{"a", "Sky Sports 1", "x"}, {"b", "Sky Sports 2", "x"}}, "a | b"},
      {"the same id and late", {{"a", "Dave", "x"}, {"b", "Dave +1", "x"}}, "a | b"},
      {"the same guide", {{"a", "Das Erste", "", "g"}, {"b", "ARD Erste HD", "", "g"}}, "b a"},
      {"headings are nobody's", {{"a", "## UK ##"}, {"b", "## UK ##"}}, "a | b"},
      {"events are nobody's", {{"a", "One vs Two"}, {"b", "One vs Two"}}, "a | b"},
      {"a heading and a channel", {{"a", "### Dave ###"}, {"b", "Dave"}, {"c", "Dave"}}, "a | b c"},
      {"nothing", {}, ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    CHECK(group_keys(row.streams) == row.keys);
    auto turned = row.streams;
    std::ranges::reverse(turned);
    CHECK(group_keys(turned) == row.keys);
  }
}

TEST_CASE("what the user decided stays") {
  const std::vector<StreamFacts> streams = {
      {"a", "Dave"}, {"b", "Dave"}, {"c", "Dave"}, {"d", "Golf"}, {"e", "Golf +1"}};
  CHECK(group_keys(streams) == "a b c | d | e");
  const struct {
    std::string what;
    Decisions decisions;
    std::string keys;
  } rows[] = {
      {"apart", {{}, {{"a", "b"}}, {}}, "a c | b"},
      {"apart, the other way round", {{}, {{"b", "a"}}, {}}, "a c | b"},
      {"all apart", {{}, {{"a", "b"}, {"b", "c"}, {"a", "c"}}, {}}, "a | b | c | d | e"},
      {"alone", {{}, {}, {"b"}}, "a c | b"},
      {"together whatever they are called", {{{"d", "e"}}, {}, {}}, "a b c | d e"},
      {"together takes others in", {{{"a", "d"}}, {}, {}}, "a b c d | e"},
      {"two by hand never become one", {{{"a"}, {"b"}}, {}, {}}, "a c | b"},
      {"together and apart", {{{"a", "d"}}, {{"d", "b"}}, {}}, "a c d | b"},
      {"keys that are gone", {{{"x", "y"}}, {{"a", "x"}}, {"z"}}, "a b c | d | e"},
      {"apart from itself", {{}, {{"a", "a"}}, {}}, "a b c | d | e"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    auto keys = group_keys(streams, row.decisions);
    if (!keys.ends_with("e")) FAIL(keys);
    CHECK(keys.substr(0, row.keys.size()) == row.keys);
  }
}

TEST_CASE("confidence and why") {
  const std::vector<StreamFacts> streams = {
      {"a", "UK: Dave", "x"}, {"b", "UK: Dave HD"}, {"c", "Dave"}, {"d", "UK: U Dave", "x"}, {"e", "Golf"}};
  const auto groups = group(streams);
  REQUIRE(groups.size() == 2);
  REQUIRE(groups[0].members.size() == 4);
  CHECK(groups[0].members[0] == Member{1, Evidence::Name, 97});
  CHECK(groups[0].members[1] == Member{0, Evidence::Name, 97});
  CHECK(groups[0].members[2] == Member{2, Evidence::NameWithoutCountry, 85});
  CHECK(groups[0].members[3] == Member{3, Evidence::TvgId, 88});
  CHECK(groups[0].confidence == 85);
  CHECK(groups[1] == Group{{{4, Evidence::Only, 100}}, 100});
  CHECK(describe(Evidence::TvgId) == "the same tvg-id");
  const auto by_hand = group(streams, {{{"e", "d"}}, {}, {}});
  REQUIRE(by_hand.size() == 1);
  CHECK(std::ranges::count(by_hand[0].members, Evidence::User, &Member::evidence) == 2);
}

TEST_CASE("an id that many names have says nothing") {
  std::vector<std::string> keys, names;
  for (int i = 0; i < 60; ++i) {
    keys.push_back(concat(i < 10 ? "0" : "", i));
    names.push_back(concat("Sky ", std::string(3, static_cast<char>('a' + i % 26)),
                           i / 26 == 0   ? "x"
                           : i / 26 == 1 ? "y"
                                         : "z"));
  }
  std::vector<StreamFacts> streams;
  for (std::size_t i = 0; i < keys.size(); ++i)
    streams.push_back({keys[i], names[i], "none"});
  CHECK(group(streams).size() == streams.size());
}
