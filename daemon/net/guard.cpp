// SPDX-License-Identifier: LGPL-2.1-or-later
// The guard of what is for this machine alone.
#include "net/guard.hpp"

#include "base/text.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

namespace relevo::net {
namespace {

/// The host of "host", "host:1", "[::1]" or "[::1]:1".
std::string_view host_of(std::string_view authority) noexcept {
  if (authority.starts_with('[')) return authority.substr(1, authority.find(']') - 1);
  return authority.substr(0, authority.find(':'));
}

bool is_own(std::string_view host, std::string_view own_name) {
  return equal_nocase(host, "localhost") || is_loopback(std::string(host)) ||
         (!own_name.empty() && equal_nocase(host, own_name));
}

/// Whether the page that asks came from where it now asks.
bool same_origin(std::string_view origin, std::string_view host) noexcept {
  for (const std::string_view scheme : {"http://", "https://"})
    if (starts_with_nocase(origin, scheme)) return equal_nocase(origin.substr(scheme.size()), host);
  return false;
}

} // namespace

bool is_loopback(const std::string& address) noexcept {
  in_addr v4;
  if (inet_pton(AF_INET, address.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
  in6_addr v6;
  if (inet_pton(AF_INET6, address.c_str(), &v6) != 1) return false;
  if (IN6_IS_ADDR_V4MAPPED(&v6)) return v6.s6_addr[12] == 127;
  return IN6_IS_ADDR_LOOPBACK(&v6);
}

Caller caller_of(const Request& request) {
  const bool forwarded = !request.header("Forwarded").empty() || !request.header("X-Forwarded-For").empty();
  return {request.peer, request.header("Host"), request.header("Origin"), forwarded};
}

bool is_same_origin(const Caller& caller) noexcept {
  return caller.origin.empty() || same_origin(caller.origin, caller.host);
}

std::string_view refuse_stranger(const Caller& caller, std::string_view own_name) {
  if (!is_loopback(caller.peer)) return "only programs on the machine itself may ask this";
  if (caller.forwarded)
    return "only programs on the machine itself may ask this, and this came through a proxy";
  if (!caller.host.empty() && !is_own(host_of(caller.host), own_name))
    return "this may be asked only under the names of the machine itself: the header Host tells another";
  if (!is_same_origin(caller))
    return "this may be asked only by pages of this server: the header Origin tells another";
  return {};
}

} // namespace relevo::net
