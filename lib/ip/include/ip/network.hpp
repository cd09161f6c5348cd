// SPDX-License-Identifier: LGPL-2.1-or-later
// IP addresses and networks of them, as values.
#pragma once

#include "base/result.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::ip {

/// An IPv4 address that is written as IPv6 (::ffff:192.0.2.1) is the IPv4 address.
class IpAddress {
 public:
  using Bytes = std::array<std::uint8_t, 16>;

  /// Numeric, without a port or a zone.
  [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);
  explicit IpAddress(const Bytes& bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] bool is_v4() const noexcept;
  [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; } // IPv4: ::ffff:0:0/96
  [[nodiscard]] std::string text() const;

  auto operator<=>(const IpAddress&) const = default;

 private:
  Bytes bytes_;
};

class Network {
 public:
  /// "192.168.0.0/16", "2001:db8::/32", or an address alone. A host's bits must be zero: who writes
  /// 192.168.1.7/16 means something else than what he gets.
  [[nodiscard]] static Result<Network> parse(std::string_view text);
  /// Whose customer an address is taken for: itself, or the /64 of an IPv6 address, of which one machine may
  /// use all.
  [[nodiscard]] static Network site_of(const IpAddress& address) noexcept;

  /// No network of IPv6 contains an IPv4 address; not even ::/0.
  [[nodiscard]] bool contains(const IpAddress& address) const noexcept;
  [[nodiscard]] std::string text() const; // as parse() reads it

  auto operator<=>(const Network&) const = default;

 private:
  Network(const IpAddress& address, unsigned prefix) noexcept;

  IpAddress first_;
  unsigned prefix_; // bits of the 128
};

using Networks = std::vector<Network>;

/// Separated by commas or spaces; none is fine.
[[nodiscard]] Result<Networks> parse_networks(std::string_view text);
[[nodiscard]] bool contains(const Networks& networks, const IpAddress& address) noexcept;

} // namespace relevo::ip
