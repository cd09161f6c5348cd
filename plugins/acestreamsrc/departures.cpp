// SPDX-License-Identifier: LGPL-2.1-or-later
// The way out of playbacks.
#include "departures.hpp"

#include "leases.hpp"

namespace relevo::acestreamsrc {
namespace {

using Clock = std::chrono::steady_clock;

/// For the stop commands of a process that ends. Engines that answer at all do in milliseconds.
constexpr std::chrono::seconds kLastWait{3};

} // namespace

Departures& departures() {
  static Departures of_process;
  return of_process;
}

Departures::Departures() {
  static_cast<void>(leases()); // they go after this
}

Departures::~Departures() {
  const auto end = Clock::now() + kLastWait;
  for (const auto& playback : playbacks_)
    static_cast<void>(playback->wait_until_done(end));
}

void Departures::see_off(std::shared_ptr<Playback> playback) {
  playback->leave();
  const auto now = Clock::now();
  const std::lock_guard lock(mutex_);
  std::erase_if(playbacks_, [now](const auto& gone) { return gone->wait_until_done(now); });
  playbacks_.push_back(std::move(playback));
}

} // namespace relevo::acestreamsrc
