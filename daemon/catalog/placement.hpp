// SPDX-License-Identifier: LGPL-2.1-or-later
// Which streams belong together, and which automatic channel is theirs.
#pragma once

#include "lineup/grouping.hpp"
#include "model/channel.hpp"
#include "store/streams.hpp"

#include <span>

namespace relevo::catalog {

struct Candidate {
  const store::SyncStream* stream = nullptr;
  std::string_view group{}; // the provider's name of it
  model::AccountId alone{}; // whose streams alone it may meet; none: those of all that are as free
};

/// Everything as it is, in the order of the channels' ids.
struct Present {
  std::span<const model::Channel> channels;
  std::span<const model::Membership> memberships;
  std::span<const model::Separation> separations;
};

/// The streams of one channel.
struct Placed {
  struct Member {
    std::size_t candidate = 0;
    lineup::Evidence evidence = lineup::Evidence::Only;
    int confidence = 100;
  };

  model::ChannelId channel{};    // automatic; none: a new one
  std::vector<Member> members{}; // the best first
};

/// `candidates`: the preferred ones first. Each is in at most one channel, and no channel is there twice.
/// What belongs nowhere is left out: a stream that rests and has no channel, that is by hand in a channel
/// made by hand, or that was taken out of a channel and put into no other.
[[nodiscard]] std::vector<Placed> place(std::span<const Candidate> candidates, const Present& present);

} // namespace relevo::catalog
