// SPDX-License-Identifier: LGPL-2.1-or-later
// Every word and its start, the whole without blanks, and both ends of it, which a typo in the middle leaves
// alone.
#include "guide_keys.hpp"

#include "base/text.hpp"
#include "vocabulary.hpp"

#include <algorithm>
#include <cstddef>

namespace relevo::lineup {
namespace {

constexpr std::size_t kEnd = 4;   // bytes
constexpr std::size_t kStart = 3; // as much as an abbreviation has

bool says_something(const std::string& word) {
  return weight(word) > 0.5;
}

} // namespace

std::vector<std::string> guide_keys(const Name& name) {
  auto numbers = name.numbers;
  std::ranges::sort(numbers);
  std::string signature = name.shift == 0 ? "" : concat("+", name.shift);
  for (const auto number : numbers)
    signature += concat(' ', number);
  std::vector<std::string> keys;
  std::string whole;
  const bool only_fillers = std::ranges::none_of(name.words, says_something);
  for (const auto& word : name.words)
    if (only_fillers || says_something(word)) {
      keys.push_back(concat(word, signature));
      if (word.size() >= kStart) keys.push_back(concat('<', word.substr(0, kStart), signature));
      whole += word;
    }
  if (whole.size() > kEnd) {
    keys.push_back(concat('^', whole.substr(0, kEnd), signature));
    keys.push_back(concat('$', whole.substr(whole.size() - kEnd), signature));
  }
  keys.push_back(concat('=', whole, signature));
  keys.push_back(concat('~', name.glued, name.shift));
  if (!name.call_sign.empty()) keys.push_back(concat('~', name.call_sign, name.shift));
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::vector<std::string> search_keys(const Name& name) {
  auto keys = guide_keys(name);
  Name other = name;
  if (name.numbers.empty())
    other.numbers = {1};
  else if (name.numbers.size() == 1 && name.numbers.front() == 1)
    other.numbers.clear();
  else
    return keys;
  std::ranges::move(guide_keys(other), std::back_inserter(keys));
  return keys;
}

} // namespace relevo::lineup
