// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/dark_channels.hpp"

namespace relevo::admin {

DarkChannels::Change DarkChannels::take(const sessions::Event& event) {
  using enum sessions::Happening;
  if (event.what == Switched) {
    const auto found = dark_.extract(event.channel);
    return event.from.empty() || found ? Change::Light : Change::None;
  }
  if (event.what != AllFailed) return Change::None;
  auto& darkness = dark_.try_emplace(event.channel, Darkness{event.at}).first->second;
  if (darkness.told || event.at - darkness.since < kPatience) return Change::None;
  darkness.told = true;
  return Change::Dark;
}

} // namespace relevo::admin
