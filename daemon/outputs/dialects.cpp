// SPDX-License-Identifier: LGPL-2.1-or-later
// The table of dialects.
#include "outputs/dialects.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::outputs {
namespace {

constexpr Column kCommon[] = {{"tvg-id", Fact::Id},
                              {"tvg-name", Fact::Name},
                              {"tvg-logo", Fact::Logo},
                              {"tvg-chno", Fact::Number},
                              {"group-title", Fact::Group}};
constexpr Column kChannelsDvr[] = {{"channel-id", Fact::Uuid}, {"channel-number", Fact::Number},
                                   {"tvg-id", Fact::Id},       {"tvg-name", Fact::Name},
                                   {"tvg-logo", Fact::Logo},   {"group-title", Fact::Group}};
constexpr Column kJellyfin[] = {{"channel-id", Fact::Uuid}, {"tvg-chno", Fact::Number},
                                {"tvg-id", Fact::Id},       {"tvg-name", Fact::Name},
                                {"tvg-logo", Fact::Logo},   {"group-title", Fact::Group}};
constexpr Column kVlc[] = {{"group-title", Fact::Group}, {"tvg-logo", Fact::Logo}};
/// Programs that read the lists of panels take their order for granted.
constexpr Column kPanel[] = {
    {"tvg-id", Fact::Id}, {"tvg-name", Fact::Name}, {"tvg-logo", Fact::Logo}, {"group-title", Fact::Group}};

/// Kodi need not ask for the head of a stream to know what it is.
constexpr Hint kMimeType{"KODIPROP", "mimetype=video/mp2t", "mimetype=application/vnd.apple.mpegurl"};
constexpr Hint kReconnect{"EXTVLCOPT", "http-reconnect=true", "http-reconnect=true"};

constexpr Dialect kDialects[] = {
    {.name = "generic", .players = "any player", .columns = kCommon, .guide_url = true},
    {.name = "kodi", .players = "Kodi", .columns = kCommon, .guide_url = true, .hint = kMimeType},
    {.name = "channels", .players = "Channels DVR", .columns = kChannelsDvr},
    {.name = "tivimate", .players = "TiviMate and its kind", .columns = kCommon, .guide_url = true},
    // They take what stands behind the last comma for the name.
    {.name = "jellyfin", .players = "Jellyfin, Emby, Threadfin", .columns = kJellyfin, .commas = false},
    {.name = "vlc", .players = "VLC", .columns = kVlc, .hint = kReconnect},
    {.name = "m3u_plus", .players = "what reads panels", .columns = kPanel, .empty_values = true},
    {.name = "m3u", .players = "what knows no attributes", .columns = {}},
};

} // namespace

std::span<const Dialect> dialects() noexcept {
  return kDialects;
}

const Dialect* find_dialect(std::string_view name) noexcept {
  const auto named = [name](const Dialect& dialect) { return equal_nocase(dialect.name, name); };
  const auto* found = std::ranges::find_if(kDialects, named);
  return found == std::end(kDialects) ? nullptr : found;
}

} // namespace relevo::outputs
