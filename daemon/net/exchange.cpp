// SPDX-License-Identifier: LGPL-2.1-or-later
// From the headers of a request to the end of its answer.
#include "exchange.hpp"

#include "base/text.hpp"
#include "forwarded.hpp"
#include "gx/error.hpp"
#include "gx/handle.hpp"
#include "net/form.hpp"
#include "net/guard.hpp"
#include "net/gzip.hpp"
#include "net/url.hpp"
#include "uri/redact.hpp"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <fcntl.h>
#include <iterator>
#include <poll.h>
#include <system_error>
#include <utility>

namespace relevo::net {
namespace {

bool has_body(SoupMessageHeaders* headers) {
  return soup_message_headers_get_encoding(headers) == SOUP_ENCODING_CHUNKED ||
         soup_message_headers_get_content_length(headers) > 0;
}

/// `path` fits `pattern`.
std::string hide_login(std::string_view path, std::string_view pattern) {
  std::string shown;
  while (!path.empty()) {
    const auto segment = path.substr(1, path.find('/', 1) - 1);
    const auto wanted = pattern.substr(1, pattern.find('/', 1) - 1);
    const bool login = wanted == "{username}" || wanted == "{password}";
    shown += concat('/', login ? uri::kRedacted : segment);
    path.remove_prefix(1 + segment.size());
    pattern.remove_prefix(1 + wanted.size());
  }
  return shown;
}

} // namespace

Exchange::Exchange(House house, SoupServerMessage* message, std::shared_ptr<Visitor> visitor)
    : house_(std::move(house)),
      message_(gx::Ref<SoupServerMessage>::retain(message)),
      visitor_(std::move(visitor)),
      finished_(gx::SignalConnection::connect<void()>(message, "finished", [this] { end(); })),
      disconnected_(gx::SignalConnection::connect<void()>(message, "disconnected", [this] { end(); })),
      chunk_(gx::SignalConnection::connect<void(GBytes*)>(message, "got-chunk",
                                                          [this](GBytes* chunk) { intake_->take(chunk); })) {
  // What is kept of a request is kept by the intake, and nothing that was sent is needed again.
  soup_message_body_set_accumulate(soup_server_message_get_request_body(message), FALSE);
  soup_message_body_set_accumulate(soup_server_message_get_response_body(message), FALSE);
}

void Exchange::on_headers() {
  auto refusal = examine();
  if (refusal) route_ = nullptr;
  if (auto no_intake = start_intake(route_ ? route_->body : BodyRule{})) refusal = std::move(no_intake);
  if (refusal) answer(*std::move(refusal));
}

Exchange::Refusal Exchange::examine() {
  read_headers();
  if (auto refusal = check_room()) return refusal;
  if (auto refusal = read_url()) return refusal;
  go_below();
  if (auto refusal = find_route()) return refusal;
  if (auto refusal = check_access()) return refusal;
  return check_body();
}

void Exchange::read_headers() {
  SoupMessageHeadersIter iterator;
  soup_message_headers_iter_init(&iterator, soup_server_message_get_request_headers(message_.get()));
  const char *name = nullptr, *value = nullptr;
  while (soup_message_headers_iter_next(&iterator, &name, &value))
    request_.headers.emplace_back(name, value);
  takes_gzip_ = accepts_gzip(std::string(request_.header("Accept-Encoding")));
  known_etags_ = request_.header("If-None-Match");
  // What identifies a thing is weak here, which is no condition for a part of it.
  if (request_.header("If-Range").empty()) range_ = request_.header("Range");
  request_.secure = visitor_->secure;
  const auto& trusted = house_.settings.trusted_proxies;
  request_.peer = client_of(visitor_->address, request_.headers, trusted).text();
  request_.veiled = caller_of(request_).forwarded && !contains(trusted, visitor_->address);
}

Exchange::Refusal Exchange::check_room() const {
  if (visitor_->full) {
    Response refusal = error_response(SOUP_STATUS_SERVICE_UNAVAILABLE, "too-many-connections",
                                      "too many connections are open, here or from your address");
    refusal.headers.emplace_back("Retry-After", "5");
    return refusal;
  }
  std::size_t size = 0;
  for (const auto& [name, value] : request_.headers)
    size += name.size() + value.size();
  if (size <= house_.settings.header_limit) return std::nullopt;
  return error_response(431, "headers-too-large",
                        concat("the headers may have ", house_.settings.header_limit, " bytes at most"));
}

Exchange::Refusal Exchange::read_url() {
  GUri* uri = soup_server_message_get_uri(message_.get());
  std::string path = g_uri_get_path(uri);
  if (path.empty()) path = '/'; // of "GET http://host HTTP/1.1"
  auto segments = parse_path(path);
  if (!segments) return error_response(SOUP_STATUS_BAD_REQUEST, "bad-url", segments.error().message, "path");
  segments_ = *std::move(segments);
  request_.path = std::move(path);
  const char* query = g_uri_get_query(uri);
  auto fields = parse_query(query ? query : "");
  if (!fields) return error_response(SOUP_STATUS_BAD_REQUEST, "bad-url", fields.error().message, "query");
  request_.query = *std::move(fields);
  return std::nullopt;
}

/// Some listeners lead to a part of all paths.
void Exchange::go_below() {
  if (visitor_->below.empty()) return;
  request_.below = visitor_->below;
  request_.path.insert(0, request_.below);
  auto above = parse_path(request_.below).value();
  segments_.insert(segments_.begin(), std::make_move_iterator(above.begin()),
                   std::make_move_iterator(above.end()));
}

Exchange::Refusal Exchange::find_route() {
  const std::string_view method = soup_server_message_get_method(message_.get());
  if (soup_server_message_is_options_ping(message_.get()) != FALSE) return Response{SOUP_STATUS_NO_CONTENT};
  const auto asked = find_method(method);
  auto match = house_.router.find(asked, segments_);
  if (match.allow.empty())
    return error_response(SOUP_STATUS_NOT_FOUND, "not-found", "there is nothing at this path");
  if (!match.route) {
    Response response = method == "OPTIONS"
                            ? Response{SOUP_STATUS_NO_CONTENT}
                            : error_response(SOUP_STATUS_METHOD_NOT_ALLOWED, "method-not-allowed",
                                             concat("this path answers ", match.allow, " only"));
    response.headers.emplace_back("Allow", std::move(match.allow));
    return response;
  }
  route_ = match.route;
  request_.method = *asked;
  request_.head_only = method == "HEAD";
  request_.parameters = std::move(match.parameters);
  request_.path = shown_path_ = hide_login(request_.path, route_->pattern);
  return std::nullopt;
}

Exchange::Refusal Exchange::check_access() {
  form_ = route_->body.keep == BodyRule::Keep::AsQuery &&
          has_body(soup_server_message_get_request_headers(message_.get()));
  return form_ ? std::nullopt : ask_guard();
}

Response Exchange::refuse(Response response) const {
  if (route_->on_refused) return route_->on_refused(request_, std::move(response));
  return response;
}

Exchange::Refusal Exchange::ask_guard() {
  if (route_->access == Access::Anyone) return std::nullopt;
  if (house_.settings.guard) {
    auto admission = house_.settings.guard(request_, route_->access);
    request_.asker = std::move(admission.asker);
    guard_ = std::move(admission.later);
    if (admission.refusal) return refuse(*std::move(admission.refusal));
    return std::nullopt;
  }
  const auto why = refuse_stranger(caller_of(request_), house_.settings.host_name);
  if (why.empty()) return std::nullopt;
  return error_response(SOUP_STATUS_FORBIDDEN, "local-only", why);
}

Exchange::Refusal Exchange::check_body() const {
  SoupMessageHeaders* headers = soup_server_message_get_request_headers(message_.get());
  const BodyRule& rule = route_->body;
  if (rule.keep == BodyRule::Keep::Nothing || !has_body(headers)) return std::nullopt;
  if (!rule.content_type.empty()) {
    const gx::CString type(g_strdup(soup_message_headers_get_content_type(headers, nullptr)));
    if (!type || !equal_nocase(type.get(), rule.content_type))
      return error_response(SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "wrong-content-type",
                            concat("the body must be ", rule.content_type, ", and Content-Type must say so"),
                            "Content-Type");
  }
  if (soup_message_headers_get_encoding(headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      static_cast<std::uint64_t>(soup_message_headers_get_content_length(headers)) > rule.limit)
    return too_large(rule.limit);
  return std::nullopt;
}

Exchange::Refusal Exchange::start_intake(const BodyRule& rule) {
  intake_ = std::make_shared<Intake>(message_.get(), visitor_->socket.get(), rule,
                                     [this](Response refusal) { answer(std::move(refusal)); });
  if (rule.keep != BodyRule::Keep::InFile) return std::nullopt;
  const auto opened = intake_->open_file(house_.settings.upload_folder);
  if (opened) return std::nullopt;
  house_.log.write(LogLevel::Error, opened.error().message);
  return error_response(SOUP_STATUS_INSUFFICIENT_STORAGE, "no-space", opened.error().message);
}

void Exchange::on_body() {
  intake_->hand_over(request_);
  if (form_)
    if (auto refusal = take_form()) return answer(*std::move(refusal));
  if (guard_) return wait_for_guard();
  handle();
}

Exchange::Refusal Exchange::take_form() {
  auto fields = parse_form(request_.header("Content-Type"), request_.body);
  if (!fields) return error_response(SOUP_STATUS_BAD_REQUEST, "bad-form", fields.error().message, "body");
  std::ranges::move(*fields, std::back_inserter(request_.query));
  request_.body.clear();
  return ask_guard();
}

void Exchange::wait_for_guard() {
  defer();
  std::exchange(guard_, {})([self = shared_from_this()](Admission admission) {
    if (!self->message_) return;
    self->request_.asker = std::move(admission.asker);
    if (admission.refusal) return self->answer(self->refuse(*std::move(admission.refusal)));
    self->handle();
  });
}

void Exchange::handle() {
  try {
    std::visit([this](const auto& handler) { run(handler); }, route_->handler);
  } catch (const std::exception& error) {
    house_.log.write(LogLevel::Error, concat(route_->pattern, ": ", error.what()));
    if (!handed_over_) answer(failure());
  }
}

void Exchange::run(const Answer& handler) {
  answer(handler(request_));
}

void Exchange::run(const Defer& handler) {
  defer();
  handed_over_ = true;
  handler(std::move(request_), Reply(shared_from_this()));
}

void Exchange::run(const Stream& handler) {
  if (std::string_view(soup_server_message_get_method(message_.get())) == "HEAD") {
    soup_message_headers_set_encoding(soup_server_message_get_response_headers(message_.get()),
                                      SOUP_ENCODING_EOF);
    return answer({.headers = {{"Content-Type", std::string(kLiveType)}, {"Cache-Control", "no-store"}}});
  }
  // A descriptor of its own, so that the handler may have it in any thread, whatever the server does.
  gx::Descriptor descriptor(fcntl(g_socket_get_fd(visitor_->socket.get()), F_DUPFD_CLOEXEC, 0));
  if (descriptor.get() < 0) throw std::system_error(errno, std::generic_category(), "no descriptor");
  defer();
  handed_over_ = true;
  handler(std::move(request_), LiveReply(shared_from_this(), {std::move(descriptor), visitor_->ticket}));
}

void Exchange::defer() {
  if (deferred_) return;
  deferred_ = true;
  soup_server_message_pause(message_.get());
  // A paused message does not look at its socket.
  hang_up_ = gx::Source::while_ready(nullptr, g_socket_get_fd(visitor_->socket.get()),
                                     GIOCondition(POLLRDHUP), [this] {
                                       hang_up_.reset();
                                       gone_.cancel();
                                     });
}

void Exchange::let_go() {
  gx::post(nullptr, [self = shared_from_this()] {
    if (!self->message_) return;
    self->answered_ = true;
    self->log_answer(SOUP_STATUS_OK);
    self->visitor_->ticket.reset(); // the other copy goes on
    const auto stream = gx::Ref<GIOStream>::adopt(soup_server_message_steal_connection(self->message_.get()));
    g_io_stream_close(stream.get(), nullptr, nullptr);
  });
}

void Exchange::run(const Connect& handler) {
  gx::GlibError error;
  if (soup_websocket_server_check_handshake(message_.get(), nullptr, nullptr, nullptr, error.out()) ==
      FALSE) {
    const bool other = error.is(SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_ERROR_NOT_WEBSOCKET);
    Response refusal = error_response(other ? 426 : SOUP_STATUS_BAD_REQUEST, "websocket-only",
                                      concat("only WebSocket clients can ask this: ", error.text()));
    refusal.headers.emplace_back("Upgrade", "websocket");
    return answer(std::move(refusal));
  }
  soup_websocket_server_process_handshake(message_.get(), nullptr, nullptr, nullptr, nullptr);
  answered_ = true;
  log_answer(SOUP_STATUS_SWITCHING_PROTOCOLS);
  upgraded_ = gx::SignalConnection::connect<void()>(message_.get(), "wrote-informational",
                                                    [this, &handler] { open_socket(handler); });
}

void Exchange::open_socket(const Connect& handler) {
  const auto self = shared_from_this(); // stealing ends the message
  const auto descriptor = g_socket_get_fd(visitor_->socket.get());
  g_socket_set_timeout(visitor_->socket.get(), 0); // pings take its place
  auto ticket = std::move(visitor_->ticket);
  auto stream = gx::Ref<GIOStream>::adopt(soup_server_message_steal_connection(message_.get()));
  const auto socket = std::make_shared<WebSocket>(std::move(stream), descriptor, house_.settings.websocket);
  house_.opened(socket, std::move(ticket));
  try {
    handler(request_, socket);
  } catch (const std::exception& error) {
    house_.log.write(LogLevel::Error, concat(request_.path, ": ", error.what()));
    socket->abort();
  }
}

void Exchange::end() {
  if (!message_) return;
  const auto self = shared_from_this();
  SoupServerMessage* message = message_.get();
  // A reply may now be the last to keep this, in another thread: nothing of GLib's may be left here.
  if (sender_) sender_->end();
  intake_->end();
  sender_ = {};
  intake_ = {};
  hang_up_.reset();
  for (auto* connection : {&finished_, &disconnected_, &chunk_, &upgraded_})
    connection->reset();
  message_ = {};
  visitor_ = {};
  held_.reset();
  gone_.cancel();
  house_.over(message);
}

} // namespace relevo::net
