// SPDX-License-Identifier: LGPL-2.1-or-later
// Splitting, merging, arranging, settling.
#include "catalog/decide.hpp"

#include "base/text.hpp"
#include "store/channels.hpp"
#include "store/streams.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace relevo::catalog {
namespace {

using model::Channel;
using model::ChannelId;
using model::ChannelStream;
using model::Field;
using model::Separation;
using model::StreamId;

Result<Channel> find(sqlite::Database& database, ChannelId id) {
  auto channel = store::find_channel(database, id);
  if (!channel) return fail(concat("there is no channel ", id.value));
  return *std::move(channel);
}

/// What was taken out of one stays out of the other as well.
void inherit_separations(sqlite::Database& database, ChannelId from, ChannelId to) {
  std::vector<Separation> inherited;
  for (const auto& [channel, stream] : store::load_separations(database))
    if (channel == from) inherited.push_back({to, stream});
  store::add_separations(database, inherited);
}

void keep_out(sqlite::Database& database, ChannelId channel, std::span<const ChannelStream> streams) {
  std::vector<Separation> separations;
  for (const auto& one : streams)
    separations.push_back({channel, one.stream});
  store::add_separations(database, separations);
}

/// Another one that is like it but for what it is called.
Channel copy_of(const Channel& channel, const Naming& naming) {
  Channel other = channel;
  other.id = {};
  other.uuid.clear();
  other.number = naming.number;
  std::erase(other.settled, Field::Number);
  if (naming.number && other.automatic) settle(other, Field::Number);
  if (naming.name) {
    other.name = *naming.name;
    if (other.automatic) settle(other, Field::Name);
  }
  return other;
}

/// That are different and there, at least so many.
Result<void> check(sqlite::Database& database, std::span<const ChannelId> channels, std::size_t least) {
  if (channels.size() < least || std::set(channels.begin(), channels.end()).size() != channels.size())
    return fail(concat("this takes ", least == 1 ? "a channel" : "two channels", " or more, each once"));
  for (const auto id : channels)
    if (const auto channel = find(database, id); !channel) return tl::unexpected(channel.error());
  return {};
}

void give_back(Channel& channel, Field field) {
  switch (field) {
  case Field::Number: channel.number.reset(); break;
  case Field::Name: channel.name = channel.provided.name; break;
  case Field::Group: channel.group = channel.provided.group; break;
  case Field::Logo: channel.logo = channel.provided.logo; break;
  case Field::TvgId: channel.tvg_id = channel.provided.tvg_id; break;
  case Field::Guide: channel.guide.reset(); break;
  case Field::Hidden: channel.hidden = false; break;
  case Field::Order: break;
  }
}

} // namespace

Result<Channel> split(sqlite::Database& database, ChannelId id, std::span<const StreamId> streams,
                      const Naming& naming) {
  sqlite::Transaction transaction(database);
  const auto channel = find(database, id);
  if (!channel) return channel;
  const std::set<StreamId> wanted(streams.begin(), streams.end());
  std::vector<ChannelStream> staying, going;
  for (auto& one : store::load_channel_streams(database, id))
    (wanted.contains(one.stream) ? going : staying).push_back(std::move(one));
  if (going.size() != wanted.size())
    return fail(concat(quote(channel->name), " does not have all of these streams"));
  if (going.empty() || staying.empty())
    return fail("a part of the streams has to be split off, and a part to stay");
  auto other = copy_of(*channel, naming);
  store::save_channel(database, other);
  store::save_channel_streams(database, id, staying);
  store::save_channel_streams(database, other.id, going);
  inherit_separations(database, id, other.id);
  keep_out(database, id, going);
  keep_out(database, other.id, staying);
  transaction.commit();
  return other;
}

Result<Channel> merge(sqlite::Database& database, std::span<const ChannelId> channels) {
  sqlite::Transaction transaction(database);
  if (const auto good = check(database, channels, 2); !good) return tl::unexpected(good.error());
  const auto first = find(database, channels.front());
  std::vector<ChannelStream> all;
  for (const auto id : channels) {
    for (auto& one : store::load_channel_streams(database, id)) {
      if (std::ranges::find(all, one.stream, &ChannelStream::stream) != all.end()) continue;
      one.manual = true;
      all.push_back(std::move(one));
    }
  }
  for (const auto id : channels.subspan(1)) {
    inherit_separations(database, id, first->id);
    store::erase_channel(database, id);
  }
  store::save_channel_streams(database, first->id, all);
  for (const auto& one : all)
    store::erase_separation(database, {first->id, one.stream});
  transaction.commit();
  return first;
}

Result<void> confirm(sqlite::Database& database, std::span<const ChannelId> channels) {
  sqlite::Transaction transaction(database);
  if (auto good = check(database, channels, 1); !good) return good;
  store::ChannelWriter writer(database);
  for (const auto id : channels) {
    auto streams = store::load_channel_streams(database, id);
    for (auto& one : streams)
      one.manual = true;
    writer.save_streams(id, streams);
  }
  transaction.commit();
  return {};
}

Result<void> keep_apart(sqlite::Database& database, std::span<const ChannelId> channels) {
  if (channels.size() > kMostKeptApart)
    return fail(concat("this takes ", kMostKeptApart, " channels at most"));
  sqlite::Transaction transaction(database);
  if (auto good = check(database, channels, 2); !good) return good;
  std::map<ChannelId, std::set<StreamId>> streams_of;
  for (const auto id : channels) {
    auto& streams = streams_of[id];
    for (const auto& one : store::load_channel_streams(database, id))
      streams.insert(one.stream);
  }
  std::vector<Separation> separations;
  for (const auto& [id, streams] : streams_of)
    for (const auto& [other, own] : streams_of)
      for (const auto stream : streams)
        if (!own.contains(stream)) separations.push_back({other, stream});
  if (separations.empty()) return fail("there is no stream that only one of them has");
  store::add_separations(database, separations);
  transaction.commit();
  return {};
}

Result<void> arrange(sqlite::Database& database, ChannelId id, std::span<const StreamId> streams) {
  sqlite::Transaction transaction(database);
  auto channel = find(database, id);
  if (!channel) return tl::unexpected(channel.error());
  const auto before = store::load_channel_streams(database, id);
  std::vector<ChannelStream> after;
  std::set<StreamId> seen;
  for (const auto stream : streams) {
    if (!seen.insert(stream).second) return fail(concat("stream ", stream.value, " is in the list twice"));
    const auto known = std::ranges::find(before, stream, &ChannelStream::stream);
    if (known == before.end() && !store::find_stream(database, stream))
      return fail(concat("there is no stream ", stream.value));
    after.push_back(known == before.end() ? ChannelStream{stream} : *known);
    store::erase_separation(database, {id, stream});
  }
  auto gone = before;
  std::erase_if(gone, [&](const ChannelStream& one) { return seen.contains(one.stream); });
  keep_out(database, id, gone);
  store::save_channel_streams(database, id, after);
  if (channel->automatic) settle(*channel, Field::Order);
  store::save_channel(database, *channel);
  transaction.commit();
  return {};
}

void settle(Channel& channel, Field field) {
  if (!channel.has_settled(field)) channel.settled.push_back(field);
}

void release(Channel& channel, Field field) {
  if (std::erase(channel.settled, field) != 0 && channel.automatic) give_back(channel, field);
}

} // namespace relevo::catalog
