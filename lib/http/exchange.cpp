// SPDX-License-Identifier: LGPL-2.1-or-later
// One exchange as a plain sequence: every asynchronous libsoup call is awaited on the client's own context.
#include "exchange.hpp"

#include "inflater.hpp"
#include "uri/redact.hpp"

#include <algorithm>
#include <array>

namespace relevo::http {
namespace {

const char* method_name(Method method) {
  switch (method) {
  case Method::Get: return SOUP_METHOD_GET;
  case Method::Head: return SOUP_METHOD_HEAD;
  case Method::Post: return SOUP_METHOD_POST;
  case Method::Put: return SOUP_METHOD_PUT;
  case Method::Patch: return "PATCH";
  case Method::Delete: return SOUP_METHOD_DELETE;
  }
  return SOUP_METHOD_GET;
}

void keep_result(GObject*, GAsyncResult* result, gpointer slot) noexcept {
  *static_cast<gx::Ref<GAsyncResult>*>(slot) = gx::Ref<GAsyncResult>::retain(result);
}

/// Starts an asynchronous call, `start(callback, user_data)`, and runs the context until it has called back,
/// which GIO promises it will, cancelled or not.
template <class Start>
gx::Ref<GAsyncResult> await(GMainContext* context, Start start) {
  gx::Ref<GAsyncResult> result;
  start(&keep_result, &result);
  while (!result)
    g_main_context_iteration(context, TRUE);
  return result;
}

bool is_proxy_error(const gx::GlibError& error) {
  return error.is(G_IO_ERROR, G_IO_ERROR_PROXY_FAILED) ||
         error.is(G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED) ||
         error.is(G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH) ||
         error.is(G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED);
}

std::string describe(Failure reason, const Deadlines& deadlines) {
  const auto within = [](std::chrono::milliseconds t) {
    return " within " + std::to_string(t.count()) + " ms";
  };
  switch (reason) {
  case Failure::ConnectTimeout: return "no connection" + within(deadlines.connect);
  case Failure::FirstByteTimeout: return "no answer" + within(deadlines.first_byte);
  case Failure::Stalled: return "no byte" + within(deadlines.silence);
  case Failure::TotalTimeout: return "not done" + within(deadlines.total);
  default: return "cancelled";
  }
}

/// The stream that takes the transfer coding off, below those that libsoup puts on top of it.
GInputStream* body_stream_of(GInputStream* stream) {
  auto* top = G_FILTER_INPUT_STREAM(stream);
  return g_filter_input_stream_get_base_stream(top);
}

} // namespace

Exchange::Exchange(const Line& line, Watch& watch, const Request& request, const Headers& headers,
                   Method method, const Uri& uri, Packing packing)
    : line_(line),
      watch_(watch),
      request_(request),
      uri_(uri),
      message_(gx::Ref<SoupMessage>::adopt(
          soup_message_new_from_uri(method_name(method), without_userinfo(uri).get()))),
      packing_(packing) {
  // Redirects are the caller's: libsoup would follow them without deadlines and with every header.
  soup_message_add_flags(message_.get(), SOUP_MESSAGE_NO_REDIRECT);
  if (has_body(method)) {
    const auto body = gx::Ref<GBytes>::adopt(g_bytes_new(request.body.data(), request.body.size()));
    soup_message_set_request_body_from_bytes(message_.get(), nullptr, body.get());
  }
  auto* out = soup_message_get_request_headers(message_.get());
  if (!request.user_agent.empty())
    soup_message_headers_replace(out, "User-Agent", request.user_agent.c_str());
  for (const auto& header : headers)
    soup_message_headers_append(out, header.name.c_str(), header.value.c_str());
  // A byte range counts packed bytes where the answer is packed: nobody who asks for one wants that.
  if (packing == Packing::Allowed && !find_header(headers, "Accept-Encoding") &&
      !find_header(headers, "Range"))
    soup_message_headers_append(out, "Accept-Encoding", "gzip");
  // Inside a tunnel the target would read it; there, the client gives it to the CONNECT.
  if (!line_.proxy_authorization.empty() && std::string_view(g_uri_get_scheme(uri.get())) == "http")
    soup_message_headers_append(out, "Proxy-Authorization", line_.proxy_authorization.c_str());
  watch_signals();
}

Exchange::~Exchange() {
  if (!read_to_end_) watch_.stop();
  if (stream_) g_input_stream_close(stream_.get(), watch_.cancellable(), nullptr);
}

void Exchange::watch_signals() {
  auto* message = message_.get();
  signals_.push_back(
      gx::SignalConnection::connect<void()>(message, "starting", [this] { watch_.enter(Stage::FirstByte); }));
  // Restarted: libsoup goes again, because a kept connection had died.
  signals_.push_back(
      gx::SignalConnection::connect<void()>(message, "restarted", [this] { watch_.enter(Stage::Connect); }));
  signals_.push_back(gx::SignalConnection::connect<void(GSocketClientEvent, GIOStream*)>(
      message, "network-event",
      [this](GSocketClientEvent event, GIOStream* stream) { on_network_event(event, stream); }));
  if (line_.strict_tls) return;
  signals_.push_back(gx::SignalConnection::connect<gboolean(GTlsCertificate*, GTlsCertificateFlags)>(
      message, "accept-certificate",
      [](GTlsCertificate*, GTlsCertificateFlags) -> gboolean { return TRUE; }));
}

void Exchange::on_network_event(GSocketClientEvent event, GIOStream* stream) {
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING) in_tls_handshake_ = true;
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED) in_tls_handshake_ = false;
  // Of several addresses of a name each is tried, and each comes by here.
  if (event != G_SOCKET_CLIENT_CONNECTING || !line_.gate || line_.via_proxy) return;
  auto* connection = G_SOCKET_CONNECTION(stream);
  auto objection = line_.gate->find_objection(uri_, connection, watch_.cancellable());
  if (!objection) return;
  objection_ = std::move(objection);
  // A closed socket cannot be connected: nothing is sent.
  g_socket_close(g_socket_connection_get_socket(connection), nullptr);
}

