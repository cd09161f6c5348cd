// SPDX-License-Identifier: LGPL-2.1-or-later
// What a panel says of an account and of itself.
#pragma once

#include "panel/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace relevo::panel {

struct Account {
  std::string name{};
  std::string password{}; // with which players ask on
  bool welcome = true;
  std::string message{};   // that players show
  std::size_t watched = 0; // streams, now
  std::size_t most = 0;    // that he may watch
};

/// Players make the addresses of streams of it.
struct Site {
  std::string host{}; // an IPv6 address in brackets
  bool secure = false;
  std::uint16_t port = 0;       // of http
  std::uint16_t https_port = 0; // 0: it is not known
};
/// `base`: "http://tv.lan:8383". Of the other scheme's port only the server itself knows: `ports`, 0 where it
/// has none; they count where `base` has one of them.
struct Ports {
  std::uint16_t plain = 0;
  std::uint16_t tls = 0;
};
[[nodiscard]] Site site_of(std::string_view base, const Ports& ports);

[[nodiscard]] nlohmann::json write_user(const Account& account);
[[nodiscard]] nlohmann::json write_server(const Site& site, model::Time now, const Zone& zone);

} // namespace relevo::panel
