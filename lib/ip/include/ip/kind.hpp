// SPDX-License-Identifier: LGPL-2.1-or-later
// What kind of place an address is, for whoever may be sent there.
#pragma once

#include "ip/network.hpp"

namespace relevo::ip {

enum class Kind {
  Public,      // somewhere in the internet
  Private,     // of a household, a company or a provider's inside (RFC 1918, RFC 6598, fc00::/7 …)
  Loopback,    // this machine
  LinkLocal,   // 169.254.0.0/16, fe80::/10
  Metadata,    // where a cloud tells its machines their secrets: 169.254.169.254 and its kin
  Multicast,   // groups, and the broadcast address
  Unspecified, // 0.0.0.0/8 and ::, which a connection takes for this machine
  Reserved,    // for documentation, or for nobody
};

/// An IPv4 address inside an IPv6 one (mapped, compatible, 6to4, NAT64, Teredo) is looked at as what it is.
[[nodiscard]] Kind kind_of(const IpAddress& address);

/// A fixed name: "public", "link-local" …
[[nodiscard]] std::string_view name_of(Kind kind) noexcept;

/// Where only neighbours are: private, loopback, link-local, unspecified.
[[nodiscard]] constexpr bool is_inside(Kind kind) noexcept {
  return kind == Kind::Private || kind == Kind::Loopback || kind == Kind::LinkLocal ||
         kind == Kind::Unspecified;
}

} // namespace relevo::ip
