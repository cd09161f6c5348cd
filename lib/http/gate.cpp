// SPDX-License-Identifier: LGPL-2.1-or-later
// Addresses of GLib to ours, and what has to be looked up about them.
#include "gate.hpp"

#include "gx/handle.hpp"
#include "http/reach.hpp"

#include <algorithm>

namespace relevo::http {
namespace {

ip::IpAddress to_ip(GInetAddress* address) {
  const guint8* bytes = g_inet_address_to_bytes(address);
  const auto size = g_inet_address_get_native_size(address);
  ip::IpAddress::Bytes out{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  std::copy_n(bytes, size, out.end() - static_cast<std::ptrdiff_t>(size));
  return ip::IpAddress(out);
}

/// An address can be bound to where it is one of this machine's.
bool is_this_machine(GInetAddress* address) {
  if (g_inet_address_get_is_loopback(address) || g_inet_address_get_is_any(address)) return true;
  const auto socket = gx::Ref<GSocket>::adopt(g_socket_new(
      g_inet_address_get_family(address), G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, nullptr));
  const auto place = gx::Ref<GSocketAddress>::adopt(g_inet_socket_address_new(address, 0));
  return socket && g_socket_bind(socket.get(), place.get(), FALSE, nullptr) != FALSE;
}

struct FreeAddresses {
  void operator()(GList* addresses) const noexcept { g_resolver_free_addresses(addresses); }
};
using Addresses = std::unique_ptr<GList, FreeAddresses>;

/// Null: it has none.
Addresses look_up(const std::string& host, GCancellable* cancellable) {
  const auto resolver = gx::Ref<GResolver>::adopt(g_resolver_get_default());
  return Addresses(g_resolver_lookup_by_name(resolver.get(), host.c_str(), cancellable, nullptr));
}

} // namespace

std::optional<std::string> Gate::find_objection(const Uri& uri, GSocketConnection* connection,
                                                GCancellable* cancellable) {
  const auto remote =
      gx::Ref<GSocketAddress>::adopt(g_socket_connection_get_remote_address(connection, nullptr));
  if (!G_IS_INET_SOCKET_ADDRESS(remote.get())) return "its address cannot be seen";
  auto* inet = G_INET_SOCKET_ADDRESS(remote.get());
  return find_objection(g_uri_get_host(uri.get()), g_inet_socket_address_get_address(inet),
                        g_inet_socket_address_get_port(inet), cancellable);
}

std::optional<std::string> Gate::find_objection(const Uri& uri, GCancellable* cancellable) {
  const char* host = g_uri_get_host(uri.get());
  const auto address = gx::Ref<GInetAddress>::adopt(g_inet_address_new_from_string(host));
  if (!address) return std::nullopt;
  return find_objection(host, address.get(), static_cast<std::uint16_t>(port_of(uri)), cancellable);
}

std::optional<std::string> Gate::find_objection(const std::string& host, std::uint16_t port) {
  const auto addresses = look_up(host, nullptr);
  for (const GList* one = addresses.get(); one; one = one->next)
    if (auto objection = find_objection(host.c_str(), G_INET_ADDRESS(one->data), port, nullptr))
      return objection;
  return std::nullopt;
}

std::optional<std::string> Gate::find_objection(const char* host, GInetAddress* address, std::uint16_t port,
                                                GCancellable* cancellable) {
  return ip::find_objection(
      reach_, {host, to_ip(address), port},
      {[&] { return own_host_is_inside(cancellable); }, [&] { return is_this_machine(address); }});
}

/// All of its addresses must be, or it could be made so by one that is there for us alone.
bool Gate::own_host_is_inside(GCancellable* cancellable) {
  if (own_was_inside_ || reach_.own_host.empty()) return own_was_inside_;
  const auto addresses = look_up(reach_.own_host, cancellable);
  own_was_inside_ = addresses != nullptr;
  for (const GList* one = addresses.get(); one; one = one->next)
    own_was_inside_ = own_was_inside_ && is_inside(kind_of(to_ip(G_INET_ADDRESS(one->data))));
  return own_was_inside_;
}

std::optional<std::string> look_up_objection(const ip::Reach& reach, const std::string& url) {
  if (auto objection = ip::find_objection(reach, url)) return objection;
  const std::string host(ip::host_of(url));
  if (host.empty()) return std::nullopt;
  const auto uri = parse_url(url);
  return Gate(reach).find_objection(host, static_cast<std::uint16_t>(uri ? port_of(uri) : 0));
}

} // namespace relevo::http
