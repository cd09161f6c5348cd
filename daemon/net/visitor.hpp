// SPDX-License-Identifier: LGPL-2.1-or-later
// Visitor: a connection, for as long as libsoup has it; and the time in which its headers have to come.
#pragma once

#include "door.hpp"
#include "gx/context.hpp"
#include "gx/ref.hpp"

#include <chrono>
#include <deque>
#include <gio/gio.h>
#include <memory>
#include <string>

namespace relevo::net {

struct Visitor {
  gx::Ref<GSocket> socket;
  IpAddress address;  // the other end of the connection
  bool secure;        // by TLS
  std::string below;  // Request::below
  Ticket ticket;      // null: taken over, or cut off
  bool full;          // is only told that there is no room
  bool asked = false; // his headers are here

  void cut_off();
};

/// Lives in the thread of the default main context. All headers of a request have to come in one time,
/// however they trickle: whoever takes longer holds a place that others need.
class WaitingRoom {
 public:
  explicit WaitingRoom(std::chrono::milliseconds time) : time_(time) {}

  void enter(const std::shared_ptr<Visitor>& visitor);
  /// Makes room by cutting off who has waited longest. False: nobody waits.
  bool evict();

 private:
  using Clock = std::chrono::steady_clock;
  struct Wait {
    Clock::time_point until;
    std::weak_ptr<Visitor> visitor;
  };

  [[nodiscard]] static std::shared_ptr<Visitor> waiting(const Wait& wait);
  void on_time();
  void set_timer();

  std::chrono::milliseconds time_;
  std::deque<Wait> waits_; // in the order of their time; many have come to their end otherwise
  gx::Source timer_;
};

} // namespace relevo::net