Exchange::Outcome Exchange::open() {
  if (line_.gate && line_.via_proxy)
    if (const auto objection = line_.gate->find_objection(uri_, watch_.cancellable()))
      return failed(Failure::Forbidden, *objection);
  gx::GlibError error;
  const auto result = await(line_.context, [this](GAsyncReadyCallback done, gpointer slot) {
    soup_session_send_async(line_.session, message_.get(), G_PRIORITY_DEFAULT, watch_.cancellable(), done,
                            slot);
  });
  stream_ = gx::Ref<GInputStream>::adopt(soup_session_send_finish(line_.session, result.get(), error.out()));
  if (!stream_ && objection_ && !watch_.verdict()) return failed(Failure::Forbidden, *objection_);
  if (!stream_) return failed(error);
  // An answer before the request was sent is the proxy's answer to CONNECT.
  if (watch_.stage() == Stage::Connect || (line_.via_proxy && status() == SOUP_STATUS_PROXY_UNAUTHORIZED))
    return failed(Failure::Proxy, "the proxy answered " + std::to_string(status()));
  watch_.enter(Stage::Body);
  return is_redirect(status()) ? Outcome{} : check_encoding();
}

unsigned Exchange::status() const {
  return soup_message_get_status(message_.get());
}

Headers Exchange::headers() const {
  Headers out;
  SoupMessageHeadersIter iter;
  soup_message_headers_iter_init(&iter, soup_message_get_response_headers(message_.get()));
  const char* name = nullptr;
  const char* value = nullptr;
  while (soup_message_headers_iter_next(&iter, &name, &value))
    out.push_back({name, value});
  return out;
}

