// SPDX-License-Identifier: LGPL-2.1-or-later
// What a channel may be played from: each of its streams through each login of the stream's account.
#pragma once

#include "channel/channel_spec.hpp"
#include "model/channel.hpp"
#include "slots/ledger.hpp"
#include "sqlite/database.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::sessions {

/// One way to play a channel.
struct Source {
  model::StreamId stream{};
  channel::Candidate candidate{}; // as it is opened now; its id stays
  slots::Claim claim{};           // of its connection, without a holder
  bool redirect = false;          // who wants to watch is to be sent to its URL
  /// Of the account, or of what was typed for this stream: others may be inside only where it is. Empty: no
  /// provider told of the stream, but a file of this machine.
  std::optional<std::string> own_host{};
};

struct LeftOut {
  std::string what; // for people, as the next one
  std::string why;

  bool operator==(const LeftOut&) const = default;
};

/// What a session needs to know of its channel.
struct Plan {
  model::ChannelId channel{}; // none: a preview
  std::string uuid{};         // which no other plan has
  std::string name{};
  std::string slate{};           // file; "": that of the settings
  std::vector<Source> sources{}; // the best first
  std::vector<LeftOut> left_out{};
};

/// The channel that people mean by its uuid, its number ("5", "5.1") or, where none has that number, its id.
/// "id:5" is its id, whatever numbers there are, and "number:5" its number, whatever ids. Of several with one
/// number the first that is not hidden, as in lineups. Throws sqlite::Failure, as the next ones.
[[nodiscard]] std::optional<model::Channel> find_channel(sqlite::Database& database,
                                                         std::string_view reference);

/// In the order of the channel's streams, and for each in the order of the logins; behind them the backups
/// that its list names for it. URLs are made of what the logins are now. What is not enabled, has expired or
/// cannot be made a URL of is left out. A stream is read as its channel says, else as it says itself, else by
/// the profile named `usual_profile`. Nobody can be sent to a URL that wants headers, a user agent or a
/// proxy, or that players cannot have: it is read by the daemon.
[[nodiscard]] Plan make_plan(sqlite::Database& database, const model::Channel& channel, model::Time now,
                             std::string_view usual_profile = {});

/// One stream alone, to be looked at: a plan without a channel, with an address of its own. Empty where the
/// account, by its name or its number, has no such stream.
[[nodiscard]] std::optional<Plan> make_preview(sqlite::Database& database, const std::string& account,
                                               model::StreamId stream, model::Time now,
                                               std::string_view usual_profile = {});

} // namespace relevo::sessions
