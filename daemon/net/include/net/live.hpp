// SPDX-License-Identifier: LGPL-2.1-or-later
// LiveReply: the duty to answer one request, by a response or by taking its connection over.
#pragma once

#include "gx/cancel.hpp"
#include "gx/descriptor.hpp"
#include "net/response.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace relevo::net {

class Exchange;

/// A client's connection. The request has been read, nothing has been answered, and from here on nobody else
/// touches the socket, which does not block.
struct LiveSocket {
  gx::Descriptor descriptor = {};
  std::shared_ptr<void> ticket = {}; // to be kept as long as the connection is open: the server counts it
};

/// Moves, also to another thread, and may outlive the server. Destroyed without an answer, it answers with
/// status 500.
class LiveReply {
 public:
  LiveReply(std::shared_ptr<Exchange> exchange, LiveSocket socket) noexcept; // for the server
  LiveReply(LiveReply&&) noexcept = default;
  LiveReply& operator=(LiveReply&&) = delete;
  ~LiveReply();

  /// From any thread, once: an ordinary answer, as Reply gives it.
  void send(Response response) &&;
  /// From any thread, once: the connection in place of an answer. Where the client has gone, its socket is
  /// there all the same, and says so.
  [[nodiscard]] LiveSocket take() &&;

  /// For as long as this is neither sent nor taken. Cancelled when nobody waits for the answer any more, and
  /// when the client ended its own sending.
  [[nodiscard]] const gx::CancelToken& gone() const noexcept;

 private:
  std::shared_ptr<Exchange> exchange_; // null: sent, taken, or moved away
  LiveSocket socket_;
};

constexpr std::string_view kLiveType = "video/mp2t";

/// The head of an answer that ends with its connection and is kept by nobody.
[[nodiscard]] std::string write_live_head(std::string_view content_type = kLiveType);

/// Answers after all, where a taken connection turned out to be of no use, and closes it. Nothing may have
/// been sent. Never waits: what does not fit into the socket at once is lost.
void answer(LiveSocket socket, const Response& response);

} // namespace relevo::net
