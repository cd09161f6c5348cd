// SPDX-License-Identifier: LGPL-2.1-or-later
// Automatic channels: made of the streams of groups that have a rule, and kept as the lists change.
#pragma once

#include "gx/cancel.hpp"
#include "model/channel.hpp"
#include "sqlite/database.hpp"

namespace relevo::catalog {

inline constexpr std::size_t kMaxChanges = 100; // of each kind that are told one by one

struct SyncOptions {
  bool dry_run = false; // tells what would be done, and does nothing
};

struct SyncChange {
  enum class Action {
    Created,
    Updated,
    Removed, // all its streams are gone
    Kept,    // likewise, but the user has put his hand to it
  };

  Action action = Action::Created;
  model::ChannelId channel{}; // of a dry run's new ones: none
  std::string name{};
  std::optional<model::ChannelNumber> number{};
  std::vector<model::ChannelStream> streams{}; // afterwards, each with its confidence and reason
};

struct SyncReport {
  std::size_t streams = 0; // that channels are made of
  std::size_t created = 0;
  std::size_t updated = 0;
  std::size_t removed = 0;
  std::size_t kept = 0;
  std::size_t unchanged = 0;
  std::size_t exhausted = 0;         // channels without a number because their range has none left
  std::vector<SyncChange> changes{}; // the first kMaxChanges of each action
};

/// Whether the patterns and the range of a rule are any good; the error is for people.
[[nodiscard]] Result<void> check(const model::SyncRule& rule);

/// Blocks, in a worker, in one transaction. Streams of all groups that are wanted and have a rule become
/// channels, one for all streams that are the same channel. A channel is known again by its streams and keeps
/// id, uuid and number. What the user settled, put into a channel, took out of it, split or merged stays as
/// he left it; channels made by hand are never touched, and what is in them by hand is not made a channel of.
/// A stream that its list no longer has, or whose account is not enabled, stays where it is. An error says
/// which rule is no good; then, and when this throws, nothing has changed.
[[nodiscard]] Result<SyncReport> sync_channels(sqlite::Database& database, const SyncOptions& options,
                                               const gx::CancelToken& token);

} // namespace relevo::catalog
