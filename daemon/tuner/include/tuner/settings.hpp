// SPDX-License-Identifier: LGPL-2.1-or-later
// How Relevo is an HDHomeRun tuner, as far as somebody may want it otherwise.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace relevo::tuner {

/// A person may want more, and programs would show nothing else.
inline constexpr unsigned kMostTuners = 32;

struct Settings {
  bool discovery = true;                      // where the server listens beyond this machine
  std::vector<std::string> profiles{};        // that are devices of their own, by name
  std::vector<std::uint16_t> ports{80, 5004}; // where the first device answers, too
  std::uint16_t device_port = 5005;           // where the second does, the third at the next one …; 0: none
  unsigned tuners = 0;                        // 0: as many as providers allow

  bool operator==(const Settings&) const = default;
};

} // namespace relevo::tuner
