// SPDX-License-Identifier: LGPL-2.1-or-later
// GSocketService, with addresses as users write them.
#include "listener.hpp"

#include "base/text.hpp"
#include "gx/error.hpp"

#include <sys/socket.h>
#include <utility>

namespace relevo::net {
namespace {

/// The port in use; 0 after an error.
std::uint16_t start_listening(GSocketListener* listener, const Endpoint& endpoint, GError** error) {
  if (endpoint.address.empty()) {
    if (endpoint.port == 0) return g_socket_listener_add_any_inet_port(listener, nullptr, error);
    return g_socket_listener_add_inet_port(listener, endpoint.port, nullptr, error) != FALSE ? endpoint.port
                                                                                             : 0;
  }
  const auto wanted = gx::Ref<GSocketAddress>::adopt(
      g_inet_socket_address_new_from_string(endpoint.address.c_str(), endpoint.port));
  GSocketAddress* bound = nullptr;
  g_socket_listener_add_address(listener, wanted.get(), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, nullptr,
                                &bound, error);
  const auto in_use = gx::Ref<GSocketAddress>::adopt(bound);
  return in_use ? g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(in_use.get())) : 0;
}

} // namespace

Listener::Listener(std::function<void(GSocketConnection*)> take)
    : service_(gx::Ref<GSocketService>::adopt(g_socket_service_new())),
      incoming_(gx::SignalConnection::connect<gboolean(GSocketConnection*, GObject*)>(
          service_.get(), "incoming",
          [take = std::move(take)](GSocketConnection* connection, GObject*) -> gboolean {
            take(connection);
            return TRUE;
          })) {
  // 10 by default: many clients that come at once would wait for a second.
  g_socket_listener_set_backlog(G_SOCKET_LISTENER(service_.get()), SOMAXCONN);
}

Listener::~Listener() {
  g_socket_service_stop(service_.get());
  g_socket_listener_close(G_SOCKET_LISTENER(service_.get()));
}

Result<Endpoint> Listener::listen(Endpoint endpoint) {
  gx::GlibError error;
  const auto port = start_listening(G_SOCKET_LISTENER(service_.get()), endpoint, error.out());
  if (error) return error.fail(concat("cannot listen on ", write_endpoint(endpoint)));
  endpoint.port = port;
  return endpoint;
}

} // namespace relevo::net
