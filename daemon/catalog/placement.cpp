// SPDX-License-Identifier: LGPL-2.1-or-later
// The user's decisions become those of lineup; its groups become channels, the existing ones where they share
// most.
#include "placement.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace relevo::catalog {
namespace {

using model::ChannelId;
using model::StreamId;

/// Sorts as the number does.
std::string make_key(std::size_t number) {
  constexpr std::size_t kDigits = 9;
  const auto digits = std::to_string(number);
  return std::string(kDigits - std::min(kDigits, digits.size()), '0') + digits;
}

class Placement {
 public:
  Placement(std::span<const Candidate> candidates, const Present& present)
      : candidates_(candidates), present_(present) {}

  std::vector<Placed> run() {
    find_homes();
    choose();
    unite_homes_of_the_user();
    std::map<std::int64_t, std::vector<std::size_t>> parts;
    for (const auto at : chosen_)
      parts[part_of(at)].push_back(at);
    for (const auto& [part, members] : parts)
      group(members);
    match();
    return std::move(placed_);
  }

 private:
  struct Home {
    ChannelId channel{};
    bool manual = false;
  };

  /// The automatic channel of each stream: where the user put it, else the first.
  void find_homes() {
    for (const auto& channel : present_.channels)
      channels_.emplace(channel.id, &channel);
    for (const auto& [channel, one] : present_.memberships) {
      if (!channels_.at(channel)->automatic) {
        if (one.manual) used_by_hand_.insert(one.stream);
        continue;
      }
      const auto [home, is_first] = homes_.try_emplace(one.stream, Home{channel, one.manual});
      if (!is_first && one.manual && !home->second.manual) home->second = {channel, true};
      if (one.manual) handled_.insert(channel);
    }
    for (const auto& separation : present_.separations)
      separated_.insert(separation.stream);
  }

  void choose() {
    for (std::size_t at = 0; at < candidates_.size(); ++at) {
      const auto& stream = *candidates_[at].stream;
      if (homes_.contains(stream.id) ||
          !(stream.resting || used_by_hand_.contains(stream.id) || separated_.contains(stream.id)))
        chosen_.push_back(at);
    }
  }

  [[nodiscard]] ChannelId home_of(std::size_t at) const {
    const auto found = homes_.find(candidates_[at].stream->id);
    return found == homes_.end() ? ChannelId{} : found->second.channel;
  }

  /// What the user has put together meets, whatever the rules say: by the rule of the preferred stream.
  void unite_homes_of_the_user() {
    for (const auto at : chosen_)
      if (const auto home = home_of(at); handled_.contains(home))
        part_of_home_.try_emplace(home, candidates_[at].alone.value);
  }

  [[nodiscard]] std::int64_t part_of(std::size_t at) const {
    const auto found = part_of_home_.find(home_of(at));
    return found == part_of_home_.end() ? candidates_[at].alone.value : found->second;
  }

  void group(const std::vector<std::size_t>& part) {
    std::vector<std::string> keys(part.size()), guides(part.size());
    std::vector<lineup::StreamFacts> facts(part.size());
    std::map<ChannelId, std::vector<std::string_view>> keys_of;
    std::unordered_map<StreamId, std::string_view> key_of;
    for (std::size_t i = 0; i < part.size(); ++i) {
      const auto& [stream, group_name, alone] = candidates_[part[i]];
      const auto home = home_of(part[i]);
      keys[i] = make_key(part[i]);
      if (home) {
        keys_of[home].push_back(keys[i]);
        if (const auto& guide = channels_.at(home)->guide)
          guides[i] = concat(guide->source.value, ' ', guide->channel);
      }
      key_of.emplace(stream->id, keys[i]);
      facts[i] = {keys[i], stream->name, stream->tvg_id, guides[i], group_name};
    }
    for (const auto& found : lineup::group(facts, decide(keys_of, key_of))) {
      auto& placed = placed_.emplace_back();
      for (const auto& member : found.members)
        placed.members.push_back({part[member.stream], member.evidence, member.confidence});
    }
  }

  [[nodiscard]] lineup::Decisions decide(const std::map<ChannelId, std::vector<std::string_view>>& keys_of,
                                         const std::unordered_map<StreamId, std::string_view>& key_of) const {
    lineup::Decisions decisions;
    for (const auto& [channel, keys] : keys_of)
      if (handled_.contains(channel)) decisions.together.push_back(keys);
    for (const auto& [channel, stream] : present_.separations) {
      const auto key = key_of.find(stream);
      const auto others = keys_of.find(channel);
      if (key == key_of.end() || others == keys_of.end()) continue;
      for (const auto other : others->second)
        if (other != key->second) decisions.apart.emplace_back(other, key->second);
    }
    return decisions;
  }

  /// Each channel goes to the group that has most of its streams, what the user put there before all else.
  void match() {
    struct Claim {
      int manual = 0;
      int shared = 0;
      std::size_t group = 0;
      ChannelId channel{};
    };
    std::vector<Claim> claims;
    for (std::size_t at = 0; at < placed_.size(); ++at) {
      std::map<ChannelId, Claim> of_group;
      for (const auto& member : placed_[at].members) {
        const auto home = homes_.find(candidates_[member.candidate].stream->id);
        if (home == homes_.end()) continue;
        auto& claim = of_group[home->second.channel];
        claim.manual += home->second.manual ? 1 : 0;
        ++claim.shared;
      }
      for (const auto& [channel, claim] : of_group)
        claims.push_back({claim.manual, claim.shared, at, channel});
    }
    std::ranges::sort(claims, {}, [](const Claim& claim) {
      return std::tuple(-claim.manual, -claim.shared, claim.channel, claim.group);
    });
    std::unordered_set<ChannelId> given;
    for (const auto& claim : claims)
      if (!placed_[claim.group].channel && given.insert(claim.channel).second)
        placed_[claim.group].channel = claim.channel;
  }

  std::span<const Candidate> candidates_;
  const Present& present_;
  std::unordered_map<ChannelId, const model::Channel*> channels_;
  std::unordered_map<StreamId, Home> homes_;
  std::unordered_set<StreamId> used_by_hand_; // in channels made by hand
  std::unordered_set<StreamId> separated_;
  std::unordered_set<ChannelId> handled_; // that the user put streams into
  std::vector<std::size_t> chosen_;
  std::unordered_map<ChannelId, std::int64_t> part_of_home_;
  std::vector<Placed> placed_;
};

} // namespace

std::vector<Placed> place(std::span<const Candidate> candidates, const Present& present) {
  return Placement(candidates, present).run();
}

} // namespace relevo::catalog
