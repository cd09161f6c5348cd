// SPDX-License-Identifier: LGPL-2.1-or-later
// Accepting, reading requests, and handing them to the routes.
#include "provider/http_server.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>

namespace relevo::provider {
namespace {

/// Reads one request head from the connection, and keeps what came behind it in `buffer`.
enum class HeadRead { Ok, Gone, TooLarge };
HeadRead read_head(Connection& connection, std::string& buffer, std::string& head) {
  const auto deadline =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(HttpServer::kRequestTimeout);
  for (;;) {
    if (const auto end = buffer.find("\r\n\r\n"); end != std::string::npos) {
      head = buffer.substr(0, end);
      buffer.erase(0, end + 4);
      return HeadRead::Ok;
    }
    if (buffer.size() > HttpServer::kMaxHead) return HeadRead::TooLarge;
    if (!connection.receive(buffer, deadline)) return HeadRead::Gone;
  }
}

void refuse(Connection& connection, int status, std::string text) {
  const Response response{status, "text/plain", std::move(text) + "\n", {}};
  // Nothing to be done when the client does not even take this.
  (void)connection.send(write_head(response, false) + response.body);
}

bool has_body(const Request& request) {
  return !request.header("transfer-encoding").empty() ||
         (!request.header("content-length").empty() && request.header("content-length") != "0");
}

/// Reads a form from the connection, and keeps what came behind it in `buffer`. False when there is no form
/// that is taken, or it does not come.
bool read_form(Connection& connection, std::string& buffer, Request& request) {
  const auto size =
      parse_number<std::size_t>(request.header("content-length")).value_or(HttpServer::kMaxForm + 1);
  const bool form = request.header("content-type").starts_with("application/x-www-form-urlencoded");
  if (!form || size > HttpServer::kMaxForm) return false;
  const auto deadline =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(HttpServer::kRequestTimeout);
  while (buffer.size() < size)
    if (!connection.receive(buffer, deadline)) return false;
  add_form(std::string_view{buffer}.substr(0, size), request);
  buffer.erase(0, size);
  return true;
}

} // namespace

struct HttpServer::Session {
  explicit Session(Fd socket) : connection(std::in_place, std::move(socket)) {}
  std::optional<Connection> connection; // emptied under the server's mutex
  std::atomic<bool> done = false;
  std::jthread thread;
};

void Exchange::respond(Response response) {
  response = apply_range(std::move(response), request.header("range"));
  const std::string head = write_head(response, keeps_alive());
  const bool head_only = request.is_head() || response.body.empty();
  if (!(head_only ? send_end(head) : connection.send(head) && send_end(response.body))) hang_up();
}

bool Exchange::send_end(std::string_view bytes) {
  if (!connection.send(bytes.substr(0, bytes.size() - 1))) return false;
  before_end();
  return connection.send(bytes.substr(bytes.size() - 1));
}

bool Exchange::begin_stream(std::string_view type, bool chunked) {
  hang_up();
  std::string head = "HTTP/1.1 200 OK\r\nContent-Type: " + std::string{type} + "\r\nConnection: close\r\n";
  if (chunked) head += "Transfer-Encoding: chunked\r\n";
  return connection.send(head + "\r\n") && !request.is_head();
}

bool Exchange::wait_while(const std::function<bool()>& condition) {
  constexpr auto kTick = std::chrono::milliseconds{10};
  while (condition())
    if (!connection.wait_until(Clock::now() + kTick)) return false;
  return true;
}

HttpServer::HttpServer(const std::string& address, std::uint16_t port, std::size_t max_connections,
                       std::vector<Route> routes)
    : address_(address), port_(port), max_connections_(max_connections), routes_(std::move(routes)) {
  start_listening();
}

HttpServer::~HttpServer() {
  go_down();
}

Counters HttpServer::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_;
}

