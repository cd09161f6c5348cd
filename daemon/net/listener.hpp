// SPDX-License-Identifier: LGPL-2.1-or-later
// Listener: one endpoint, and the connections that come to it.
#pragma once

#include "base/result.hpp"
#include "gx/ref.hpp"
#include "gx/signal.hpp"
#include "net/endpoint.hpp"

#include <functional>
#include <gio/gio.h>

namespace relevo::net {

/// Lives in the thread of the default main context, and calls `take` there. A service that is told of a
/// second endpoint drops the connection that it has just accepted at the first one, so each endpoint has its
/// own.
class Listener {
 public:
  explicit Listener(std::function<void(GSocketConnection*)> take);
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener();

  /// Where it then listens: `endpoint` with the port that is in use. Once.
  [[nodiscard]] Result<Endpoint> listen(Endpoint endpoint);

 private:
  gx::Ref<GSocketService> service_;
  gx::SignalConnection incoming_;
};

} // namespace relevo::net
