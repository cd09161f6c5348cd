// SPDX-License-Identifier: LGPL-2.1-or-later
// The elements of the format.
#pragma once

#include <cstdint>
#include <string_view>

namespace relevo::xmltv {

enum class Tag : std::uint8_t {
  Unknown,
  // The roles, in the order of Role.
  Director,
  Actor,
  Writer,
  Adapter,
  Producer,
  Composer,
  Editor,
  Presenter,
  Commentator,
  Guest,
  Aspect,
  Audio,
  Category,
  Channel,
  Colour,
  Country,
  Credits,
  Date,
  Desc,
  DisplayName,
  EpisodeNum,
  Icon,
  Image,
  Keyword,
  Language,
  LastChance,
  Length,
  Live,
  New,
  OrigLanguage,
  Premiere,
  Present,
  PreviouslyShown,
  Programme,
  Quality,
  Rating,
  Review,
  StarRating,
  Stereo,
  SubTitle,
  Subtitles,
  Title,
  Url,
  Value,
  Video,
};

[[nodiscard]] Tag tag_of(std::string_view name) noexcept;

} // namespace relevo::xmltv
