// SPDX-License-Identifier: LGPL-2.1-or-later
// All channels are read, because an id is free only when no other has it.
#include "outputs/lineup.hpp"

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "store/channels.hpp"
#include "store/profiles.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace relevo::outputs {
namespace {

using model::Channel;

std::string in_lower_case(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), to_lower);
  return out;
}

/// A playlist cannot write control characters, blanks at the ends, and quotes.
std::string writable(std::string_view text) {
  std::string clean;
  append_clean(clean, text);
  std::ranges::replace(clean, '"', '\'');
  return std::string(trim(clean));
}

bool by_number(const LineupChannel& a, const LineupChannel& b) {
  const auto key = [](const Channel& channel) {
    return std::tuple(!channel.number, channel.number.value_or(model::ChannelNumber{}), channel.id);
  };
  return key(a.channel) < key(b.channel);
}

/// Those of the profile alone, in its order.
Lineup arrange(Lineup all, const std::vector<model::ChannelId>& order) {
  std::unordered_map<model::ChannelId, LineupChannel*> by_id;
  for (auto& one : all)
    by_id[one.channel.id] = &one;
  Lineup arranged;
  arranged.reserve(order.size());
  for (const auto id : order)
    if (const auto found = by_id.find(id); found != by_id.end())
      arranged.push_back(std::move(*found->second));
  return arranged;
}

/// Empty where it is not there, or not seen.
std::optional<model::ProfileId> find_profile(sqlite::Database& database, const Part& part) {
  for (const auto& profile : store::load_profiles(database))
    if (profile.name == part.profile && (!part.only || std::ranges::count(*part.only, profile.id) > 0))
      return profile.id;
  return std::nullopt;
}

std::unordered_set<model::ChannelId> channels_of(sqlite::Database& database,
                                                 const std::vector<model::ProfileId>& profiles) {
  std::unordered_set<model::ChannelId> channels;
  for (const auto profile : profiles)
    for (const auto channel : store::load_profile_channels(database, profile))
      channels.insert(channel);
  return channels;
}

void keep_only(Lineup& lineup, const std::unordered_set<model::ChannelId>& channels) {
  std::erase_if(lineup, [&channels](const auto& one) { return !channels.contains(one.channel.id); });
}

Lineup load_all(sqlite::Database& database) {
  auto channels = store::load_channels(database);
  auto ids = make_ids(channels);
  Lineup all;
  all.reserve(channels.size());
  for (std::size_t i = 0; i < channels.size(); ++i)
    all.push_back({std::move(channels[i]), std::move(ids[i])});
  return all;
}

} // namespace

std::vector<std::string> make_ids(const std::vector<Channel>& channels) {
  std::unordered_set<std::string> taken;
  for (const auto& channel : channels)
    taken.insert(in_lower_case(channel.uuid));
  std::vector<std::string> ids;
  ids.reserve(channels.size());
  for (const auto& channel : channels) {
    auto own = writable(channel.tvg_id);
    const bool free = !own.empty() && taken.insert(in_lower_case(own)).second;
    ids.push_back(free ? std::move(own) : channel.uuid);
  }
  return ids;
}

tl::expected<Lineup, std::string> load_lineup(sqlite::Database& database, const Part& part) {
  auto lineup = load_all(database);
  std::optional<model::ProfileId> wanted;
  if (!part.profile.empty()) {
    wanted = find_profile(database, part);
    if (!wanted) return tl::unexpected<std::string>("profile");
  } else if (part.only && part.only->size() == 1) {
    wanted = part.only->front();
  }
  if (wanted)
    lineup = arrange(std::move(lineup), store::load_profile_channels(database, *wanted));
  else
    std::ranges::sort(lineup, by_number);
  if (!wanted && part.only) keep_only(lineup, channels_of(database, *part.only));
  if (!part.group.empty()) {
    std::erase_if(lineup, [&part](const auto& one) { return one.channel.group != part.group; });
    if (lineup.empty()) return tl::unexpected<std::string>("group");
  }
  std::erase_if(lineup, [](const auto& one) { return one.channel.hidden; });
  return lineup;
}

} // namespace relevo::outputs
