// SPDX-License-Identifier: LGPL-2.1-or-later
#include "values.hpp"

#include "base/text.hpp"

#include <utility>

namespace relevo::xmltv {

std::optional<bool> read_yes_no(std::string_view text) {
  if (equal_nocase(text, "yes") || text == "1" || equal_nocase(text, "true")) return true;
  if (equal_nocase(text, "no") || text == "0" || equal_nocase(text, "false")) return false;
  return std::nullopt;
}

std::optional<std::chrono::seconds> read_length(std::string_view text, std::string_view units) {
  using namespace std::chrono;
  constexpr seconds kLongest = 10'000h; // more is nonsense
  const auto number = parse_number<std::uint32_t>(text);
  if (!number) return std::nullopt;
  const seconds unit = units == "seconds" ? 1s : units == "hours" ? 1h : 1min;
  const auto length = *number * unit;
  return length <= kLongest ? std::optional(length) : std::nullopt;
}

void clear(Channel& channel, std::size_t line) {
  channel.line = line;
  channel.names.clear();
  channel.icons.clear();
  channel.urls.clear();
}

void clear(Programme& p, std::size_t line) {
  const auto emptied = [](auto& values) {
    values.clear();
    return std::move(values);
  };
  p = {.line = line,
       .titles = emptied(p.titles),
       .sub_titles = emptied(p.sub_titles),
       .descs = emptied(p.descs),
       .credits = emptied(p.credits),
       .categories = emptied(p.categories),
       .keywords = emptied(p.keywords),
       .languages = emptied(p.languages),
       .icons = emptied(p.icons),
       .urls = emptied(p.urls),
       .countries = emptied(p.countries),
       .episodes = emptied(p.episodes),
       .subtitles = emptied(p.subtitles),
       .ratings = emptied(p.ratings),
       .star_ratings = emptied(p.star_ratings),
       .reviews = emptied(p.reviews),
       .images = emptied(p.images)};
}

} // namespace relevo::xmltv
