// SPDX-License-Identifier: LGPL-2.1-or-later
#include "lineup/compare.hpp"

#include <doctest/doctest.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace relevo::lineup;

namespace {

Similarity compare_texts(std::string_view a, std::string_view b) {
  return compare(understand(a), understand(b));
}

bool accepted(int score) {
  return score >= kAccept;
}

} // namespace

TEST_CASE("names of one channel are accepted") {
  const std::pair<std::string, std::string> rows[] = {
      {"UK: BBC One HD", "BBC 1"},
      {"Sky Sports F1 4K", "SkySports F1"},
      {"Discovery Channel", "Discovery"},
      {"Eurosprt 1", "Eurosport 1"},
      {"RMC Découverte", "RMC DECOUVERTE"},
      {"Crime & Investigation", "Crime + Investigation"},
      {"Euro Sport 2", "Eurosport 2"},
      {"Comedy Central Xtra", "Comedy Central Extra"},
      {"HBO", "HBO East"},
      {"ABC 7 (WABC) New York", "WABC"},
      {"bbcone", "BBC One"},
      {"EXYU: Pink", "RS: Pink"},
      {"ITV1 +1", "ITV 1 +1 HD"},
  };
  for (const auto& row : rows) {
    const std::string a = row.first, b = row.second;
    CAPTURE(a);
    CHECK(accepted(compare_texts(a, b).score));
    CHECK(compare_texts(a, b) == compare_texts(b, a));
  }
}

TEST_CASE("names of brothers are not") {
  const std::pair<std::string, std::string> rows[] = {
      {"Sky Sports Golf", "Sky Sports Tennis"},
      {"Discovery", "Discovery Science"},
      {"HBO", "HBO West"},
      {"BBC One", "BBC One Scotland"},
      {"Eurosport", "Eurosport 1"},
      {"CNN", "CNN Brasil"},
      {"Star Sports", "Zee Sports"},
      {"4", "Channel 4"},
  };
  for (const auto& row : rows) {
    const std::string a = row.first, b = row.second;
    CAPTURE(a);
    CHECK_FALSE(accepted(compare_texts(a, b).score));
    CHECK(compare_texts(a, b) == compare_texts(b, a));
  }
}

TEST_CASE("contradictions are named, and nothing makes good for them") {
  const struct {
    std::string a;
    std::string b;
    const char* reason;
  } rows[] = {
      {"Sky Sports 2", "Sky Sports 1", "different numbers: 1 and 2"},
      {"Sky Sports", "Sky Sports 2", "different numbers: 2 and none"},
      {"Film4", "Film4 +1", "one is later by 1 h"},
      {"Film +3", "Film +1", "one is later by 2 h"},
      {"UK: MTV", "DE: MTV", "different countries: de and gb"},
      {"HBO West", "HBO East", "one is of the East, one of the West"},
      {"Star Sports 1 Tamil", "Star Sports 1 Hindi", "different languages: hi and ta"},
      {"BBC One Wales", "BBC One London", "different regions: london and wales"},
      {"ABC (WABC)", "ABC (KABC)", "different stations: kabc and wabc"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.a);
    const auto found = compare_texts(row.a, row.b);
    CHECK(found.score <= kContradiction);
    REQUIRE_FALSE(found.reasons.empty());
    CHECK(found.reasons.front() == row.reason);
    CHECK(found == compare_texts(row.b, row.a));
    CHECK(contradict(understand(row.a), understand(row.b)));
  }
  CHECK_FALSE(contradict(understand("MTV"), understand("UK: VH1")));
}

TEST_CASE("what is no channel is like nothing") {
  CHECK(compare_texts("### SPORTS ###", "Sports") == Similarity{0, {"one is no channel but a heading"}});
  CHECK(compare_texts("", "").score == 0);
}

TEST_CASE("reasons say what was seen") {
  CHECK(compare_texts("UK: Dave HD", "Dave").reasons ==
        std::vector<std::string>{"the same name", "only one tells the country: gb"});
  CHECK(compare_texts("Eurosprt", "Eurosport").reasons ==
        std::vector<std::string>{"words spelled a little differently"});
  CHECK(compare_texts("Golf", "Tennis") == Similarity{0, {"each has words of its own", "no word in common"}});
}

TEST_CASE("the score alone is the same one") {
  const std::string names[] = {"UK: BBC One", "BBC 1 +1",   "HBO West", "Eurosprt 1",
                               "### A ###",   "ABC (WABC)", "1+1"};
  for (const auto& a : names)
    for (const auto& b : names) {
      CAPTURE(a);
      CAPTURE(b);
      CHECK(score(understand(a), understand(b)) == compare_texts(a, b).score);
    }
}
