// SPDX-License-Identifier: LGPL-2.1-or-later
// An engine's address, the URLs that are asked of it, and those that it hands back.
#pragma once

#include "ace/content.hpp"

namespace relevo::ace {

struct Engine {
  std::string base; // "http://host:6878", without a slash at its end

  bool operator==(const Engine&) const = default;
};

/// "host", "host:port", "http://host:port/" or the same with https. The port of plain HTTP is 6878 where none
/// is given.
[[nodiscard]] Result<Engine> parse_engine(std::string_view text);

/// Opens a session; the answer is JSON. `pid` names the player: of two sessions with one pid the engine cuts
/// the older.
[[nodiscard]] std::string start_url(const Engine& engine, const Content& content, std::string_view pid);

/// Asks which infohash a content id has, without opening a session.
[[nodiscard]] std::string resolve_url(const Engine& engine, std::string_view content_id);

[[nodiscard]] std::string stop_url(std::string_view command_url);

/// The engine builds its URLs from what it believes its name is, which behind a proxy or in a container is
/// not where we reach it: whatever it hands back is asked of its own address. An absolute URL or an absolute
/// path.
[[nodiscard]] Result<std::string> rebase(const Engine& engine, std::string_view url);

} // namespace relevo::ace
