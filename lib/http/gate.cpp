// SPDX-License-Identifier: LGPL-2.1-or-later
// Addresses of GLib to ours, and what has to be looked up about them.
#include "gate.hpp"

#include "gx/handle.hpp"

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

} // namespace

std::optional<std::string> Gate::find_objection(const Uri& uri, GSocketConnection* connection,
                                                GCancellable* cancellable) {
  const auto remote =
      gx::Ref<GSocketAddress>::adopt(g_socket_connection_get_remote_address(connection, nullptr));
  if (!G_IS_INET_SOCKET_ADDRESS(remote.get())) return "its address cannot be seen";
  auto* inet = G_INET_SOCKET_ADDRESS(remote.get());
  return find_objection(uri, g_inet_socket_address_get_address(inet), g_inet_socket_address_get_port(inet),
                        cancellable);
}

std::optional<std::string> Gate::find_objection(const Uri& uri, GCancellable* cancellable) {
  const auto address =
      gx::Ref<GInetAddress>::adopt(g_inet_address_new_from_string(g_uri_get_host(uri.get())));
  if (!address) return std::nullopt;
  return find_objection(uri, address.get(), static_cast<std::uint16_t>(port_of(uri)), cancellable);
}

std::optional<std::string> Gate::find_objection(const Uri& uri, GInetAddress* address, std::uint16_t port,
                                                GCancellable* cancellable) {
  return ip::find_objection(
      reach_, {g_uri_get_host(uri.get()), to_ip(address), port},
      {[&] { return own_host_is_inside(cancellable); }, [&] { return is_this_machine(address); }});
}

/// All of its addresses must be, or it could be made so by one that is there for us alone.
bool Gate::own_host_is_inside(GCancellable* cancellable) {
  if (own_was_inside_ || reach_.own_host.empty()) return own_was_inside_;
  const auto resolver = gx::Ref<GResolver>::adopt(g_resolver_get_default());
  const std::unique_ptr<GList, FreeAddresses> addresses(
      g_resolver_lookup_by_name(resolver.get(), reach_.own_host.c_str(), cancellable, nullptr));
  own_was_inside_ = addresses != nullptr;
  for (const GList* one = addresses.get(); one; one = one->next)
    own_was_inside_ = own_was_inside_ && is_inside(kind_of(to_ip(G_INET_ADDRESS(one->data))));
  return own_was_inside_;
}

} // namespace relevo::http
