// SPDX-License-Identifier: LGPL-2.1-or-later
// AlertWatch: raises alerts that no refresh raises, and tells of all that come and go.
#pragma once

#include "admin/dark_channels.hpp"
#include "admin/events.hpp"
#include "base/log.hpp"
#include "gx/context.hpp"
#include "gx/worker_pool.hpp"
#include "model/alert.hpp"
#include "sqlite/database.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace relevo::admin {

/// Alerts about logins that have expired, or will in three days, are raised and closed as they should be.
/// Throws sqlite::Failure.
void check_logins(sqlite::Database& database, model::Time now);

/// In the main thread. Tells "alert-raised" and "alert-closed".
class AlertWatch {
 public:
  /// All of what it is given must outlive it; `database`: its file.
  AlertWatch(std::string database, Events& events, const Log& log);
  AlertWatch(const AlertWatch&) = delete;
  AlertWatch& operator=(const AlertWatch&) = delete;
  ~AlertWatch();

  void on_event(const sessions::Event& event);
  /// Alerts may be others now. Once a minute it looks by itself.
  void look();

 private:
  using Alerts = std::map<model::AlertId, model::Alert>; // that are open
  using Work = std::function<void(sqlite::Database&)>;

  void submit(Work work);
  void compare(const Alerts& before, const Alerts& after);
  void tell(const char* what, const model::Alert& alert);

  const std::string file_;
  Events& events_;
  const Log& log_;
  DarkChannels dark_;
  std::optional<Alerts> known_; // empty: not looked yet
  bool looking_ = false;        // and what changes meanwhile is not seen
  gx::Source timer_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // for what was posted and comes too late
  gx::WorkerPool pool_;                                        // last: its thread uses the others
};

} // namespace relevo::admin
