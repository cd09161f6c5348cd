// SPDX-License-Identifier: LGPL-2.1-or-later
// What happens, told to everybody who listens.
#pragma once

#include "model/past_event.hpp"
#include "net/websocket.hpp"

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace relevo::admin {

/// In the main thread.
class Events {
 public:
  /// `keep` is given what is worth to be known later.
  explicit Events(std::function<void(model::PastEvent)> keep = {}) : keep_(std::move(keep)) {}
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;
  ~Events();

  void add(std::shared_ptr<net::WebSocket> listener);
  /// `event` has a member "event" that names it. `summary`: a line for people, which listeners get with it.
  /// What has one is kept, with what the members "channel", "channel_name" and their like say.
  void publish(nlohmann::json event, const std::string& summary = {});

 private:
  const std::function<void(model::PastEvent)> keep_;
  std::vector<std::shared_ptr<net::WebSocket>> listeners_;
};

} // namespace relevo::admin
