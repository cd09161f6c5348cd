// SPDX-License-Identifier: LGPL-2.1-or-later
// Whom a proxy speaks for.
#pragma once

#include "net/network.hpp"
#include "net/request.hpp"

namespace relevo::net {

/// Who asks: `peer`, or, where that is a trusted proxy, whom it names; of several proxies in a row the last
/// that is trusted. X-Forwarded-For is what proxies write; Forwarded (RFC 7239) is read where it is missing,
/// because a proxy that does not know it passes on what a client made up.
[[nodiscard]] IpAddress client_of(const IpAddress& peer, const Fields& headers, const Networks& trusted);

} // namespace relevo::net
