// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading and writing of endpoints.
#include "net/endpoint.hpp"

#include "base/text.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace relevo::net {
namespace {

bool is_numeric(int family, const std::string& address) noexcept {
  in6_addr parsed; // large enough for both families
  return inet_pton(family, address.c_str(), &parsed) == 1;
}

} // namespace

Result<std::string> parse_address(std::string_view text) {
  if (text == "*") return std::string{};
  std::string address(text);
  if (is_numeric(AF_INET, address) || is_numeric(AF_INET6, address)) return address;
  return fail(concat("\"", text, "\" is no IPv4 or IPv6 address and not *"));
}

Result<std::uint16_t> parse_port(std::string_view text) {
  if (const auto port = parse_number<std::uint16_t>(text)) return *port;
  return fail(concat("\"", text, "\" is no port (0 to 65535)"));
}

Result<Endpoint> parse_endpoint(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return fail(concat("\"", text, "\" is not ADDRESS:PORT"));
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.size() >= 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (bracketed != (host.find(':') != std::string_view::npos))
    return fail(
        concat("\"", text, "\" is not ADDRESS:PORT (an IPv6 address, and only that, stands in brackets)"));
  auto address = parse_address(host);
  if (!address) return tl::unexpected(address.error());
  const auto port = parse_port(text.substr(colon + 1));
  if (!port) return tl::unexpected(port.error());
  return Endpoint{*std::move(address), *port};
}

std::string write_endpoint(const Endpoint& endpoint) {
  if (endpoint.address.empty()) return concat("*:", endpoint.port);
  if (endpoint.address.find(':') != std::string::npos)
    return concat("[", endpoint.address, "]:", endpoint.port);
  return concat(endpoint.address, ":", endpoint.port);
}

} // namespace relevo::net
