// SPDX-License-Identifier: LGPL-2.1-or-later
// Numbers that make room move in one statement, however many they are.
#include "catalog/reorder.hpp"

#include "base/text.hpp"
#include "catalog/decide.hpp"
#include "store/channel_numbers.hpp"
#include "store/channels.hpp"

#include <algorithm>

namespace relevo::catalog {
namespace {

using lineup::Shift;
using model::Channel;
using model::ChannelId;
using model::ChannelNumber;
using model::Field;
using Number = std::optional<ChannelNumber>;

Result<Channel> find(sqlite::Database& database, ChannelId id) {
  auto channel = store::find_channel(database, id);
  if (!channel) return fail(concat("there is no channel ", id.value));
  return *std::move(channel);
}

/// The number that it shall stand behind; empty: before all.
Number number_above(std::span<const ChannelNumber> others, Side side, Number other) {
  if (other && side == Side::After) return other;
  const auto end = other ? std::ranges::lower_bound(others, *other) : others.end();
  return end == others.begin() ? std::nullopt : Number(*std::prev(end));
}

/// Of all numbers that the move concerned, before it and since.
std::string describe(sqlite::Database& database, const Reorder& done) {
  auto first = done.number, last = done.number;
  if (done.others) {
    const auto now = lineup::inverse(*done.others);
    first = std::min({first, done.others->first, now.first});
    last = std::max({last, done.others->last, now.last});
    if (!now.is_of_minors()) last.minor = lineup::kMostMinor;
  }
  return store::describe_numbers(database, first, last, done.before);
}

/// Clients send it: what comes of it has to be numbers.
bool is_sound(const Shift& shift) {
  const auto back = lineup::inverse(shift);
  return (shift.by == 1 || shift.by == -1) && back.first.major >= 1 &&
         back.last.major <= lineup::kMostMajor && back.last.minor <= lineup::kMostMinor &&
         shift.is_of_minors() == back.is_of_minors();
}

} // namespace

Result<Reorder> move_channel(sqlite::Database& database, ChannelId id, Side side, ChannelId other_id) {
  sqlite::Transaction transaction(database);
  auto channel = find(database, id);
  if (!channel) return tl::unexpected(channel.error());
  const auto other = find(database, other_id);
  if (!other) return tl::unexpected(other.error());
  if (id == other_id) return fail("a channel cannot stand beside itself");
  const auto numbers = store::load_other_numbers(database, id);
  const auto move = lineup::plan_move(numbers, channel->number, number_above(numbers, side, other->number));
  if (!move) return tl::unexpected(move.error());
  Reorder done = {move->number, channel->number, channel->has_settled(Field::Number), 0, move->others, {}};
  if (move->others) done.moved = store::shift_other_numbers(database, id, *move->others);
  if (channel->number != move->number) {
    channel->number = move->number;
    if (channel->automatic) settle(*channel, Field::Number);
    store::save_channel(database, *channel);
  }
  done.state = describe(database, done);
  transaction.commit();
  return done;
}

Result<bool> move_back(sqlite::Database& database, ChannelId id, const Reorder& done) {
  sqlite::Transaction transaction(database);
  auto channel = find(database, id);
  if (!channel) return tl::unexpected(channel.error());
  if (done.others && !is_sound(*done.others)) return fail("no move has such numbers");
  if (channel->number != done.number || describe(database, done) != done.state) return false;
  if (done.others) store::shift_other_numbers(database, id, lineup::inverse(*done.others));
  channel->number = done.before;
  if (!done.was_settled) std::erase(channel->settled, Field::Number);
  store::save_channel(database, *channel);
  transaction.commit();
  return true;
}

} // namespace relevo::catalog
