// SPDX-License-Identifier: LGPL-2.1-or-later
// Monitor: how the daemon is, for programs that watch it: GET /metrics and GET /ready.
#pragma once

#include "admin/tally.hpp"
#include "gx/worker_pool.hpp"
#include "net/server.hpp"
#include "sessions/sessions.hpp"

#include <functional>
#include <string>
#include <vector>

namespace relevo::admin {

struct MonitorSettings {
  std::string database{}; // its file
  std::string version{};
  std::function<std::uint64_t()> lost_events{}; // from any thread
  std::function<std::vector<std::string>()>
      obstacles{}; // from any thread: what the daemon lacks to do its work
};

/// In the main thread.
class Monitor {
 public:
  /// All of what it is given must outlive it, but for the settings.
  Monitor(net::Server& server, const Tally& tally, const sessions::Sessions& sessions,
          MonitorSettings settings);
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;

 private:
  struct Scene;

  [[nodiscard]] Scene look() const;
  [[nodiscard]] std::string write(const Scene& scene) const;
  [[nodiscard]] net::Response judge() const;

  net::Server& server_;
  const Tally& tally_;
  const sessions::Sessions& sessions_;
  const MonitorSettings settings_;
  gx::WorkerPool pool_; // last: its thread uses the others
};

} // namespace relevo::admin
