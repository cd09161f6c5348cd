// SPDX-License-Identifier: LGPL-2.1-or-later
// A device that Relevo is: who it is, and what it offers.
#pragma once

#include "hdhr/device_id.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::tuner {

/// Programs that know HDHomeRun show no more channels of one device.
inline constexpr std::size_t kMostStations = 480;

/// A device has all channels, or those of a channel profile; or, of more than kMostStations, a part.
struct Device {
  hdhr::DeviceId id{};
  std::string uuid{};
  std::string auth{};    // what a device shows to its maker; here it opens nothing
  std::string name{};    // for people
  std::string profile{}; // its name; "": all channels
  std::size_t part = 0;

  bool operator==(const Device&) const = default;
};

/// `installation`: a text that no other installation has. `profile`: its number and name; 0: all channels.
/// What is the same from one start to the next depends on the numbers alone.
[[nodiscard]] Device make_device(std::string_view installation, std::int64_t profile, const std::string& name,
                                 std::size_t part);

/// At least one.
[[nodiscard]] std::size_t parts_of(std::size_t stations) noexcept;

/// A channel as such devices have them.
struct Station {
  std::string number{}; // "5", "5.1"
  std::string name{};   // without control characters
  std::string uuid{};

  bool operator==(const Station&) const = default;
};
using Stations = std::vector<Station>;

} // namespace relevo::tuner
