// SPDX-License-Identifier: LGPL-2.1-or-later
// What a panel says about an account and about itself.
#pragma once

#include "xtream/refusal.hpp"

#include <chrono>
#include <vector>

namespace relevo::xtream {

enum class Standing : std::uint8_t { Active, Trial, Expired, Banned, Disabled, Unknown };
[[nodiscard]] std::string_view name_of(Standing standing) noexcept; // "active", "trial" …

struct ServerInfo {
  std::string host; // without scheme and port; "" where none is told, likewise below
  std::optional<std::uint16_t> port;
  std::optional<std::uint16_t> https_port;
  std::optional<std::uint16_t> rtmp_port;
  std::string protocol; // "http", "https"
  std::string timezone; // "Europe/London": of the times that it writes as text
  std::optional<std::chrono::sys_seconds> now;
  std::string local_now; // "2026-11-20 13:06:40", in that zone

  bool operator==(const ServerInfo&) const = default;
};

struct AccountInfo {
  std::string user;
  std::string message; // from the provider to the user
  Standing standing = Standing::Unknown;
  std::string status;                              // the panel's word for the standing
  std::optional<std::chrono::sys_seconds> expires; // empty: never, or not told
  std::optional<std::chrono::sys_seconds> created;
  bool trial = false;
  std::optional<std::int64_t> active_connections;
  std::optional<std::int64_t> max_connections;
  std::vector<std::string> formats; // "m3u8", "ts", "rtmp"; empty: not told
  ServerInfo server;

  bool operator==(const AccountInfo&) const = default;
};

/// The answer to api_url() without an action. An account that has expired or is banned is one all the same.
[[nodiscard]] Reply<AccountInfo> parse_account(std::string_view text);

} // namespace relevo::xtream
