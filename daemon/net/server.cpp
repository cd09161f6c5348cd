// SPDX-License-Identifier: LGPL-2.1-or-later
// The HTTP server for control requests, over SoupServer.
#include "net/server.hpp"

#include "base/text.hpp"
#include "exchange.hpp"
#include "gx/error.hpp"
#include "gx/handle.hpp"
#include "gx/trampoline.hpp"
#include "listener.hpp"
#include "tls_front.hpp"
#include "visitor.hpp"

#include <optional>
#include <utility>

namespace relevo::net {
namespace {

/// Where a visitor is found from his messages: the address is all that libsoup hands on of a connection.
constexpr const char* kVisitorKey = "relevo-visitor";

void keep_with(GSocketAddress* remote, std::shared_ptr<Visitor> visitor) {
  const auto free = [](gpointer kept) { delete static_cast<std::shared_ptr<Visitor>*>(kept); };
  g_object_set_data_full(G_OBJECT(remote), kVisitorKey, new std::shared_ptr<Visitor>(std::move(visitor)),
                         free);
}

std::shared_ptr<Visitor> visitor_of(SoupServerMessage* message) {
  auto* address = G_OBJECT(soup_server_message_get_remote_address(message));
  return *static_cast<std::shared_ptr<Visitor>*>(g_object_get_data(address, kVisitorKey));
}

std::optional<IpAddress> address_of(GSocketAddress* address) {
  auto* inet = g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(address));
  return IpAddress::parse(gx::CString(g_inet_address_to_string(inet)).get());
}

} // namespace

/// Where connections come in.
struct Entrance {
  Door door;
  WaitingRoom waiting;
};

Server::Server(const Log& log, ServerSettings settings)
    : log_(log),
      settings_(std::move(settings)),
      entrance_(new Entrance{Door({settings_.connections, settings_.connections_per_address}),
                             WaitingRoom(settings_.header_time)}),
      // Raw: an encoded slash is no slash.
      soup_(gx::Ref<SoupServer>::adopt(soup_server_new("raw-paths", TRUE, nullptr))) {
  for (const char* path : {"/", "*"}) // everything, and the server itself
    soup_server_add_early_handler(soup_.get(), path, on_headers, this, nullptr);
  soup_server_add_handler(soup_.get(), "/", on_body, this, nullptr);
}

Server::~Server() {
  listeners_.clear();
  soup_server_disconnect(soup_.get());
  while (!sockets_.empty()) {
    const auto socket = *sockets_.begin();
    socket->close(CloseCode::GoingAway, "relevod ends");
    socket->abort();
  }
}

void Server::serve(Route route) {
  router_.add(std::move(route));
}

Result<Endpoint> Server::listen(Endpoint endpoint) {
  return add_listener(std::move(endpoint), {});
}

Result<Endpoint> Server::listen_below(Endpoint endpoint, std::string path) {
  return add_listener(std::move(endpoint), {false, std::move(path)});
}

Result<Endpoint> Server::listen_tls(Endpoint endpoint, const std::string& certificate_file) {
  const auto certificate = load_certificate(certificate_file);
  if (!certificate) return tl::unexpected(certificate.error());
  tls_ = std::make_unique<TlsFront>(*certificate);
  return add_listener(std::move(endpoint), {true, {}});
}

Result<Endpoint> Server::add_listener(Endpoint endpoint, Side side) {
  auto listener = std::make_unique<Listener>(
      log_, [this, side = std::move(side)](GSocketConnection* connection) { accept(connection, side); });
  auto listening = listener->listen(std::move(endpoint));
  if (listening) listeners_.push_back(std::move(listener));
  return listening;
}

// libsoup's own listener leaks the GSocket of every connection (before 3.3).
void Server::accept(GSocketConnection* connection, const Side& side) {
  gx::GlibError error;
  const auto local =
      gx::Ref<GSocketAddress>::adopt(g_socket_connection_get_local_address(connection, error.out()));
  const auto remote =
      gx::Ref<GSocketAddress>::adopt(g_socket_connection_get_remote_address(connection, error.out()));
  const auto address = remote ? address_of(remote.get()) : std::nullopt;
  if (!local || !address) return; // the client left before it was greeted
  if (entrance_->door.crowded()) entrance_->waiting.evict();
  auto admission = entrance_->door.admit(*address, contains(settings_.trusted_proxies, *address));
  if (!admission.ticket) return; // closed with its last reference
  const auto plain = side.secure ? tls_->receive(connection, Network::site_of(*address))
                                 : gx::Ref<GSocketConnection>::retain(connection);
  if (!plain) return log_.write(LogLevel::Warning, "a connection by TLS could not be taken");
  GSocket* socket = g_socket_connection_get_socket(plain.get());
  g_socket_set_timeout(socket, static_cast<guint>(settings_.patience.count()));
  const auto visitor =
      std::make_shared<Visitor>(Visitor{gx::Ref<GSocket>::retain(socket), *address, side.secure, side.below,
                                        std::move(admission.ticket), admission.full});
  entrance_->waiting.enter(visitor);
  keep_with(remote.get(), visitor);
  if (!soup_server_accept_iostream(soup_.get(), G_IO_STREAM(plain.get()), local.get(), remote.get(),
                                   error.out()))
    log_.write(LogLevel::Warning, concat("a connection could not be taken: ", error.text()));
}

void Server::on_headers(SoupServer*, SoupServerMessage* message, const char*, GHashTable*,
                        gpointer self) noexcept {
  gx::call_from_c("HTTP headers", [&] { static_cast<Server*>(self)->begin(message); });
}

void Server::on_body(SoupServer*, SoupServerMessage* message, const char*, GHashTable*,
                     gpointer self) noexcept {
  gx::call_from_c("HTTP request", [&] {
    const auto exchange = static_cast<Server*>(self)->exchanges_.at(message); // may be over before it returns
    exchange->on_body();
  });
}

void Server::begin(SoupServerMessage* message) {
  Exchange::House house{
      log_, router_, settings_, [this](SoupServerMessage* over) { exchanges_.erase(over); },
      [this](const std::shared_ptr<WebSocket>& socket, Ticket ticket) { keep(socket, std::move(ticket)); }};
  auto visitor = visitor_of(message);
  visitor->asked = true;
  const auto exchange = std::make_shared<Exchange>(std::move(house), message, std::move(visitor));
  exchanges_.emplace(message, exchange);
  exchange->on_headers();
}

std::size_t Server::connections() const {
  return entrance_->door.open();
}

void Server::keep(const std::shared_ptr<WebSocket>& socket, Ticket ticket) {
  sockets_.insert(socket);
  socket->start([this, key = socket.get(), counted = std::move(ticket)] {
    std::erase_if(sockets_, [key](const auto& kept) { return kept.get() == key; });
  });
}

} // namespace relevo::net
