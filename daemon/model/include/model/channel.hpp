// SPDX-License-Identifier: LGPL-2.1-or-later
// What a viewer chooses from: channels, each backed by an ordered list of streams.
#pragma once

#include "lineup/channel_number.hpp"
#include "model/account.hpp"

namespace relevo::model {

using lineup::ChannelNumber;

/// What a user may settle on a channel that is made of a provider's list; it survives every refresh.
enum class Field { Number, Name, Group, Logo, TvgId, Guide, Hidden };
inline constexpr std::size_t kFields = 7;

struct GuideLink {
  GuideSourceId source{};
  std::string channel{}; // the id in its XMLTV
  bool manual = false;   // chosen by the user: never changed by matching
  int score = 0;         // of the match, 0 to 100
  std::string reason{};

  bool operator==(const GuideLink&) const = default;
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
  std::vector<Field> settled{}; // by the user, where it is automatic
  std::string custom = "{}";
};

struct ChannelStream {
  StreamId stream{};
  bool manual = true;   // put there by the user
  int confidence = 100; // that it is this channel, 0 to 100
  std::string reason{};

  bool operator==(const ChannelStream&) const = default;
};

} // namespace relevo::model
