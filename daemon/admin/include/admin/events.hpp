// SPDX-License-Identifier: LGPL-2.1-or-later
// What happens, told to everybody who listens.
#pragma once

#include "net/websocket.hpp"

#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

namespace relevo::admin {

/// In the main thread.
class Events {
 public:
  Events() = default;
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;
  ~Events();

  void add(std::shared_ptr<net::WebSocket> listener);
  /// `event` has a member "event" that names it.
  void publish(const nlohmann::json& event);

 private:
  std::vector<std::shared_ptr<net::WebSocket>> listeners_;
};

} // namespace relevo::admin
