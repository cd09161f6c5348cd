// SPDX-License-Identifier: LGPL-2.1-or-later
// Streams of one name are a class. Classes grow together by their names, by guides and by ids, in this order,
// as far as nothing contradicts and the user has not decided otherwise.
#include "lineup/grouping.hpp"

#include "base/text.hpp"
#include "lineup/compare.hpp"
#include "lineup/fold.hpp"
#include "naming.hpp"
#include "unions.hpp"
#include "vocabulary.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>

namespace relevo::lineup {
namespace {

// An id that so many different names have is a provider's default and says nothing.
constexpr std::size_t kMostNamesOfId = 24;
// Names under one id that have less in common are a provider's mistake.
constexpr int kLeastForId = 45;
constexpr int kLeastForGuide = 30;

using Stream = Unions::Stream;

/// What tells channels apart but for the country, as one text.
std::string core_of(const Name& name) {
  std::string words, fillers;
  for (const auto& word : name.words)
    (weight(word) > 0.5 ? words : fillers) += word;
  if (words.empty()) words = fillers;
  auto numbers = name.numbers;
  std::ranges::sort(numbers);
  for (const auto number : numbers)
    words += concat('#', number);
  return concat(words, '|', static_cast<int>(name.kind), '|', name.shift, '|', static_cast<int>(name.coast),
                '|', name.language, '|', name.region, '|', name.call_sign);
}

/// Streams that have the same name in the same country.
struct Class {
  Name name;
  std::vector<Stream> streams{};
  Evidence evidence = Evidence::Name; // why it is with others
};

class Grouper {
 public:
  Grouper(std::span<const StreamFacts> streams, const Decisions& decisions)
      : given_(streams), order_(streams.size()), facts_(streams.size()) {
    std::iota(order_.begin(), order_.end(), 0U);
    std::ranges::stable_sort(order_, {}, [this](std::size_t at) { return given_[at].key; });
    for (Stream stream = 0; stream < order_.size(); ++stream)
      classify(stream);
    std::vector<const Name*> names(order_.size());
    for (Stream stream = 0; stream < order_.size(); ++stream)
      names[stream] = &classes_[facts_[stream].in].name;
    unions_.emplace(std::move(names));
    obey(decisions);
  }

  std::vector<Group> run() {
    for (const auto& one : classes_)
      if (one.name.kind == Kind::Channel) unions_->join_all(one.streams);
    join_countries();
    join_by(Evidence::GuideId, &StreamFacts::guide_id, kLeastForGuide);
    join_by(Evidence::TvgId, &StreamFacts::tvg_id, kLeastForId);
    return collect();
  }

 private:
  struct Facts {
    std::uint32_t in = 0; // class
    Quality quality = Quality::Unknown;
    bool backup = false;
  };

  [[nodiscard]] const StreamFacts& given(Stream stream) const { return given_[order_[stream]]; }

  void classify(Stream stream) {
    auto name = naming_.understand(given(stream));
    facts_[stream] = {0, name.quality, name.backup};
    auto& by_country = classes_of_[core_of(name)];
    const auto [found, added] =
        by_country.try_emplace(name.country, static_cast<std::uint32_t>(classes_.size()));
    if (added) classes_.push_back({std::move(name)});
    facts_[stream].in = found->second;
    classes_[found->second].streams.push_back(stream);
  }

  void obey(const Decisions& decisions) {
    std::unordered_map<std::string_view, Stream> by_key;
    for (Stream stream = 0; stream < order_.size(); ++stream)
      by_key.emplace(given(stream).key, stream);
    const auto find = [&](std::string_view key) {
      const auto found = by_key.find(key);
      return found == by_key.end() ? kNobody : found->second;
    };
    for (const auto& list : decisions.together) {
      std::vector<Stream> streams;
      for (const auto key : list)
        if (const auto stream = find(key); stream != kNobody) streams.push_back(stream);
      unions_->pin(streams);
    }
    for (const auto& [a, b] : decisions.apart)
      if (const auto x = find(a), y = find(b); x != kNobody && y != kNobody && x != y) unions_->forbid(x, y);
    for (const auto key : decisions.alone)
      if (const auto stream = find(key); stream != kNobody) unions_->keep_alone(stream);
  }

  /// A name without a country is that of the only country that has it.
  void join_countries() {
    for (const auto& [core, by_country] : classes_of_) {
      const auto nameless = by_country.find("");
      if (nameless == by_country.end() || by_country.size() != 2) continue;
      auto& unknown = classes_[nameless->second];
      if (unknown.name.kind != Kind::Channel) continue;
      const auto& known = by_country.begin() == nameless ? *by_country.rbegin() : *by_country.begin();
      link(unknown, classes_[known.second], Evidence::NameWithoutCountry);
    }
  }

