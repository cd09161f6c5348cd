// SPDX-License-Identifier: LGPL-2.1-or-later
// A panel's address as people paste it, the URLs that are asked of it, and those of its streams.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::xtream {

struct Panel {
  std::string base; // "http://host:port/sub", without a slash at its end

  bool operator==(const Panel&) const = default;
};

struct Login {
  std::string user;
  std::string password;

  bool operator==(const Login&) const = default;
};

struct Pasted {
  Panel panel;
  std::optional<Login> login; // where the text held both its parts

  bool operator==(const Pasted&) const = default;
};

/// "host", "host:port", "http://host:port/sub/", the same with player_api.php, get.php or another script and
/// its query, or the URL of a stream. The scheme is http where none is given.
[[nodiscard]] Result<Pasted> parse_panel(std::string_view text);

/// Names and values of a query, not encoded.
using Parameters = std::vector<std::pair<std::string_view, std::string_view>>;

/// Without an action: asks for the account.
[[nodiscard]] std::string api_url(const Panel& panel, const Login& login, std::string_view action = {},
                                  const Parameters& parameters = {});
[[nodiscard]] std::string guide_url(const Panel& panel, const Login& login);

enum class LivePath : std::uint8_t {
  Full,  // /live/USER/PASSWORD/ID
  Short, // /USER/PASSWORD/ID
};
/// Where a live stream is played, made from what the account is now. `extension`: "ts", "m3u8", "" for none.
[[nodiscard]] std::string live_url(const Panel& panel, const Login& login, std::int64_t stream,
                                   std::string_view extension, LivePath path = LivePath::Full);

enum class StreamKind : std::uint8_t { Live, Movie, Episode };

/// What the URL of a stream says. The views are parts of the URL, as they are written there.
struct StreamAddress {
  StreamKind kind = StreamKind::Live;
  std::int64_t id = 0;
  std::string_view base; // the panel's
  std::string_view user;
  std::string_view password;

  bool operator==(const StreamAddress&) const = default;
};

/// Kind and id stay when host or login change. Empty for what is no URL of a stream of a panel. Other servers
/// have paths like the short one, /USER/PASSWORD/ID: to be sure, see that a list has many with one login.
[[nodiscard]] std::optional<StreamAddress> identify(std::string_view url) noexcept;

} // namespace relevo::xtream
