// SPDX-License-Identifier: LGPL-2.1-or-later
// Listener: one endpoint, and the connections that come to it.
#pragma once

#include "base/log.hpp"
#include "base/result.hpp"
#include "gx/context.hpp"
#include "gx/ref.hpp"
#include "net/endpoint.hpp"

#include <functional>
#include <gio/gio.h>
#include <string>

namespace relevo::net {

/// Lives in the thread of the default main context, and calls `take` there. GSocketService takes one
/// connection in two or three turns of the main loop, each of which looks at every connection that is open:
/// whoever comes behind 2,000 others waits for seconds. This one takes many in a turn.
class Listener {
 public:
  using Take = std::function<void(GSocketConnection*)>;
  Listener(const Log& log, Take take) : log_(log), take_(std::move(take)) {}
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// Where it then listens: `endpoint` with the port that is in use. Once.
  [[nodiscard]] Result<Endpoint> listen(Endpoint endpoint);

 private:
  void watch();
  void take_waiting();
  void pause(const std::string& reason);

  const Log& log_;
  const Take take_;
  gx::Ref<GSocket> socket_;
  gx::Source turn_;      // somebody is there; or, after a failure, the time to try again
  bool failing_ = false; // and that was told
};

} // namespace relevo::net
