// SPDX-License-Identifier: LGPL-2.1-or-later
// What the user decides about channels, in a way that no later sync undoes.
#pragma once

#include "base/result.hpp"
#include "model/channel.hpp"
#include "sqlite/database.hpp"

#include <optional>
#include <span>
#include <string>

namespace relevo::catalog {

// split(), merge(), confirm(), keep_apart() and arrange() each in a transaction of their own. An error says
// what cannot be done; then, and when they throw, nothing has changed.

/// What the user calls a channel that is split off.
struct Naming {
  std::optional<std::string> name{};            // empty: as the other one
  std::optional<model::ChannelNumber> number{}; // empty: an automatic channel gets one from the next sync
};

/// Streams of a channel become a channel of their own, which is like it but for its number. The two never
/// share these streams again by themselves.
[[nodiscard]] Result<model::Channel> split(sqlite::Database& database, model::ChannelId channel,
                                           std::span<const model::StreamId> streams,
                                           const Naming& naming = {});

/// All streams go into the first, behind its own, and stay there; the others are gone.
[[nodiscard]] Result<model::Channel> merge(sqlite::Database& database,
                                           std::span<const model::ChannelId> channels);

/// The streams of each are there by the will of the user from now on, whoever put them there.
[[nodiscard]] Result<void> confirm(sqlite::Database& database, std::span<const model::ChannelId> channels);

/// Each of them remembers the streams of every other.
inline constexpr std::size_t kMostKeptApart = 50;
/// No stream of one comes into another by itself, whatever they are called. An error, too, where there are
/// too many, or no stream that only one has.
[[nodiscard]] Result<void> keep_apart(sqlite::Database& database, std::span<const model::ChannelId> channels);

/// The streams of a channel, each once, in the order in which they are tried. What is new among them was put
/// there by the user, and what is missing was taken out by him; the order of an automatic one is settled.
[[nodiscard]] Result<void> arrange(sqlite::Database& database, model::ChannelId channel,
                                   std::span<const model::StreamId> streams);

/// The field stays as it is, whatever lists say.
void settle(model::Channel& channel, model::Field field);
/// The field of an automatic channel is again what the list says; a number is given by the next sync, a guide
/// by the next matching. A channel that is made by hand keeps what it has.
void release(model::Channel& channel, model::Field field);

} // namespace relevo::catalog
