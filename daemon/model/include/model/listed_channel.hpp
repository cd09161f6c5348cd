// SPDX-License-Identifier: LGPL-2.1-or-later
// What players are told of a channel.
#pragma once

#include "lineup/channel_number.hpp"
#include "model/ids.hpp"

#include <optional>
#include <string_view>

namespace relevo::model {

/// Views of text that belongs to somebody else: lists of players have tens of thousands of channels.
struct ListedChannel {
  ChannelId id{};
  std::optional<lineup::ChannelNumber> number{};
  bool hidden = false;
  int guide_shift_minutes = 0;
  std::optional<GuideSourceId> guide_source{};
  std::string_view guide_channel{};
  std::string_view uuid{};
  std::string_view name{};
  std::string_view group{};
  std::string_view logo{};
  std::string_view tvg_id{};
};

} // namespace relevo::model
