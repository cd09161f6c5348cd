// SPDX-License-Identifier: LGPL-2.1-or-later
// What an HDHomeRun answers by HTTP, as texts. `base`: the address of the device, without a slash at its end.
#pragma once

#include "tuner/device.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace relevo::tuner {

/// Those of a real one, which programs choose by what they ask; it is known to need no more than we do.
inline constexpr std::string_view kModel = "HDHR4-2US";
inline constexpr std::string_view kFirmwareName = "hdhomerun4_atsc";
inline constexpr std::string_view kFirmwareVersion = "20250101"; // of an old one, programs want an update

[[nodiscard]] std::string write_discover(const Device& device, const std::string& base, unsigned tuners);
[[nodiscard]] std::string write_lineup_json(const Stations& stations, const std::string& base);
[[nodiscard]] std::string write_lineup_xml(const Stations& stations, const std::string& base);
[[nodiscard]] std::string write_lineup_m3u(const Stations& stations, const std::string& base);
[[nodiscard]] std::string_view lineup_status() noexcept;
/// UPnP's description of a device.
[[nodiscard]] std::string write_description(const Device& device, const std::string& base);

/// What a tuner does.
struct TunerState {
  std::string number{};      // of the station; "": nothing, and the rest says nothing
  std::string name{};        // "", as for the next one: that is not told
  std::string target{};      // address of who gets it
  std::uint64_t bitrate = 0; // bits a second
};
[[nodiscard]] std::string write_status(std::span<const TunerState> tuners);

/// Where a station plays. Nothing stands behind it: some programs append a query of their own.
[[nodiscard]] std::string stream_url(const std::string& base, const Station& station);
/// What a segment like "v5.1" of such an address means; "" where it means nothing.
[[nodiscard]] std::string_view station_in(std::string_view segment) noexcept;

} // namespace relevo::tuner
