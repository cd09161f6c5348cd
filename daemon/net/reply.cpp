// SPDX-License-Identifier: LGPL-2.1-or-later
// The handle of an exchange whose answer comes later.
#include "net/reply.hpp"

#include "exchange.hpp"

#include <utility>

namespace relevo::net {

Reply::Reply(std::shared_ptr<Exchange> exchange) noexcept : exchange_(std::move(exchange)) {}

Reply::~Reply() {
  if (exchange_) std::move(*this).send(Exchange::failure());
}

void Reply::send(Response response) && {
  const auto exchange = std::exchange(exchange_, nullptr);
  exchange->send(std::move(response));
}

const gx::CancelToken& Reply::gone() const noexcept {
  return exchange_->gone();
}

} // namespace relevo::net
