// SPDX-License-Identifier: LGPL-2.1-or-later
// What has happened, as it is kept: for people who ask later why.
#pragma once

#include "model/ids.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace relevo::model {

/// To the millisecond, UTC.
using Moment = std::chrono::sys_time<std::chrono::milliseconds>;

/// It outlives what it tells of, so it keeps the name, and its numbers may be of what is no longer there.
struct PastEvent {
  EventId id{}; // in the order in which they were kept
  Moment at{};
  std::string kind{}; // "switched", "refreshed" …
  std::optional<ChannelId> channel{};
  std::optional<AccountId> account{};
  std::optional<StreamId> stream{};
  std::uint64_t session = 0;   // 0: it has to do with none
  std::string subject{};       // the name of the channel, account or guide; "": the daemon itself
  std::string summary{};       // a line for people
  std::string evidence = "{}"; // JSON: all that is known

  bool operator==(const PastEvent&) const = default;
};

/// How badly a stream has failed lately, in points that fade.
struct StreamPenalty {
  StreamId stream{};
  double points = 0; // at that moment
  Moment at{};

  bool operator==(const StreamPenalty&) const = default;
};

} // namespace relevo::model
