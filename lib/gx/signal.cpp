// SPDX-License-Identifier: LGPL-2.1-or-later
// The end of a signal connection.
#include "gx/signal.hpp"

namespace relevo::gx {

SignalConnection& SignalConnection::operator=(SignalConnection&& other) noexcept {
  reset();
  instance_ = std::move(other.instance_);
  id_ = std::exchange(other.id_, 0);
  return *this;
}

void SignalConnection::reset() noexcept {
  if (id_ != 0) g_signal_handler_disconnect(instance_.get(), std::exchange(id_, 0));
  instance_ = {};
}

} // namespace relevo::gx
