// SPDX-License-Identifier: LGPL-2.1-or-later
// Departures: playbacks that were left and have not yet given everything back.
#pragma once

#include "playback.hpp"

#include <list>
#include <memory>
#include <mutex>

namespace relevo::acestreamsrc {

/// No state change waits for an engine: what is left goes its way here. At the end of the process it is given
/// a little time, and then broken off. Any thread may call any member.
class Departures {
 public:
  Departures();
  Departures(const Departures&) = delete;
  Departures& operator=(const Departures&) = delete;
  ~Departures();

  void see_off(std::shared_ptr<Playback> playback);

 private:
  std::mutex mutex_;
  std::list<std::shared_ptr<Playback>> playbacks_; // under mutex_
};

/// Those of this process.
[[nodiscard]] Departures& departures();

} // namespace relevo::acestreamsrc
