// SPDX-License-Identifier: LGPL-2.1-or-later
// The life of connections before their request.
#include "visitor.hpp"

#include <algorithm>

namespace relevo::net {

// libsoup notices, and closes. The place is free at once.
void Visitor::cut_off() {
  g_socket_shutdown(socket.get(), TRUE, TRUE, nullptr);
  ticket.reset();
}

void WaitingRoom::enter(const std::shared_ptr<Visitor>& visitor) {
  waits_.push_back({Clock::now() + time_, visitor});
  if (!timer_.active()) set_timer();
}

bool WaitingRoom::evict() {
  while (!waits_.empty()) {
    const auto visitor = waiting(waits_.front());
    waits_.pop_front();
    if (!visitor) continue;
    visitor->cut_off();
    return true;
  }
  return false;
}

std::shared_ptr<Visitor> WaitingRoom::waiting(const Wait& wait) {
  auto visitor = wait.visitor.lock();
  return visitor && !visitor->asked ? visitor : nullptr;
}

void WaitingRoom::on_time() {
  const auto now = Clock::now();
  while (!waits_.empty()) {
    const auto visitor = waiting(waits_.front());
    if (visitor && waits_.front().until > now) break;
    if (visitor) visitor->cut_off();
    waits_.pop_front();
  }
  set_timer();
}

void WaitingRoom::set_timer() {
  if (waits_.empty()) return timer_.reset();
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(waits_.front().until - Clock::now());
  timer_ = gx::Source::after(nullptr, std::max(left, std::chrono::milliseconds(0)), [this] { on_time(); });
}

} // namespace relevo::net