Exchange::Outcome Exchange::read_body(const std::function<bool(Bytes)>& sink) {
  auto* headers = soup_message_get_response_headers(message_.get());
  const auto too_large = [this] {
    return failed(Failure::TooLarge, "more than " + std::to_string(request_.max_body_bytes) + " bytes");
  };
  const bool has_body = g_strcmp0(soup_message_get_method(message_.get()), SOUP_METHOD_HEAD) != 0;
  if (has_body && !packed_ && soup_message_headers_get_encoding(headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      static_cast<guint64>(soup_message_headers_get_content_length(headers)) > request_.max_body_bytes)
    return too_large();

  std::size_t total = 0;
  Outcome refused;
  const auto count = [&](Bytes part) {
    total += part.size();
    if (total > request_.max_body_bytes)
      refused = too_large();
    else if (!sink(part))
      refused = failed(Failure::Aborted, "not wanted any further");
    return !refused;
  };
  std::optional<Inflater> inflater;
  if (packed_) inflater.emplace();
  auto error = pump([&](Bytes part) -> Outcome {
    if (!inflater)
      static_cast<void>(count(part));
    else if (inflater->feed(part, count) == Inflater::Outcome::Corrupt)
      return failed(Failure::BadResponse, "the gzip encoding is broken");
    return refused;
  });
  if (!error && inflater && !inflater->complete())
    error = failed(Failure::Truncated, "the gzip data ends early");
  return error;
}

Exchange::Outcome Exchange::check_encoding() {
  const char* encoding =
      soup_message_headers_get_one(soup_message_get_response_headers(message_.get()), "Content-Encoding");
  if (!encoding || *encoding == '\0' || g_ascii_strcasecmp(encoding, "identity") == 0) return {};
  packed_ = g_ascii_strcasecmp(encoding, "gzip") == 0 || g_ascii_strcasecmp(encoding, "x-gzip") == 0;
  if (packed_ && packing_ == Packing::Allowed) return {};
  return failed(Failure::BadResponse,
                std::string("content encoding ") + encoding + ", which nobody asked for");
}

Exchange::Outcome Exchange::pump(const std::function<Outcome(Bytes)>& take) {
  std::vector<std::byte> block(64 * 1024);
  for (;;) {
    const auto got = read(block);
    if (!got) return got.error();
    if (*got == 0) return {};
    if (auto refused = take(Bytes(block).first(*got))) return refused;
  }
}

Got Exchange::read(MutableBytes room) {
  if (auto got = read_now(room)) return *got;
  return check_end(await_bytes(room));
}

std::optional<Got> Exchange::read_now(MutableBytes room) {
  auto* pollable = reinterpret_cast<GPollableInputStream*>(stream_.get());
  if (!G_IS_POLLABLE_INPUT_STREAM(stream_.get()) || !g_pollable_input_stream_can_poll(pollable)) return {};
  watch_.look();
  std::size_t total = 0;
  bool ended = false;
  while (total < room.size() && !broken_ && !ended) {
    gx::GlibError error;
    const gssize got = g_pollable_input_stream_read_nonblocking(
        pollable, room.data() + total, room.size() - total, watch_.cancellable(), error.out());
    if (got < 0 && error.is(G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)) break;
    if (got < 0) broken_ = failed(error);
    ended = got == 0;
    total += static_cast<std::size_t>(std::max(got, gssize{0}));
  }
  received_ += total;
  if (total > 0) return Got(total); // what is behind it shows the next time
  if (broken_) return tl::unexpected(*broken_);
  if (ended) return check_end(0);
  return {};
}

Got Exchange::check_end(Got got) {
  if (!got || *got > 0) return got;
  if (ends_short())
    return tl::unexpected(failed(Failure::Truncated, "the connection closed before the announced end"));
  if (ended_early())
    return tl::unexpected(failed(Failure::Truncated, "the connection closed before the last chunk"));
  read_to_end_ = true;
  return 0;
}

Got Exchange::await_bytes(MutableBytes room) {
  watch_.wait_for_bytes();
  gx::GlibError error;
  const auto result = await(line_.context, [&](GAsyncReadyCallback done, gpointer slot) {
    g_input_stream_read_async(stream_.get(), room.data(), room.size(), G_PRIORITY_DEFAULT,
                              watch_.cancellable(), done, slot);
  });
  const gssize got = g_input_stream_read_finish(stream_.get(), result.get(), error.out());
  watch_.bytes_came();
  if (got < 0) return tl::unexpected(failed(error));
  received_ += static_cast<std::size_t>(got);
  return static_cast<std::size_t>(got);
}

/// libsoup 3.2 may take a body that a closed connection cut before its announced length for whole.
bool Exchange::ends_short() const {
  auto* headers = soup_message_get_response_headers(message_.get());
  const bool has_body = g_strcmp0(soup_message_get_method(message_.get()), SOUP_METHOD_HEAD) != 0 &&
                        status() != SOUP_STATUS_NO_CONTENT && status() != SOUP_STATUS_NOT_MODIFIED;
  return has_body && soup_message_headers_get_encoding(headers) == SOUP_ENCODING_CONTENT_LENGTH &&
         received_ < static_cast<std::uint64_t>(soup_message_headers_get_content_length(headers));
}

/// libsoup 3.2 takes a connection that closes between two chunks for the end of a chunked body. The stream
/// that takes the chunks apart knows better: past the real end it answers without looking at its source;
/// before it, it looks, and meets the cancellation.
bool Exchange::ended_early() const {
  auto* headers = soup_message_get_response_headers(message_.get());
  if (soup_message_get_http_version(message_.get()) == SOUP_HTTP_2_0 ||
      soup_message_headers_get_encoding(headers) != SOUP_ENCODING_CHUNKED)
    return false;
  gx::CancelToken cancelled;
  cancelled.cancel();
  gx::GlibError error;
  // Not one byte: it reads trailer lines into the caller's buffer, and asserts that there is room for a line
  // end.
  std::array<char, 64> rest;
  return g_input_stream_read(body_stream_of(stream_.get()), rest.data(), rest.size(), cancelled.get(),
                             error.out()) != 0;
}

FetchError Exchange::failed(Failure kind, const std::string& detail) const {
  return {kind, std::string(name_of(kind)) + ": " + uri::redact_text(detail) + " (" +
                    uri::redact_url(to_string(uri_)) + ")"};
}

FetchError Exchange::failed(const gx::GlibError& error) const {
  if (const auto verdict = watch_.verdict()) return failed(*verdict, describe(*verdict, request_.deadlines));
  return failed(classify(error), error.text());
}

Failure Exchange::classify(const gx::GlibError& error) const {
  if (is_proxy_error(error)) return Failure::Proxy;
  if (error.is(G_TLS_ERROR) || in_tls_handshake_) return Failure::Tls;
  switch (watch_.stage()) {
  case Stage::Connect:
    if (line_.via_proxy) return Failure::Proxy;
    if (error.is(G_RESOLVER_ERROR)) return Failure::Dns;
    return error.is(G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ? Failure::ConnectTimeout : Failure::Refused;
  case Stage::FirstByte: return error.is(SOUP_SESSION_ERROR) ? Failure::BadResponse : Failure::Disconnected;
  case Stage::Body: return Failure::Truncated;
  }
  return Failure::BadResponse;
}

} // namespace relevo::http
