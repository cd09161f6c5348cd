// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/events.hpp"

namespace relevo::admin {

Events::~Events() {
  for (const auto& listener : listeners_)
    listener->on_closed({});
}

void Events::add(std::shared_ptr<net::WebSocket> listener) {
  listener->on_closed([this, gone = listener.get()] {
    std::erase_if(listeners_, [gone](const auto& one) { return one.get() == gone; });
  });
  listeners_.push_back(std::move(listener));
}

void Events::publish(const nlohmann::json& event) {
  if (listeners_.empty()) return;
  const auto text = event.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  for (const auto& listener : listeners_)
    listener->send(text);
}

} // namespace relevo::admin
