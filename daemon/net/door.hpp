// SPDX-License-Identifier: LGPL-2.1-or-later
// Door: how many connections are open, and from whom.
#pragma once

#include "gx/guarded.hpp"
#include "net/network.hpp"

#include <cstddef>
#include <map>
#include <memory>

namespace relevo::net {

/// One connection that counts, for as long as a copy of this is there. Copies may go in any thread, and after
/// the door.
using Ticket = std::shared_ptr<void>;

struct DoorLimits {
  std::size_t connections = 1000;
  std::size_t per_site = 100; // see Network::site_of()
};

/// Lives in one thread.
class Door {
 public:
  explicit Door(DoorLimits limits) : limits_(limits) {}

  struct Admission {
    Ticket ticket;     // null: there is not even room to be told why
    bool full = false; // is to be told so and closed
  };
  /// `many_behind`: the address speaks for others, so only the total limits it.
  [[nodiscard]] Admission admit(const IpAddress& from, bool many_behind);

  [[nodiscard]] std::size_t open() const { return census_->lock()->total; }
  [[nodiscard]] bool crowded() const { return open() >= limits_.connections; }

 private:
  struct Census {
    std::size_t total = 0;
    std::map<Network, std::size_t> sites; // those that have any
  };

  DoorLimits limits_;
  std::shared_ptr<gx::Guarded<Census>> census_ = std::make_shared<gx::Guarded<Census>>();
};

} // namespace relevo::net
