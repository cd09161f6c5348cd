// SPDX-License-Identifier: LGPL-2.1-or-later
// What is to be played: a content id or an infohash, as users and playlists write them.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace relevo::ace {

/// Two numbers of the same look for one channel; the engine maps the first to the second.
enum class IdKind : std::uint8_t { ContentId, Infohash };

struct Content {
  IdKind kind = IdKind::ContentId;
  std::string hash; // 40 hexadecimal digits, lower case

  bool operator==(const Content&) const = default;
};

/// The hash in lower case; empty unless `text` is one.
[[nodiscard]] std::string normalise_hash(std::string_view text);

/// `acestream://HASH`, `acestream:HASH`, `acestream:?content_id=HASH`, `acestream:?infohash=HASH`, or the
/// bare hash of a content id. Where both are named, the content id counts, as it does for the engine.
[[nodiscard]] Result<Content> parse_content(std::string_view text);

/// Reads as the same value.
[[nodiscard]] std::string write_uri(const Content& content);

} // namespace relevo::ace
