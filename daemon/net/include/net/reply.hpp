// SPDX-License-Identifier: LGPL-2.1-or-later
// Reply: the duty to answer one request, which can be carried elsewhere.
#pragma once

#include "gx/cancel.hpp"
#include "net/response.hpp"

#include <memory>

namespace relevo::net {

class Exchange;

/// Moves, also to another thread, and may outlive the server. Destroyed without an answer, it answers with
/// status 500.
class Reply {
 public:
  explicit Reply(std::shared_ptr<Exchange> exchange) noexcept; // for the server
  Reply(Reply&&) noexcept = default;
  Reply& operator=(Reply&&) = delete;
  ~Reply();

  /// From any thread, once. Compresses in the calling thread; the main thread then sends. Where the client
  /// has gone, nothing happens.
  void send(Response response) &&;

  /// For as long as this is not sent. Cancelled when nobody waits for the answer any more: work for it may
  /// stop. A client that ended its own sending counts as gone, but gets an answer all the same.
  [[nodiscard]] const gx::CancelToken& gone() const noexcept;

 private:
  std::shared_ptr<Exchange> exchange_; // null: sent, or moved away
};

} // namespace relevo::net
