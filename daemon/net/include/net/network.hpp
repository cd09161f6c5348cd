// SPDX-License-Identifier: LGPL-2.1-or-later
// IP addresses and networks, under the names that the server and its users know.
#pragma once

#include "ip/network.hpp"

namespace relevo::net {

using ip::contains;
using ip::IpAddress;
using ip::Network;
using ip::Networks;
using ip::parse_networks;

} // namespace relevo::net