void HttpServer::go_down() {
  stop_listening();
  const auto sessions = [this] {
    const std::lock_guard lock(mutex_);
    for (const auto& session : sessions_) {
      if (!session->connection) continue;
      session->connection->reset_on_close();
      session->connection->abort();
    }
    return std::exchange(sessions_, {});
  }();
}

void HttpServer::come_back() {
  start_listening();
}

void HttpServer::start_listening() {
  listener_ = listen_on(address_, port_);
  port_ = port_of(listener_);
  acceptor_ = std::jthread([this, fd = listener_.get()] { accept_loop(fd); });
}

void HttpServer::stop_listening() {
  if (listener_.get() >= 0) ::shutdown(listener_.get(), SHUT_RDWR); // makes accept() fail
  if (acceptor_.joinable()) acceptor_.join();
  listener_ = Fd{};
}

void HttpServer::accept_loop(int listener) {
  for (;;) {
    Fd socket{::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC)};
    if (socket.get() >= 0)
      admit(std::move(socket));
    else if (errno == EINVAL || errno == EBADF)
      return;
    else if (errno == EMFILE || errno == ENFILE)
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    reap();
  }
}

void HttpServer::admit(Fd socket) {
  const std::lock_guard lock(mutex_);
  if (connections_.open >= max_connections_) {
    ++connections_.refused;
    Connection connection{std::move(socket)};
    return refuse(connection, 503, "too many connections");
  }
  connections_.on_open();
  Session& session = *sessions_.emplace_back(std::make_unique<Session>(std::move(socket)));
  session.thread = std::jthread([this, &session] { serve(session); });
}

void HttpServer::reap() {
  const std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [](const auto& session) { return session->done.load(); });
}

void HttpServer::serve(Session& session) {
  Connection& connection = *session.connection;
  std::string buffer, head;
  for (bool more = true; more;) {
    const HeadRead read = read_head(connection, buffer, head);
    if (read == HeadRead::TooLarge) refuse(connection, 431, "the request head is too large");
    if (read != HeadRead::Ok) break;
    auto request = parse_request(head);
    if (!request || (has_body(*request) && !read_form(connection, buffer, *request))) {
      refuse(connection, request ? 413 : 400,
             request ? "of bodies, small forms alone are taken" : request.error().message);
      break;
    }
    Exchange exchange{*request, connection};
    remember(exchange.request);
    dispatch(exchange);
    more = exchange.keeps_alive();
  }
  const std::lock_guard lock(mutex_);
  session.connection.reset();
  connections_.on_close();
  session.done = true;
}

std::optional<Request> HttpServer::last_request(std::string_view path) const {
  const auto text = [](const Request& request) {
    std::string joined;
    for (const std::string& segment : request.path)
      (joined += '/') += segment;
    return joined;
  };
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(requests_.rbegin(), requests_.rend(), path, text);
  return found == requests_.rend() ? std::nullopt : std::optional{*found};
}

void HttpServer::remember(const Request& request) {
  const std::lock_guard lock(mutex_);
  requests_.push_back(request);
  if (requests_.size() > kRequestsKept) requests_.pop_front();
}

void HttpServer::dispatch(Exchange& exchange) const {
  const Request& request = exchange.request;
  if (request.method != "GET" && request.method != "HEAD" && request.method != "POST")
    return exchange.respond({405, "text/plain", "GET, HEAD or POST\n", {{"Allow", "GET, HEAD, POST"}}});
  const auto root = request.path.empty() ? std::string{} : request.path.front();
  auto route = std::ranges::find(routes_, root, &Route::root);
  if (route == routes_.end()) route = std::ranges::find(routes_, std::string{}, &Route::root);
  if (route == routes_.end()) return exchange.respond({404, "text/plain", "nothing here\n", {}});
  try {
    route->handler(exchange);
  } catch (const std::exception& error) {
    exchange.hang_up();
    exchange.respond({503, "text/plain", std::string{error.what()} + "\n", {}});
  }
}

} // namespace relevo::provider
