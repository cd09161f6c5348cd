// SPDX-License-Identifier: LGPL-2.1-or-later
// lineup says which channels are alike; what is decided already is left out.
#include "catalog/twins.hpp"

#include "lineup/twins.hpp"
#include "store/accounts.hpp"
#include "store/channel_reviews.hpp"
#include "store/streams.hpp"

#include <algorithm>
#include <unordered_map>

namespace relevo::catalog {
namespace {

using store::NamedChannel;

/// Of groups whose streams meet those of their own account alone, that account.
using Loners = std::unordered_map<model::GroupId, model::AccountId>;

Loners load_loners(sqlite::Database& database) {
  Loners loners;
  for (const auto& account : store::load_accounts(database))
    for (const auto& group : store::load_groups(database, account.id))
      if (group.sync && !group.sync->merge) loners.emplace(group.id, account.id);
  return loners;
}

class Decisions {
 public:
  explicit Decisions(sqlite::Database& database)
      : streams_of_(database),
        separated_(store::load_separated_channels(database)),
        loners_(load_loners(database)) {}

  /// Whether nobody need be asked about the two.
  [[nodiscard]] bool cover(const NamedChannel& a, const NamedChannel& b) {
    if (separated_.contains({a.id, b.id}) || separated_.contains({b.id, a.id})) return true;
    const auto one = streams_of_(a.id), other = streams_of_(b.id);
    if (std::ranges::is_permutation(one, other)) return true; // nothing could be kept apart
    return a.automatic && b.automatic && alone_with(one) != alone_with(other);
  }

 private:
  /// By the first of these streams.
  [[nodiscard]] model::AccountId alone_with(const std::vector<store::GroupedStream>& streams) const {
    const auto found = streams.empty() ? loners_.end() : loners_.find(streams.front().group);
    return found == loners_.end() ? model::AccountId{} : found->second;
  }

  store::GroupedStreams streams_of_;
  std::set<std::pair<model::ChannelId, model::ChannelId>> separated_;
  Loners loners_;
};

} // namespace

std::vector<Twins> find_twins(sqlite::Database& database) {
  const auto channels = store::load_named_channels(database);
  Decisions decisions(database);
  std::vector<lineup::StreamFacts> facts;
  for (const auto& channel : channels)
    facts.push_back({{}, channel.name, channel.tvg_id, {}, channel.group, {}});
  std::vector<Twins> twins;
  for (auto& [first, second, alike] : lineup::find_twins(facts))
    if (const auto& a = channels[first], &b = channels[second]; !decisions.cover(a, b))
      twins.push_back({a.id, b.id, alike.score, std::move(alike.reasons)});
  return twins;
}

} // namespace relevo::catalog
