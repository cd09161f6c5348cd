// SPDX-License-Identifier: LGPL-2.1-or-later
// Entries with the attributes that all players know.
#include "outputs/playlist.hpp"

#include "base/text.hpp"
#include "m3u/write.hpp"
#include "net/url.hpp"

namespace relevo::outputs {
namespace {

void write_channel(std::string& out, const LineupChannel& one, const PlaylistOptions& options) {
  const auto& channel = one.channel;
  auto name = channel.name;
  std::ranges::replace(name, '"', '\'');
  const auto number = channel.number ? lineup::write(*channel.number) : std::string();
  const auto end = options.format == StreamFormat::Hls ? ".m3u8" : ".ts";
  auto url = concat(options.base, "/stream/", net::percent_encode(channel.uuid), end);
  if (!options.token.empty()) url += concat("?token=", net::percent_encode(options.token));
  m3u::Entry entry;
  entry.name = name;
  entry.address.url = url;
  const m3u::Attribute attributes[] = {{"tvg-id", one.id},
                                       {"tvg-name", name},
                                       {"tvg-logo", channel.logo},
                                       {"tvg-chno", number},
                                       {"group-title", channel.group}};
  for (const auto& attribute : attributes)
    if (!attribute.value.empty()) entry.attributes.push_back(attribute);
  m3u::write_entry(out, entry);
}

} // namespace

std::string write_playlist(const Lineup& lineup, const PlaylistOptions& options) {
  std::string out;
  // Some players know the one name, some the other.
  m3u::write_head(out, {{{"url-tvg", options.guide_url}, {"x-tvg-url", options.guide_url}}});
  for (const auto& one : lineup)
    write_channel(out, one, options);
  return out;
}

} // namespace relevo::outputs
