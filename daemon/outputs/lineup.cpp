// SPDX-License-Identifier: LGPL-2.1-or-later
// All channels are read, because an id is free only when no other has it.
#include "outputs/lineup.hpp"

#include "base/encoding.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "store/listed_channels.hpp"
#include "store/profiles.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace relevo::outputs {
namespace {

struct NocaseHash {
  std::size_t operator()(std::string_view text) const noexcept {
    Hash hash;
    for (const char c : text) {
      const char lower = to_lower(c);
      hash.add({&lower, 1});
    }
    return hash.value();
  }
};
struct NocaseEqual {
  bool operator()(std::string_view a, std::string_view b) const noexcept { return equal_nocase(a, b); }
};
/// Which ids are taken.
using Taken = std::unordered_set<std::string_view, NocaseHash, NocaseEqual>;

/// A playlist cannot write control characters, blanks at the ends, and quotes.
std::string_view writable(std::string_view text, Texts& texts) {
  if (is_plain(text) && text.find('"') == text.npos) return trim(text);
  std::string clean;
  append_clean(clean, text);
  std::ranges::replace(clean, '"', '\'');
  return texts.keep(trim(clean));
}

bool by_number(const LineupChannel& a, const LineupChannel& b) {
  const auto key = [](const model::ListedChannel& channel) {
    return std::tuple(!channel.number, channel.number.value_or(model::ChannelNumber{}), channel.id);
  };
  return key(a.channel) < key(b.channel);
}

/// Those of the profile alone, in its order.
void arrange(Lineup& lineup, const std::vector<model::ChannelId>& order) {
  std::unordered_map<model::ChannelId, std::size_t> places;
  for (std::size_t i = 0; i < lineup.size(); ++i)
    places[lineup.channels[i].channel.id] = i;
  std::vector<LineupChannel> arranged;
  arranged.reserve(order.size());
  for (const auto id : order)
    if (const auto found = places.find(id); found != places.end())
      arranged.push_back(lineup.channels[found->second]);
  lineup.channels = std::move(arranged);
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
  std::erase_if(lineup.channels, [&channels](const auto& one) { return !channels.contains(one.channel.id); });
}

Lineup load_all(sqlite::Database& database, IdSource source) {
  Lineup all;
  all.channels.reserve(store::count_channels(database));
  store::visit_channels(database, [&all](const model::ListedChannel& channel) { all.add(channel); });
  give_ids(all, source);
  return all;
}

} // namespace

void Lineup::add(const model::ListedChannel& channel) {
  const auto id = texts.keep(concat(channel.uuid, ".relevo"));
  auto& kept = channels.emplace_back(LineupChannel{channel, id}).channel;
  kept.uuid = id.substr(0, channel.uuid.size());
  const auto before = channels.size() > 1 ? channels[channels.size() - 2].channel.group : std::string_view();
  kept.group = before == channel.group ? before : texts.keep(channel.group);
  for (auto* text : {&kept.name, &kept.logo, &kept.tvg_id, &kept.guide_channel})
    *text = texts.keep(*text);
}

void give_ids(Lineup& lineup, IdSource source) {
  Taken taken;
  taken.reserve(2 * lineup.size());
  for (const auto& one : lineup)
    taken.insert(one.id);
  const auto give = [&taken](LineupChannel& one, std::string_view id) {
    const bool free = !id.empty() && taken.insert(id).second;
    if (free) one.id = id;
    return free;
  };
  std::vector<bool> has_number(lineup.size());
  if (source == IdSource::Number)
    for (std::size_t i = 0; i < lineup.size(); ++i)
      if (auto& one = lineup.channels[i]; one.channel.number)
        has_number[i] = give(one, lineup.texts.keep(lineup::write(*one.channel.number)));
  for (std::size_t i = 0; i < lineup.size(); ++i)
    if (auto& one = lineup.channels[i]; !has_number[i]) give(one, writable(one.channel.tvg_id, lineup.texts));
}

tl::expected<Lineup, std::string> load_lineup(sqlite::Database& database, const Part& part, IdSource source) {
  auto lineup = load_all(database, source);
  std::optional<model::ProfileId> wanted;
  if (!part.profile.empty()) {
    wanted = find_profile(database, part);
    if (!wanted) return tl::unexpected<std::string>("profile");
  } else if (part.only && part.only->size() == 1) {
    wanted = part.only->front();
  }
  if (wanted)
    arrange(lineup, store::load_profile_channels(database, *wanted));
  else
    std::ranges::sort(lineup.channels, by_number);
  if (!wanted && part.only) keep_only(lineup, channels_of(database, *part.only));
  if (!part.group.empty()) {
    std::erase_if(lineup.channels, [&part](const auto& one) { return one.channel.group != part.group; });
    if (lineup.empty()) return tl::unexpected<std::string>("group");
  }
  std::erase_if(lineup.channels, [](const auto& one) { return one.channel.hidden; });
  return lineup;
}

std::string state_of(const Lineup& lineup) {
  Hash hash;
  for (const auto& [channel, id] : lineup) {
    const auto number = channel.number.value_or(model::ChannelNumber{});
    hash.add(concat(channel.id.value, ' ', number.major, '.', number.minor, ' ', channel.guide_shift_minutes,
                    ' ', channel.guide_source ? channel.guide_source->value : 0));
    for (const auto text :
         {id, channel.uuid, channel.name, channel.group, channel.logo, channel.guide_channel})
      hash.add(text);
  }
  return std::to_string(hash.value());
}

} // namespace relevo::outputs
