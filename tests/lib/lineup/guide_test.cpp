// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lineup/compare.hpp"
#include "lineup/guide.hpp"

#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace relevo::lineup;

namespace {

const std::vector<GuideChannel> kGuide = {
    {"BBCOne.uk", {"BBC One", "101"}, 0},            // 0
    {"BBCOnePlus1.uk", {"BBC One +1"}, 0},           // 1
    {"bbcone.uk", {"BBC 1"}, 5},                     // 2: the same id, of a better source
    {"DiscoveryChannel.uk", {"Discovery"}, 0},       // 3
    {"DiscoveryChannel.us", {"Discovery"}, 0},       // 4
    {"x17", {"Sky Sports Golf"}, 0},                 // 5
    {"x18", {"Sky Sports Tennis", "401"}, 0},        // 6
    {"y18", {"Sky Sports Tennis"}, 1},               // 7: of a better source
    {"z", {"Tennis", "Matchplay International"}, 0}, // 8
};

Match find(const Wanted& wanted) {
  return match(wanted, GuideIndex(kGuide));
}

} // namespace

TEST_CASE("channels find their guide") {
  const struct {
    std::string what;
    Wanted wanted;
    Verdict verdict;
    std::size_t guide; // the first candidate
  } rows[] = {
      {"id, whatever case; the better source first", {{}, " BBCONE.uk "}, Verdict::Accepted, 2},
      {"id made of another spelling", {{}, "bbc-1.uk"}, Verdict::Accepted, 2},
      {"name", {{"UK: BBC One FHD"}}, Verdict::Accepted, 2},
      {"delay", {{"BBC 1 +1"}}, Verdict::Accepted, 1},
      {"the id of the channel without the delay", {{"BBC One +1"}, "BBCOne.uk"}, Verdict::Accepted, 1},
      {"the id of a channel with another number", {{"BBC Two"}, "BBCOne.uk"}, Verdict::Review, 2},
      {"one country", {{"US: Discovery Channel"}}, Verdict::Accepted, 4},
      {"country told apart from the name", {{"Discovery"}, "", "United Kingdom"}, Verdict::Accepted, 3},
      {"no country", {{"Discovery"}}, Verdict::Review, 3},
      {"the country of the group", {{"Discovery"}, "", "US | Documentaries"}, Verdict::Accepted, 4},
      {"the better source among equals", {{"Sky Sports Tennis"}}, Verdict::Accepted, 7},
      {"the number decides before the source", {{"Sky Sports Tennis"}, "", "", "401"}, Verdict::Accepted, 6},
      {"the second name", {{"Matchplay Intl"}}, Verdict::Accepted, 8},
      {"a second name of the channel", {{"Golf HD", "Sky Sports Golf"}}, Verdict::Accepted, 5},
      {"a typo", {{"Sky Sprots Tenis"}}, Verdict::Accepted, 7},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    const auto found = find(row.wanted);
    CHECK(found.verdict == row.verdict);
    REQUIRE_FALSE(found.candidates.empty());
    CHECK(found.candidates.front().guide == row.guide);
    CHECK_FALSE(found.candidates.front().reason.empty());
    CHECK(found.reason.empty() == (row.verdict == Verdict::Accepted));
  }
}

TEST_CASE("some find none") {
  for (const Wanted& wanted : {Wanted{{"Nothing like it"}}, Wanted{{"BBC Three"}},
                               Wanted{{"### BBC One ###"}}, Wanted{{"BBC One vs BBC Two"}}, Wanted{}}) {
    const auto found = find(wanted);
    CHECK(found.verdict == Verdict::None);
    CHECK(found.candidates.empty());
    CHECK_FALSE(found.reason.empty());
  }
}

TEST_CASE("a doubtful id says why") {
  const auto found = find({{"BBC Two"}, "BBCOne.uk"});
  REQUIRE(found.candidates.size() == 2);
  CHECK(found.candidates[0].score == 80);
  CHECK(found.candidates[0].reason ==
        "the same id; different numbers: 1 and 2; the same name; only one tells the country: gb");
  CHECK(found.reason == "the id fits and the names do not");
}

TEST_CASE("candidates are few and good") {
  std::vector<GuideChannel> guide;
  for (int i = 0; i < 100; ++i)
    guide.push_back({std::to_string(i), {"Same Name"}, i % 10});
  const auto found = match({{"Same Name"}}, GuideIndex(guide));
  CHECK(found.verdict == Verdict::Accepted);
  REQUIRE(found.candidates.size() == kMostCandidates);
  CHECK(guide[found.candidates.front().guide].priority == 9);
}

TEST_CASE("an empty index has nothing") {
  CHECK(match({{"BBC One"}, "BBCOne.uk"}, GuideIndex({})).verdict == Verdict::None);
}
