// SPDX-License-Identifier: LGPL-2.1-or-later
// A GSocket that listens, with addresses as users write them.
#include "listener.hpp"

#include "base/text.hpp"
#include "gx/error.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <utility>

namespace relevo::net {
namespace {

constexpr int kMostInATurn = 64; // other things wait meanwhile
constexpr std::chrono::milliseconds kPause{200};

gx::Ref<GSocket> make_socket(GSocketFamily family, GError** error) {
  return gx::Ref<GSocket>::adopt(g_socket_new(family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error));
}

gx::Ref<GSocketAddress> any_address(GSocketFamily family, std::uint16_t port) {
  const auto any = gx::Ref<GInetAddress>::adopt(g_inet_address_new_any(family));
  return gx::Ref<GSocketAddress>::adopt(g_inet_socket_address_new(any.get(), port));
}

struct Place {
  gx::Ref<GSocket> socket;
  gx::Ref<GSocketAddress> address;
};

Place place_at(const Endpoint& endpoint, GError** error) {
  if (!endpoint.address.empty()) {
    auto address = gx::Ref<GSocketAddress>::adopt(
        g_inet_socket_address_new_from_string(endpoint.address.c_str(), endpoint.port));
    return {make_socket(g_socket_address_get_family(address.get()), error), std::move(address)};
  }
  // That of IPv6 speaks IPv4, too; some machines have no IPv6.
  if (auto both = make_socket(G_SOCKET_FAMILY_IPV6, nullptr))
    return {std::move(both), any_address(G_SOCKET_FAMILY_IPV6, endpoint.port)};
  return {make_socket(G_SOCKET_FAMILY_IPV4, error), any_address(G_SOCKET_FAMILY_IPV4, endpoint.port)};
}

/// Empty, with `error`, where that is not possible.
gx::Ref<GSocket> start_listening(const Endpoint& endpoint, GError** error) {
  auto [socket, address] = place_at(endpoint, error);
  if (!socket) return {};
  if (endpoint.address.empty()) // else a machine may be set up so that the socket of IPv6 speaks nothing else
    g_socket_set_option(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, 0, nullptr);
  g_socket_set_blocking(socket.get(), FALSE);
  g_socket_set_listen_backlog(socket.get(), SOMAXCONN);
  if (g_socket_bind(socket.get(), address.get(), TRUE, error) == FALSE ||
      g_socket_listen(socket.get(), error) == FALSE)
    return {};
  return std::move(socket);
}

std::uint16_t port_of(GSocket* socket) {
  const auto address = gx::Ref<GSocketAddress>::adopt(g_socket_get_local_address(socket, nullptr));
  return g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(address.get()));
}

} // namespace

Result<Endpoint> Listener::listen(Endpoint endpoint) {
  gx::GlibError error;
  socket_ = start_listening(endpoint, error.out());
  if (!socket_) return error.fail(concat("cannot listen on ", write_endpoint(endpoint)));
  endpoint.port = port_of(socket_.get());
  watch();
  return endpoint;
}

void Listener::watch() {
  turn_ =
      gx::Source::while_ready(nullptr, g_socket_get_fd(socket_.get()), G_IO_IN, [this] { take_waiting(); });
}

/// As when there are no descriptors left, which lasts.
void Listener::pause(const std::string& reason) {
  if (!std::exchange(failing_, true))
    log_.write(LogLevel::Warning, concat("connections cannot be taken: ", reason));
  turn_ = gx::Source::after(nullptr, kPause, [this] { watch(); });
}

void Listener::take_waiting() {
  for (int taken = 0; taken < kMostInATurn; ++taken) {
    gx::GlibError error;
    const auto socket = gx::Ref<GSocket>::adopt(g_socket_accept(socket_.get(), nullptr, error.out()));
    if (error.is(G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)) return;
    if (!socket) return pause(error.text());
    if (std::exchange(failing_, false)) log_.write(LogLevel::Info, "connections are taken again");
    const auto connection =
        gx::Ref<GSocketConnection>::adopt(g_socket_connection_factory_create_connection(socket.get()));
    take_(connection.get());
  }
}

} // namespace relevo::net
