// SPDX-License-Identifier: LGPL-2.1-or-later
// Control: connections by which programs tell tuners what to do.
#pragma once

#include "gx/context.hpp"
#include "gx/descriptor.hpp"
#include "gx/ref.hpp"
#include "gx/signal.hpp"
#include "hdhr/messages.hpp"
#include "ip/network.hpp"

#include <functional>
#include <gio/gio.h>
#include <list>
#include <memory>
#include <string>

namespace relevo::tuner {

/// Lives in the main thread.
class Control {
 public:
  struct House {
    std::function<bool(const ip::IpAddress&)> welcomes{};
    std::function<std::string(const hdhr::GetSet& request, const std::string& from)> answer{}; // a packet
  };
  /// `address` "": all of this machine.
  [[nodiscard]] static Result<gx::Ref<GSocketService>> open(const std::string& address);
  Control(gx::Ref<GSocketService> service, House house);
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;
  ~Control();

 private:
  class Connection;

  void take(GSocketConnection* connection);

  const House house_;
  gx::Ref<GSocketService> service_;
  gx::SignalConnection incoming_;
  std::list<std::unique_ptr<Connection>> connections_; // those that were silent for longest first
};

} // namespace relevo::tuner
