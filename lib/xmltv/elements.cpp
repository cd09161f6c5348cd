// SPDX-License-Identifier: LGPL-2.1-or-later
// Names are told apart by their size first.
#include "elements.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace relevo::xmltv {
namespace {

struct Name {
  std::string_view text;
  Tag tag;
};

/// By size.
constexpr Name kNames[] = {
    {"new", Tag::New},
    {"url", Tag::Url},
    {"date", Tag::Date},
    {"desc", Tag::Desc},
    {"icon", Tag::Icon},
    {"live", Tag::Live},
    {"actor", Tag::Actor},
    {"audio", Tag::Audio},
    {"guest", Tag::Guest},
    {"image", Tag::Image},
    {"title", Tag::Title},
    {"value", Tag::Value},
    {"video", Tag::Video},
    {"aspect", Tag::Aspect},
    {"colour", Tag::Colour},
    {"editor", Tag::Editor},
    {"length", Tag::Length},
    {"rating", Tag::Rating},
    {"review", Tag::Review},
    {"stereo", Tag::Stereo},
    {"writer", Tag::Writer},
    {"adapter", Tag::Adapter},
    {"channel", Tag::Channel},
    {"country", Tag::Country},
    {"credits", Tag::Credits},
    {"keyword", Tag::Keyword},
    {"present", Tag::Present},
    {"quality", Tag::Quality},
    {"category", Tag::Category},
    {"composer", Tag::Composer},
    {"director", Tag::Director},
    {"language", Tag::Language},
    {"premiere", Tag::Premiere},
    {"producer", Tag::Producer},
    {"presenter", Tag::Presenter},
    {"programme", Tag::Programme},
    {"sub-title", Tag::SubTitle},
    {"subtitles", Tag::Subtitles},
    {"commentator", Tag::Commentator},
    {"episode-num", Tag::EpisodeNum},
    {"last-chance", Tag::LastChance},
    {"star-rating", Tag::StarRating},
    {"display-name", Tag::DisplayName},
    {"orig-language", Tag::OrigLanguage},
    {"previously-shown", Tag::PreviouslyShown},
};

constexpr std::size_t size_of(const Name& name) {
  return name.text.size();
}
static_assert(std::ranges::is_sorted(kNames, {}, size_of));

constexpr std::size_t kLongest = size_of(*std::rbegin(kNames));

/// Where the names of each size begin, and where the longest end.
constexpr auto kBegin = [] {
  std::array<std::uint8_t, kLongest + 2> begin{};
  for (std::size_t size = 0; size != begin.size(); ++size)
    begin[size] = static_cast<std::uint8_t>(std::ranges::lower_bound(kNames, size, {}, size_of) - kNames);
  return begin;
}();

} // namespace

Tag tag_of(std::string_view name) noexcept {
  if (name.size() > kLongest) return Tag::Unknown;
  for (std::size_t i = kBegin[name.size()]; i != kBegin[name.size() + 1]; ++i)
    if (kNames[i].text == name) return kNames[i].tag;
  return Tag::Unknown;
}

} // namespace relevo::xmltv
