// SPDX-License-Identifier: LGPL-2.1-or-later
#include "base/text.hpp"
#include "lineup/twins.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace relevo;
using namespace relevo::lineup;

namespace {

/// "0-1 97, 0-2 85": the pairs with their scores.
std::string tell(const std::vector<StreamFacts>& channels) {
  std::string out;
  for (const auto& [first, second, alike] : find_twins(channels))
    out += concat(out.empty() ? "" : ", ", first, '-', second, ' ', alike.score);
  return out;
}

} // namespace

TEST_CASE("channels that may be one are found, and others are not") {
  const struct {
    std::string what;
    std::vector<StreamFacts> channels;
    std::string twins;
  } rows[] = {
      {"the same name", {{"", "Dave HD"}, {"", "Golf"}, {"", "Dave"}}, "0-2 100"},
      {"written as one word", {{"", "Sky News"}, {"", "SkyNews"}}, "0-1 100"},
      {"the number 1 is told once", {{"", "Eurosport"}, {"", "Eurosport 1"}}, "0-1 85"},
      {"nobody can know which country", {{"", "MTV"}, {"", "UK: MTV"}, {"", "DE: MTV"}}, "0-1 97, 0-2 97"},
      {"the country of the group counts", {{"", "MTV", "", "", "UK | Music"}, {"", "DE: MTV"}}, ""},
      {"and that of the id", {{"", "MTV", "mtv.uk"}, {"", "DE: MTV"}}, ""},
      {"a region is told once", {{"", "Canal Sur"}, {"", "Canal Sur Andalucia"}}, "0-1 86"},
      {"other numbers", {{"", "Sky Sports 1"}, {"", "Sky Sports 2"}}, ""},
      {"late", {{"", "Dave"}, {"", "Dave +1"}}, ""},
      {"of the West", {{"", "HBO"}, {"", "HBO West"}}, ""},
      {"brothers", {{"", "Sky Sports Golf"}, {"", "Sky Sports Tennis"}}, ""},
      {"a word more", {{"", "Sky Sports"}, {"", "Sky Sports News"}}, ""},
      {"headings and events",
       {{"", "## UK ##"}, {"", "## UK ##"}, {"", "One vs Two"}, {"", "One vs Two"}},
       ""},
      {"nothing", {}, ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    CHECK(tell(row.channels) == row.twins);
  }
}

TEST_CASE("the most alike come first, each with its reasons") {
  const std::vector<StreamFacts> channels = {{"", "Eurosport"}, {"", "Eurosport 1"}, {"", "EUROSPORT 1"}};
  CHECK(tell(channels) == "1-2 100, 0-1 85, 0-2 85");
  CHECK(find_twins(channels)[1].alike.reasons ==
        std::vector<std::string>{"the same name", "only one tells the number: 1"});
}

TEST_CASE("a name that very many have makes no pairs") {
  std::vector<StreamFacts> channels(24, {"", "Channel"});
  CHECK(find_twins(channels).size() == 24 * 23 / 2);
  channels.push_back({"", "Channel"});
  CHECK(find_twins(channels).empty());
}
