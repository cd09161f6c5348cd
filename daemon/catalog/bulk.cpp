// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels are loaded, changed and saved as one.
#include "catalog/bulk.hpp"

#include "base/text.hpp"
#include "catalog/decide.hpp"
#include "catalog/renaming.hpp"
#include "store/channels.hpp"

#include <algorithm>
#include <unordered_set>

namespace relevo::catalog {
namespace {

using lineup::NumberRange;
using lineup::Reserved;
using model::Channel;
using model::ChannelId;
using model::ChannelNumber;
using model::Field;

/// In the order that is given.
Result<std::vector<Channel>> find_all(sqlite::Database& database, std::span<const ChannelId> ids) {
  std::vector<Channel> channels;
  std::unordered_set<ChannelId> seen;
  for (const auto id : ids) {
    auto channel = store::find_channel(database, id);
    if (!channel) return fail(concat("there is no channel ", id.value));
    if (!seen.insert(id).second) return fail(concat("channel ", id.value, " is in the list twice"));
    channels.push_back(*std::move(channel));
  }
  return channels;
}

std::unordered_set<ChannelId> ids_of(const std::vector<Channel>& channels) {
  std::unordered_set<ChannelId> ids;
  for (const auto& channel : channels)
    ids.insert(channel.id);
  return ids;
}

Reserved numbers_of_others(sqlite::Database& database, const std::vector<Channel>& channels) {
  const auto ids = ids_of(channels);
  Reserved reserved;
  for (const auto& channel : store::load_channels(database))
    if (channel.number && !ids.contains(channel.id)) reserved.insert(*channel.number);
  return reserved;
}

Result<NumberChanges> fill(sqlite::Database& database, std::vector<Channel>& channels, NumberRange range) {
  std::vector<lineup::Numbered> numbered;
  for (const auto& channel : channels)
    numbered.push_back({channel.number, channel.has_settled(Field::Number)});
  NumberChanges changes;
  for (const auto& one : lineup::plan_compact(numbered, range, numbers_of_others(database, channels))) {
    if (!one.after)
      return fail(concat("there are not enough numbers from ", range.first, " to ", range.last));
    changes.push_back({channels[one.channel].id, one.before, *one.after});
  }
  return changes;
}

Result<NumberChanges> apply(sqlite::Database& database, Result<NumberChanges> changes, Mode mode) {
  if (!changes || mode == Mode::Preview) return changes;
  store::ChannelWriter writer(database);
  for (const auto& change : *changes) {
    auto channel = *store::find_channel(database, change.channel);
    channel.number = change.after;
    writer.save(channel);
  }
  return changes;
}

/// Of those that are not in the block the ones that have a number from `first` on, in their order.
std::vector<Channel> find_others(sqlite::Database& database, const std::vector<Channel>& block,
                                 std::uint32_t first) {
  const auto ids = ids_of(block);
  auto others = store::load_channels(database);
  std::erase_if(others, [&](const Channel& channel) {
    return !channel.number || channel.number->major < first || ids.contains(channel.id);
  });
  std::ranges::stable_sort(others, {}, &Channel::number);
  return others;
}

Result<NumberChanges> plan_move(const std::vector<Channel>& block, const std::vector<Channel>& others,
                                std::uint32_t first) {
  Reserved settled;
  for (const auto& channel : others)
    if (channel.has_settled(Field::Number)) settled.insert(*channel.number);
  NumberChanges changes;
  auto next = first;
  const auto give = [&](const Channel& channel) {
    while (settled.contains({next}))
      ++next;
    const ChannelNumber number = {next++};
    if (channel.number != number) changes.push_back({channel.id, channel.number, number});
  };
  std::ranges::for_each(block, give);
  for (const auto& channel : others) {
    if (channel.has_settled(Field::Number)) continue;
    if (channel.number->major >= next) break; // it and all behind it are out of the way
    give(channel);
  }
  if (next > lineup::kMostMajor + 1) return fail("there are not enough numbers behind it");
  return changes;
}

} // namespace

Result<NumberChanges> renumber(sqlite::Database& database, std::span<const ChannelId> ids, NumberRange range,
                               Mode mode) {
  sqlite::Transaction transaction(database);
  auto channels = find_all(database, ids);
  if (!channels) return tl::unexpected(channels.error());
  auto changes = apply(database, fill(database, *channels, range), mode);
  if (changes) transaction.commit();
  return changes;
}

Result<NumberChanges> compact(sqlite::Database& database, NumberRange range, Mode mode) {
  sqlite::Transaction transaction(database);
  auto channels = store::load_channels(database);
  std::erase_if(channels, [&range](const Channel& channel) {
    return !channel.number || channel.number->major < range.first || channel.number->major > range.last;
  });
  std::ranges::stable_sort(channels, {}, &Channel::number);
  auto changes = apply(database, fill(database, channels, range), mode);
  if (changes) transaction.commit();
  return changes;
}

Result<NumberChanges> move_block(sqlite::Database& database, std::span<const ChannelId> ids,
                                 std::uint32_t first, Mode mode) {
  if (first == 0 || first > lineup::kMostMajor) return fail(concat("there is no number ", first));
  sqlite::Transaction transaction(database);
  const auto block = find_all(database, ids);
  if (!block) return tl::unexpected(block.error());
  auto changes = apply(database, plan_move(*block, find_others(database, *block, first), first), mode);
  if (changes) transaction.commit();
  return changes;
}

Result<std::vector<NameChange>> rename_channels(sqlite::Database& database, std::span<const ChannelId> ids,
                                                const std::string& search, const std::string& replacement,
                                                Mode mode) {
  const auto renaming = Renaming::compile(search, replacement);
  if (!renaming) return tl::unexpected(renaming.error());
  sqlite::Transaction transaction(database);
  auto channels = find_all(database, ids);
  if (!channels) return tl::unexpected(channels.error());
  store::ChannelWriter writer(database);
  std::vector<NameChange> changes;
  for (auto& channel : *channels) {
    auto name = renaming->apply(channel.name);
    if (!name) return tl::unexpected(name.error());
    if (*name == channel.name) continue;
    changes.push_back({channel.id, channel.name, *name});
    channel.name = *std::move(name);
    if (channel.automatic) settle(channel, Field::Name);
    if (mode == Mode::Apply) writer.save(channel);
  }
  transaction.commit();
  return changes;
}

Result<std::size_t> edit_channels(sqlite::Database& database, std::span<const ChannelId> ids,
                                  const ChannelEdit& edit) {
  sqlite::Transaction transaction(database);
  auto channels = find_all(database, ids);
  if (!channels) return tl::unexpected(channels.error());
  store::ChannelWriter writer(database);
  std::size_t changed = 0;
  for (auto& channel : *channels) {
    bool differs = false;
    const auto set = [&](auto& member, const auto& value, std::optional<Field> field) {
      if (!value) return;
      const bool settles = field && channel.automatic && !channel.has_settled(*field);
      differs |= member != *value || settles;
      member = *value;
      if (settles) settle(channel, *field);
    };
    set(channel.group, edit.group, Field::Group);
    set(channel.logo, edit.logo, Field::Logo);
    set(channel.hidden, edit.hidden, Field::Hidden);
    set(channel.guide_shift_minutes, edit.guide_shift_minutes, std::nullopt);
    if (!differs) continue;
    writer.save(channel);
    ++changed;
  }
  transaction.commit();
  return changed;
}

std::size_t erase_channels(sqlite::Database& database, std::span<const ChannelId> ids) {
  sqlite::Transaction transaction(database);
  const auto erased = store::erase_channels(database, ids);
  transaction.commit();
  return erased;
}

} // namespace relevo::catalog
