// SPDX-License-Identifier: LGPL-2.1-or-later
// The HTTP server for control requests, over SoupServer.
#include "net/server.hpp"

#include "base/text.hpp"
#include "gx/error.hpp"
#include "gx/handle.hpp"
#include "gx/trampoline.hpp"

#include <exception>
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

Server::Server(const Log& log, std::chrono::seconds patience)
    : log_(log),
      patience_(patience),
      soup_(gx::Ref<SoupServer>::adopt(soup_server_new(nullptr, nullptr))),
      listener_(gx::Ref<GSocketService>::adopt(g_socket_service_new())),
      incoming_(gx::SignalConnection::connect<gboolean(GSocketConnection*, GObject*)>(
          listener_.get(), "incoming", [this](GSocketConnection* connection, GObject*) -> gboolean {
            accept(connection);
            return TRUE;
          })) {
  // "Early" is before the body of the request: no answer here needs one, and so none is kept in memory.
  soup_server_add_early_handler(soup_.get(), nullptr, on_request, this, nullptr);
}

Server::~Server() {
  g_socket_service_stop(listener_.get());
  g_socket_listener_close(G_SOCKET_LISTENER(listener_.get()));
  soup_server_disconnect(soup_.get());
}

void Server::serve(std::string path, Handler handler) {
  handlers_.insert_or_assign(std::move(path), std::move(handler));
}

Result<Endpoint> Server::listen(Endpoint endpoint) {
  gx::GlibError error;
  const auto port = start_listening(G_SOCKET_LISTENER(listener_.get()), endpoint, error.out());
  if (error) return error.fail(concat("cannot listen on ", write_endpoint(endpoint)));
  endpoint.port = port;
  return endpoint;
}

// libsoup's own listener leaks the GSocket of every connection (before 3.3).
void Server::accept(GSocketConnection* connection) const {
  g_socket_set_timeout(g_socket_connection_get_socket(connection), static_cast<guint>(patience_.count()));
  const auto local =
      gx::Ref<GSocketAddress>::adopt(g_socket_connection_get_local_address(connection, nullptr));
  const auto remote =
      gx::Ref<GSocketAddress>::adopt(g_socket_connection_get_remote_address(connection, nullptr));
  gx::GlibError error;
  if (!soup_server_accept_iostream(soup_.get(), G_IO_STREAM(connection), local.get(), remote.get(),
                                   error.out()))
    log_.write(LogLevel::Warning, concat("a connection could not be taken: ", error.text()));
}

void Server::on_request(SoupServer*, SoupServerMessage* message, const char* path, GHashTable*,
                        gpointer self) noexcept {
  gx::call_from_c("HTTP request", [&] { static_cast<const Server*>(self)->answer(message, path); });
}

void Server::answer(SoupServerMessage* message, const char* path) const {
  soup_message_body_set_accumulate(soup_server_message_get_request_body(message), FALSE);
  const char* method = soup_server_message_get_method(message);
  const Response response = respond(method, path);
  const std::string body = response.json + '\n';
  SoupMessageHeaders* headers = soup_server_message_get_response_headers(message);
  if (response.status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    soup_message_headers_replace(headers, "Allow", "GET, HEAD");
  // libsoup before 3.3 never notices that the client of an idle connection has gone, and keeps its
  // descriptor.
  soup_message_headers_replace(headers, "Connection", "close");
  soup_server_message_set_response(message, "application/json", SOUP_MEMORY_COPY, body.data(), body.size());
  soup_server_message_set_status(message, response.status, nullptr);
  if (log_.wants(LogLevel::Debug))
    log_.write(LogLevel::Debug, concat(gx::CString(g_strescape(method, nullptr)).get(), " ",
                                       gx::CString(g_strescape(path, nullptr)).get(), " ", response.status));
}

Response Server::respond(std::string_view method, std::string_view path) const {
  const auto found = handlers_.find(path);
  if (found == handlers_.end())
    return {SOUP_STATUS_NOT_FOUND, R"({"error":"there is nothing at this path"})"};
  if (method != "GET" && method != "HEAD")
    return {SOUP_STATUS_METHOD_NOT_ALLOWED, R"({"error":"this path answers GET and HEAD only"})"};
  try {
    return found->second();
  } catch (const std::exception& error) {
    log_.write(LogLevel::Error, concat(path, ": ", error.what()));
    return {SOUP_STATUS_INTERNAL_SERVER_ERROR, R"({"error":"this request failed; the log tells why"})"};
  }
}

} // namespace relevo::net
