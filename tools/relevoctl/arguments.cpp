// SPDX-License-Identifier: LGPL-2.1-or-later
#include "arguments.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::ctl {

Arguments::Arguments(Words words, const std::vector<std::string_view>& operands,
                     const std::vector<std::string_view>& options,
                     const std::vector<std::string_view>& flags) {
  const auto holds = [](const auto& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
  };
  bool only_operands = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto word = words[i];
    if (only_operands || word.size() < 2 || word.front() != '-') {
      if (operands_.size() == operands.size()) throw UsageError(concat(quote(word), " is one word too many"));
      operands_.emplace_back(word);
      continue;
    }
    if (word == "--") {
      only_operands = true;
      continue;
    }
    const auto equals = word.find('=');
    const auto name = word.substr(0, equals);
    if (holds(flags, word)) {
      values_[std::string(word)];
    } else if (!holds(options, name)) {
      throw UsageError(concat("there is no option ", name, " here"));
    } else if (equals != std::string_view::npos) {
      values_[std::string(name)].emplace_back(word.substr(equals + 1));
    } else {
      if (++i == words.size()) throw UsageError(concat(name, " needs a value"));
      values_[std::string(name)].emplace_back(words[i]);
    }
  }
  if (operands_.size() < operands.size()) throw UsageError(concat(operands[operands_.size()], " is missing"));
}

std::optional<std::string> Arguments::value(std::string_view option) const {
  const auto found = values_.find(option);
  if (found == values_.end()) return std::nullopt;
  return found->second.back();
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  const auto found = values_.find(option);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

} // namespace relevo::ctl
