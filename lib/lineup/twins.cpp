// SPDX-License-Identifier: LGPL-2.1-or-later
// Names are sorted into boxes by the words that matter; only what is in one box is compared.
#include "lineup/twins.hpp"

#include "base/text.hpp"
#include "naming.hpp"
#include "vocabulary.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>

namespace relevo::lineup {
namespace {

// What so many are called says nothing.
constexpr std::size_t kMostOfName = 24;

/// The same for names that can be meant alike, whatever only one of them tells: country, language, region,
/// the number 1. Nobody means the channel of the West who does not say so.
std::string box_of(const Name& name) {
  std::string words, fillers;
  for (const auto& word : name.words)
    (weight(word) > 0.5 ? words : fillers) += word;
  if (words.empty()) words = fillers;
  auto numbers = name.numbers;
  std::ranges::sort(numbers);
  if (numbers != std::vector<std::uint32_t>{1})
    for (const auto number : numbers)
      words += concat('#', number);
  return concat(words, '|', name.shift, '|', name.coast == Coast::West ? "west" : "");
}

void compare_all(const std::vector<Name>& names, const std::vector<std::size_t>& box,
                 std::vector<Twins>& twins) {
  for (std::size_t i = 0; i < box.size(); ++i)
    for (std::size_t j = i + 1; j < box.size(); ++j) {
      auto alike = compare(names[box[i]], names[box[j]]);
      if (alike.score >= kReview) twins.push_back({box[i], box[j], std::move(alike)});
    }
}

} // namespace

std::vector<Twins> find_twins(std::span<const StreamFacts> channels) {
  Naming naming;
  std::vector<Name> names;
  std::unordered_map<std::string, std::vector<std::size_t>> boxes;
  for (const auto& channel : channels) {
    names.push_back(naming.understand(channel));
    if (names.back().kind == Kind::Channel) boxes[box_of(names.back())].push_back(names.size() - 1);
  }
  std::vector<Twins> twins;
  for (const auto& [words, box] : boxes)
    if (box.size() <= kMostOfName) compare_all(names, box, twins);
  std::ranges::sort(twins, {},
                    [](const Twins& pair) { return std::tuple(-pair.alike.score, pair.first, pair.second); });
  return twins;
}

} // namespace relevo::lineup