  void link(Class& a, Class& b, Evidence evidence) {
    auto both = a.streams;
    both.insert(both.end(), b.streams.begin(), b.streams.end());
    std::ranges::sort(both);
    unions_->join_all(both);
    for (auto* one : {&a, &b})
      if (one->evidence == Evidence::Name) one->evidence = evidence;
  }

  void join_by(Evidence evidence, std::string_view StreamFacts::*id, int least) {
    // By class, not by stream: most streams of an id have the same name.
    std::map<std::string, std::vector<std::uint32_t>> classes_by_id;
    for (Stream stream = 0; stream < order_.size(); ++stream) {
      if (classes_[facts_[stream].in].name.kind != Kind::Channel) continue;
      const auto text = trim(given(stream).*id);
      if (text.empty()) continue;
      auto& list = classes_by_id[fold(text)];
      if (std::ranges::find(list, facts_[stream].in) == list.end() && list.size() <= kMostNamesOfId)
        list.push_back(facts_[stream].in);
    }
    for (const auto& [text, list] : classes_by_id)
      if (list.size() <= kMostNamesOfId) link_alike(list, evidence, least);
  }

  void link_alike(const std::vector<std::uint32_t>& list, Evidence evidence, int least) {
    for (std::size_t i = 0; i < list.size(); ++i)
      for (std::size_t j = i + 1; j < list.size(); ++j) {
        auto& a = classes_[list[i]];
        auto& b = classes_[list[j]];
        if (!contradict(a.name, b.name) && score(a.name, b.name) >= least) link(a, b, evidence);
      }
  }

  std::vector<Group> collect() {
    std::vector<Group> groups;
    std::unordered_map<Stream, std::size_t> place;
    std::vector<std::vector<Stream>> sets;
    for (Stream stream = 0; stream < order_.size(); ++stream) {
      const auto [found, added] = place.try_emplace(unions_->find(stream), sets.size());
      if (added) sets.emplace_back();
      sets[found->second].push_back(stream);
    }
    groups.reserve(sets.size());
    for (auto& set : sets)
      groups.push_back(make_group(set));
    return groups;
  }

  Group make_group(std::vector<Stream>& set) {
    const auto lead = lead_class(set);
    std::ranges::stable_sort(set, {}, [this](Stream stream) {
      const auto& facts = facts_[stream];
      return std::tuple(-static_cast<int>(facts.quality), facts.backup);
    });
    Group out;
    for (const auto stream : set) {
      auto evidence = facts_[stream].in == lead ? Evidence::Name : classes_[facts_[stream].in].evidence;
      if (unions_->is_pinned(stream))
        evidence = Evidence::User;
      else if (set.size() == 1)
        evidence = Evidence::Only;
      out.members.push_back({order_[stream], evidence, confidence_of(evidence)});
      out.confidence = std::min(out.confidence, out.members.back().confidence);
    }
    return out;
  }

  /// The class that most streams of a set are of: the others are judged by it.
  [[nodiscard]] std::uint32_t lead_class(const std::vector<Stream>& set) const {
    std::map<std::uint32_t, std::size_t> counts;
    for (const auto stream : set)
      ++counts[facts_[stream].in];
    return std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; })->first;
  }

  static constexpr Stream kNobody = std::numeric_limits<Stream>::max();

  std::span<const StreamFacts> given_;
  std::vector<std::size_t> order_; // by key: what has the place 0 here is stream 0
  std::vector<Facts> facts_;       // by stream
  std::deque<Class> classes_;
  std::unordered_map<std::string, std::map<std::string, std::uint32_t>> classes_of_; // by core, by country
  Naming naming_;
  std::optional<Unions> unions_;
};

} // namespace

std::vector<Group> group(std::span<const StreamFacts> streams, const Decisions& decisions) {
  return Grouper(streams, decisions).run();
}

std::string_view describe(Evidence evidence) noexcept {
  switch (evidence) {
  case Evidence::NameWithoutCountry: return "the same name, but the country is not told";
  case Evidence::TvgId: return "the same tvg-id";
  case Evidence::GuideId: return "the same guide";
  case Evidence::Name: return "the same name";
  case Evidence::Only: return "nothing is like it";
  case Evidence::User: return "put here by hand";
  }
  return {};
}

} // namespace relevo::lineup
