// SPDX-License-Identifier: LGPL-2.1-or-later
// All channels are read, because an id is free only when no other has it.
#include "outputs/lineup.hpp"

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "store/listed_channels.hpp"
#include "store/profiles.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace relevo::outputs {
namespace {

constexpr std::string_view kIdEnd = ".relevo";

/// Which ids are taken; upper and lower case are the same. A place for each, and as many free ones: a set of
/// nodes takes twice the time, and there may be 50,000.
class Taken {
 public:
  explicit Taken(std::size_t most) : places_(std::bit_ceil(2 * most + 1)) {}

  /// False: it is taken already.
  bool insert(std::string_view id) {
    auto place = hash_of(id) % places_.size();
    while (!places_[place].empty()) {
      if (equal_nocase(places_[place], id)) return false;
      place = (place + 1) % places_.size();
    }
    places_[place] = id;
    return true;
  }

 private:
  static std::size_t hash_of(std::string_view text) noexcept {
    std::size_t hash = 0;
    for (const char c : text)
      hash = (hash ^ static_cast<unsigned char>(to_lower(c))) * 0x100000001b3;
    return hash;
  }

  std::vector<std::string_view> places_; // empty: free
};

/// A hash of much text: four times as quick as Hash, and the same for as long as the program is.
class State {
 public:
  State& add(std::string_view text) noexcept { return mix(std::hash<std::string_view>{}(text)); }
  State& add(std::int64_t number) noexcept { return mix(static_cast<std::uint64_t>(number)); }
  [[nodiscard]] std::string text() const { return std::to_string(value_); }

 private:
  State& mix(std::uint64_t part) noexcept {
    value_ = (value_ ^ part) * 0x9e3779b97f4a7c15;
    value_ ^= value_ >> 32;
    return *this;
  }

  std::uint64_t value_ = 0;
};

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
  const auto id = texts.keep(channel.uuid, kIdEnd);
  auto& kept = channels.emplace_back(LineupChannel{channel, id}).channel;
  kept.uuid = id.substr(0, channel.uuid.size());
  const auto before = channels.size() > 1 ? channels[channels.size() - 2].channel.group : std::string_view();
  kept.group = before == channel.group ? before : texts.keep(channel.group);
  for (auto* text : {&kept.name, &kept.logo, &kept.tvg_id, &kept.guide_channel})
    *text = texts.keep(*text);
}

std::string own_id(std::string_view uuid) {
  return concat(uuid, kIdEnd);
}

void give_ids(Lineup& lineup, IdSource source) {
  // What add() gave is like no other id, but that of a channel which comes from another Relevo.
  const auto looks_given = [](const LineupChannel& one) {
    const auto own = one.channel.tvg_id;
    const auto dot = own.rfind('.');
    return dot != own.npos && equal_nocase(own.substr(dot, kIdEnd.size()), kIdEnd);
  };
  const bool look_given = std::ranges::any_of(lineup, looks_given);
  Taken taken(lineup.size() * (look_given ? 2 : 1));
  if (look_given)
    for (const auto& one : lineup)
      taken.insert(one.id);
  const auto give = [&taken](LineupChannel& one, std::string_view id) {
    const bool free = !id.empty() && taken.insert(id);
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
  else if (!std::ranges::is_sorted(lineup.channels, by_number)) // as it is where a list made them
    std::ranges::sort(lineup.channels, by_number);
  if (!wanted && part.only) keep_only(lineup, channels_of(database, *part.only));
  if (!part.group.empty()) {
    std::erase_if(lineup.channels, [&part](const auto& one) { return one.channel.group != part.group; });
    if (lineup.empty()) return tl::unexpected<std::string>("group");
  }
  std::erase_if(lineup.channels, [](const auto& one) { return one.channel.hidden; });
  return lineup;
}

std::string name_of_view(const std::optional<std::vector<model::ProfileId>>& only) {
  if (!only) return "all";
  std::string name;
  for (const auto profile : *only)
    name += concat(profile.value, ' ');
  return name;
}

std::string state_of(const Lineup& lineup) {
  State state;
  for (const auto& [channel, id] : lineup) {
    const auto number = channel.number.value_or(model::ChannelNumber{});
    state.add(channel.id.value).add(number.major).add(number.minor).add(channel.guide_shift_minutes);
    state.add(channel.guide_source ? channel.guide_source->value : 0);
    for (const auto text :
         {id, channel.uuid, channel.name, channel.group, channel.logo, channel.guide_channel})
      state.add(text);
  }
  return state.text();
}

} // namespace relevo::outputs
