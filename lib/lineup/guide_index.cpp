// SPDX-License-Identifier: LGPL-2.1-or-later
// The index: from keys to the names that have them.
#include "base/text.hpp"
#include "guide_keys.hpp"
#include "lineup/compare.hpp"
#include "lineup/fold.hpp"
#include "lineup/guide.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace relevo::lineup {
namespace {

// Forms that share the rarest keys with a name are compared with it, this many.
constexpr std::size_t kMostForms = 48;
// What so many have says nothing; it is asked for only where nothing else is known.
constexpr std::size_t kCommonKey = 2000;

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.-") == std::string_view::npos;
}

std::string normal_id(std::string_view id) {
  return fold(trim(id));
}

} // namespace

GuideIndex::GuideIndex(std::span<const GuideChannel> channels) {
  channels_.reserve(channels.size());
  for (const auto& channel : channels) {
    const auto at = static_cast<std::uint32_t>(channels_.size());
    channels_.push_back({normal_id(channel.id), channel.priority});
    by_id_[channels_.back().id].push_back(at);
    auto id_form = understand_id(channel.id);
    for (const auto& text : channel.names) {
      if (is_number(trim(text))) {
        channels_.back().numbers.emplace_back(trim(text));
        continue;
      }
      auto name = understand(text);
      if (name.country.empty()) name.country = id_form.country;
      add_form(std::move(name), at);
    }
    add_form(std::move(id_form), at);
  }
}

void GuideIndex::add_form(Name name, std::uint32_t channel) {
  auto& forms = channels_[channel].forms;
  const auto known = [&](std::uint32_t at) { return forms_[at].name == name; };
  if (name.kind == Kind::Separator || std::ranges::any_of(forms, known)) return;
  const auto at = static_cast<std::uint32_t>(forms_.size());
  for (auto& key : guide_keys(name))
    by_key_[std::move(key)].push_back(at);
  forms.push_back(at);
  forms_.push_back({std::move(name), channel});
}

const GuideIndex::Places& GuideIndex::find_id(std::string_view id) const {
  static const Places kNone;
  const auto found = by_id_.find(normal_id(id));
  return found == by_id_.end() ? kNone : found->second;
}

GuideIndex::Places GuideIndex::find_forms(const Name& name) const {
  std::vector<std::pair<std::uint32_t, double>> hits;
  const auto collect = [&](bool common) {
    for (const auto& key : search_keys(name))
      if (const auto found = by_key_.find(key);
          found != by_key_.end() && (found->second.size() > kCommonKey) == common) {
        const auto worth =
            std::log(1 + static_cast<double>(forms_.size()) / static_cast<double>(found->second.size()));
        for (const auto at : found->second)
          hits.emplace_back(at, worth);
      }
  };
  collect(false);
  if (hits.empty()) collect(true);
  std::ranges::sort(hits);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < hits.size(); ++i)
    if (kept > 0 && hits[kept - 1].first == hits[i].first)
      hits[kept - 1].second += hits[i].second;
    else
      hits[kept++] = hits[i];
  hits.resize(kept);
  if (hits.size() > kMostForms) {
    const auto better = [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    };
    std::ranges::nth_element(hits, hits.begin() + kMostForms, better);
    hits.resize(kMostForms);
  }
  Places places;
  for (const auto& [at, worth] : hits)
    places.push_back(at);
  return places;
}

bool GuideIndex::has_number(std::uint32_t channel, std::string_view number) const {
  const auto& numbers = channels_[channel].numbers;
  return !number.empty() && std::ranges::find(numbers, number) != numbers.end();
}

} // namespace relevo::lineup
