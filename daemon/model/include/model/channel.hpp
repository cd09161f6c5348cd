// SPDX-License-Identifier: LGPL-2.1-or-later
// What a viewer chooses from: channels, each backed by an ordered list of streams.
#pragma once

#include "lineup/channel_number.hpp"
#include "model/account.hpp"

#include <algorithm>

namespace relevo::model {

using lineup::ChannelNumber;

/// What a user may settle on a channel that is made of a provider's list; it survives every refresh.
enum class Field { Number, Name, Group, Logo, TvgId, Guide, Hidden, Order };
inline constexpr std::size_t kFields = 8;

struct GuideLink {
  GuideSourceId source{};
  std::string channel{}; // the id in its XMLTV
  bool manual = false;   // chosen by the user: never changed by matching
  int score = 0;         // of the match, 0 to 100
  std::string reason{};

  bool operator==(const GuideLink&) const = default;
};

/// What matching could not decide: the user chooses, or settles that there is no guide.
struct GuideReview {
  ChannelId channel{};
  std::string reason{};                // why none was taken
  std::vector<GuideLink> candidates{}; // the best first

  bool operator==(const GuideReview&) const = default;
};

/// What the list says of a channel that is made of it: what a field becomes that is settled no more.
struct Provided {
  std::string name{};
  std::string group{};
  std::string logo{};
  std::string tvg_id{};

  bool operator==(const Provided&) const = default;
};

struct Channel {
  ChannelId id{};
  std::string uuid{}; // of its public address
  std::optional<ChannelNumber> number{};
  std::string name{};
  std::string group{};
  std::string logo{};
  std::string tvg_id{};
  std::optional<GuideLink> guide{};
  int guide_shift_minutes = 0;
  bool hidden = false;
  bool automatic = false;       // made of a provider's list
  std::vector<Field> settled{}; // by the user
  Provided provided{};          // where it is automatic
  std::string custom = "{}";
  std::optional<StreamProfileId> stream_profile{}; // how its streams are read; empty: as each of them says
  std::string slate{};                             // file; "": that of the settings

  [[nodiscard]] bool has_settled(Field field) const {
    return std::ranges::find(settled, field) != settled.end();
  }
};

struct ChannelStream {
  StreamId stream{};
  bool manual = true;   // put there by the user
  int confidence = 100; // that it is this channel, 0 to 100
  std::string reason{};

  bool operator==(const ChannelStream&) const = default;
};

/// A stream of a channel among those of all channels.
struct Membership {
  ChannelId channel{};
  ChannelStream stream{};

  bool operator==(const Membership&) const = default;
};

/// The user took the stream out of the channel: it is never put back by itself.
struct Separation {
  ChannelId channel{};
  StreamId stream{};

  bool operator==(const Separation&) const = default;
};

/// A named part of all channels, in an order of its own.
struct ChannelProfile {
  ProfileId id{};
  std::string name{};

  bool operator==(const ChannelProfile&) const = default;
};

} // namespace relevo::model
