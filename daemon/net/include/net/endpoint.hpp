// SPDX-License-Identifier: LGPL-2.1-or-later
// Where a server listens: addresses and ports as users write them.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace relevo::net {

struct Endpoint {
  std::string address; // numeric; empty: every address of this machine, IPv4 and IPv6
  std::uint16_t port;  // 0: the system chooses

  bool operator==(const Endpoint&) const = default;
};

[[nodiscard]] Result<std::string> parse_address(std::string_view text); // "*", "127.0.0.1", "::1"
[[nodiscard]] Result<std::uint16_t> parse_port(std::string_view text);
[[nodiscard]] Result<Endpoint>
parse_endpoint(std::string_view text); // "*:8383", "127.0.0.1:8383", "[::1]:8383"
[[nodiscard]] std::string write_endpoint(const Endpoint& endpoint); // as parse_endpoint reads it

} // namespace relevo::net
