// SPDX-License-Identifier: LGPL-2.1-or-later
// Connections that leave the HTTP server.
#include "net/live.hpp"

#include "base/text.hpp"
#include "exchange.hpp"

#include <array>
#include <libsoup/soup.h>
#include <sys/socket.h>
#include <utility>

namespace relevo::net {
namespace {

std::string write_head(unsigned status, std::string_view content_type, const Fields& fields) {
  std::string head =
      concat("HTTP/1.1 ", status, " ", soup_status_get_phrase(status), "\r\nConnection: close\r\n");
  if (!content_type.empty()) head += concat("Content-Type: ", content_type, "\r\n");
  for (const auto& [name, value] : fields)
    head += concat(name, ": ", value, "\r\n");
  return head += "\r\n";
}

/// Closing a socket that holds unread bytes would take away what was just sent to it.
void drop_unread(int socket) {
  std::array<char, 4096> block;
  for (int i = 0; i < 16; ++i)
    if (::recv(socket, block.data(), block.size(), MSG_DONTWAIT) <= 0) return;
}

} // namespace

LiveReply::LiveReply(std::shared_ptr<Exchange> exchange, LiveSocket socket) noexcept
    : exchange_(std::move(exchange)), socket_(std::move(socket)) {}

LiveReply::~LiveReply() {
  if (exchange_) std::move(*this).send(Exchange::failure());
}

void LiveReply::send(Response response) && {
  socket_ = {};
  std::exchange(exchange_, nullptr)->send(std::move(response));
}

LiveSocket LiveReply::take() && {
  std::exchange(exchange_, nullptr)->let_go();
  return std::move(socket_);
}

const gx::CancelToken& LiveReply::gone() const noexcept {
  return exchange_->gone();
}

std::string write_live_head(std::string_view content_type) {
  return write_head(SOUP_STATUS_OK, content_type, {{"Cache-Control", "no-store"}});
}

void answer(LiveSocket socket, const Response& response) {
  Fields fields = response.headers;
  fields.emplace_back("Content-Length", std::to_string(response.body.size()));
  const std::string whole =
      write_head(response.status, response.body.empty() ? "" : response.content_type, fields) + response.body;
  const int descriptor = socket.descriptor.get();
  ::send(descriptor, whole.data(), whole.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  ::shutdown(descriptor, SHUT_WR);
  drop_unread(descriptor);
}

} // namespace relevo::net
