// SPDX-License-Identifier: LGPL-2.1-or-later
// lineup says which channels are alike; what is decided already is left out.
#include "catalog/twins.hpp"

#include "lineup/twins.hpp"
#include "store/accounts.hpp"
#include "store/channel_reviews.hpp"
#include "store/streams.hpp"

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
      : database_(database),
        separated_(store::load_separated_channels(database)),
        loners_(load_loners(database)) {}

  /// Whether nobody need be asked about the two.
  [[nodiscard]] bool cover(const NamedChannel& a, const NamedChannel& b) const {
    if (separated_.contains({a.id, b.id}) || separated_.contains({b.id, a.id})) return true;
    const auto one = store::find_first_group(database_, a.id),
               other = store::find_first_group(database_, b.id);
    if (!one && !other) return true;
    return a.automatic && b.automatic && alone_with(one) != alone_with(other);
  }

 private:
  [[nodiscard]] model::AccountId alone_with(std::optional<model::GroupId> group) const {
    const auto found = group ? loners_.find(*group) : loners_.end();
    return found == loners_.end() ? model::AccountId{} : found->second;
  }

  sqlite::Database& database_;
  std::set<std::pair<model::ChannelId, model::ChannelId>> separated_;
  Loners loners_;
};

} // namespace

std::vector<Twins> find_twins(sqlite::Database& database) {
  const auto channels = store::load_named_channels(database);
  const Decisions decisions(database);
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
