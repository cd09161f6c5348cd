// SPDX-License-Identifier: LGPL-2.1-or-later
// What somebody should look at who knows the channels. All functions throw sqlite::Failure.
#pragma once

#include "model/channel.hpp"
#include "sqlite/database.hpp"
#include "store/page.hpp"

#include <set>
#include <utility>

namespace relevo::store {

/// A channel that has streams which may be another channel.
struct DoubtfulChannel {
  model::ChannelId channel{};
  int confidence = 0; // of the least sure one
};
/// Those with two streams or more, of which one was put there by itself with less than this confidence; the
/// least sure first, then by number. Hidden ones are left out.
[[nodiscard]] Slice<DoubtfulChannel> list_doubtful_channels(const sqlite::Database& database, int confidence,
                                                            const Page& page);

/// What tells which channel one is.
struct NamedChannel {
  model::ChannelId id{};
  std::string name{};
  std::string group{};
  std::string tvg_id{};
  bool automatic = false;
};
/// Those that are not hidden, in the order of their numbers, those without one last.
[[nodiscard]] std::vector<NamedChannel> load_named_channels(const sqlite::Database& database);
/// A stream, and the provider's group that it is in.
struct GroupedStream {
  model::StreamId stream{};
  model::GroupId group{};

  bool operator==(const GroupedStream&) const = default;
};
/// Finds those of a channel, in the order in which they are tried, for one channel after the other.
class GroupedStreams {
 public:
  explicit GroupedStreams(const sqlite::Database& database);

  [[nodiscard]] std::vector<GroupedStream> operator()(model::ChannelId channel);

 private:
  sqlite::Statement rows_;
};

/// Each pair of a channel and another that has a stream which the user keeps out of the first.
[[nodiscard]] std::set<std::pair<model::ChannelId, model::ChannelId>>
load_separated_channels(const sqlite::Database& database);

/// A stream of a channel, with what people know it by.
struct NamedStream : model::ChannelStream {
  std::string name{};
  std::string group{};
  model::AccountId account{};
};
/// In the order in which they are tried.
[[nodiscard]] std::vector<NamedStream> load_named_streams(const sqlite::Database& database,
                                                          model::ChannelId channel);

} // namespace relevo::store
