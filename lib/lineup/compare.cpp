// SPDX-License-Identifier: LGPL-2.1-or-later
// Contradictions first, then the words, then what only one of the names tells.
#include "lineup/compare.hpp"

#include "base/text.hpp"
#include "vocabulary.hpp"
#include "words.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relevo::lineup {
namespace {

// What it costs that only one of two names tells something.
constexpr int kOneCountry = 3;
constexpr int kOneCountryInName = 14;
constexpr int kOneLanguage = 9;
constexpr int kOneRegion = 14;
constexpr int kOneEast = 4; // where no coast is named, the East is meant
constexpr int kOneWest = 20;
constexpr int kOneFirst = 15; // "Eurosport" and "Eurosport 1"
// Both names have a word of their own: brothers, like "Sky Sports Golf" and "Sky Sports Tennis".
constexpr double kBrothers = 0.75;
constexpr int kSameStation = 97;
constexpr int kSameNumber = 80;

/// Collects reasons, or none where nobody asked. Takes parts, so that no text is made for nobody.
class Notes {
 public:
  explicit Notes(std::vector<std::string>* list) : list_(list) {}

  template <class... Parts>
  void add(const Parts&... parts) {
    if (list_ != nullptr) list_->push_back(concat(parts...));
  }

  /// "WHAT A and B", the smaller one first, so that both ways round say the same.
  void add_pair(std::string_view what, std::string_view a, std::string_view b) {
    add(what, std::min(a, b), " and ", std::max(a, b));
  }

 private:
  std::vector<std::string>* list_;
};

using Numbers = std::vector<std::uint32_t>;

bool same_numbers(const Numbers& a, const Numbers& b) {
  return a == b || (a.size() == b.size() && std::ranges::is_permutation(a, b));
}

bool one_is_first(const Numbers& a, const Numbers& b) {
  const auto first = [](const Numbers& n) { return n.size() == 1 && n.front() == 1; };
  return (a.empty() && first(b)) || (b.empty() && first(a));
}

std::string write(const Numbers& numbers) {
  std::string out;
  for (const auto number : numbers)
    out += concat(out.empty() ? "" : " ", number);
  return out.empty() ? "none" : out;
}

bool same_spelling(const Name& a, const Name& b) {
  return !a.glued.empty() && a.glued == b.glued;
}

/// "Channel 4" says no more than "4".
bool says_something(const Name& name) {
  return std::ranges::any_of(name.words, [](const std::string& word) { return weight(word) > 0.5; });
}

bool differ(std::string_view a, std::string_view b) {
  return !a.empty() && !b.empty() && a != b;
}

/// "ABC 7 (WABC) New York" and "WABC".
bool same_station(const Name& a, const Name& b) {
  if (!a.call_sign.empty() && a.call_sign == b.call_sign) return true;
  return (!a.call_sign.empty() && a.call_sign == b.glued) || (!b.call_sign.empty() && b.call_sign == a.glued);
}

/// Notes the first contradiction that a name cannot be talked out of.
bool find_contradiction(const Name& a, const Name& b, Notes& notes) {
  if (a.shift != b.shift) {
    notes.add("one is later by ", std::abs(a.shift - b.shift), " h");
  } else if (differ(a.call_sign, b.call_sign)) {
    notes.add_pair("different stations: ", a.call_sign, b.call_sign);
  } else if (a.coast != b.coast && a.coast != Coast::None && b.coast != Coast::None) {
    notes.add("one is of the East, one of the West");
  } else if (differ(a.region, b.region)) {
    notes.add_pair("different regions: ", a.region, b.region);
  } else if (differ(a.language, b.language)) {
    notes.add_pair("different languages: ", a.language, b.language);
  } else if (!a.country.empty() && !b.country.empty() && !countries_agree(a.country, b.country)) {
    notes.add_pair("different countries: ", a.country, b.country);
  } else if (!same_station(a, b) && !same_spelling(a, b) && !same_numbers(a.numbers, b.numbers) &&
             !one_is_first(a.numbers, b.numbers)) {
    notes.add_pair("different numbers: ", write(a.numbers), write(b.numbers));
  } else {
    return false;
  }
  return true;
}

int one_sided(const Name& a, const Name& b, Notes& notes) {
  int cost = 0;
  const auto only_one = [&](std::string_view what, std::string_view x, std::string_view y, int price) {
    if (x.empty() == y.empty()) return;
    notes.add("only one tells the ", what, ": ", x.empty() ? y : x);
    cost += price;
  };
  only_one("country", a.country, b.country,
           a.country_in_name || b.country_in_name ? kOneCountryInName : kOneCountry);
  only_one("language", a.language, b.language, kOneLanguage);
  only_one("region", a.region, b.region, kOneRegion);
  if (a.coast != b.coast) {
    const bool west = a.coast == Coast::West || b.coast == Coast::West;
    notes.add("only one tells the coast: ", west ? "West" : "East");
    cost += west ? kOneWest : kOneEast;
  }
  if (!same_spelling(a, b) && one_is_first(a.numbers, b.numbers)) {
    notes.add("only one tells the number: 1");
    cost += kOneFirst;
  }
  return cost;
}

int score_words(const Name& a, const Name& b, Notes& notes) {
  if (a.words == b.words || (same_spelling(a, b) && (says_something(a) || says_something(b)))) {
    notes.add("the same name");
    return 100;
  }
  if (same_spelling(a, b)) {
    notes.add("nothing but the same number");
    return kSameNumber;
  }
  const auto common = overlap(a.words, b.words);
  double share = common.share;
  if (common.left_in_a && common.left_in_b) {
    share *= kBrothers;
    notes.add("each has words of its own");
  } else if (common.left_in_a || common.left_in_b) {
    notes.add("one has words more");
  } else if (share > 0) {
    notes.add(common.spelled_alike ? "the same words" : "words spelled a little differently");
  }
  if (share <= 0) notes.add("no word in common");
  return static_cast<int>(std::lround(100 * share));
}

int judge(const Name& a, const Name& b, Notes notes) {
  const auto no_channel = [](const Name& name) {
    return name.kind == Kind::Separator || (name.words.empty() && name.numbers.empty());
  };
  if (no_channel(a) || no_channel(b)) {
    notes.add("one is no channel but a heading");
    return 0;
  }
  const bool contradiction = find_contradiction(a, b, notes);
  if (!contradiction && same_station(a, b)) {
    notes.add("the same station: ", a.call_sign.empty() ? b.call_sign : a.call_sign);
    return kSameStation;
  }
  const int words = score_words(a, b, notes);
  const int all = std::max(words - one_sided(a, b, notes), 0);
  return contradiction ? std::min(all, kContradiction) : all;
}

} // namespace

Similarity compare(const Name& a, const Name& b) {
  Similarity out;
  out.score = judge(a, b, Notes(&out.reasons));
  return out;
}

int score(const Name& a, const Name& b) {
  return judge(a, b, Notes(nullptr));
}

bool contradict(const Name& a, const Name& b) {
  Notes nobody(nullptr);
  return find_contradiction(a, b, nobody);
}

} // namespace relevo::lineup
