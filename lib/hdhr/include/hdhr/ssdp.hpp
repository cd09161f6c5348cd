// SPDX-License-Identifier: LGPL-2.1-or-later
// SSDP, by which UPnP devices are found: searches read, answers and notices written.
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace relevo::hdhr {

/// "M-SEARCH": who is there that is this?
struct SsdpSearch {
  std::string target{}; // "ssdp:all", "upnp:rootdevice", "uuid:…", "urn:…"

  bool operator==(const SsdpSearch&) const = default;
};
/// Refused: everything else that is heard on its port, as the notices of others.
[[nodiscard]] Result<SsdpSearch> parse_ssdp_search(std::string_view datagram);

struct SsdpDevice {
  std::string uuid{};
  std::string location{}; // of its description
  std::string server{};   // "Debian/12 UPnP/1.0 Relevo/1"
};

constexpr std::string_view kSsdpGroup = "239.255.255.250";
constexpr std::uint16_t kSsdpPort = 1900;
/// So long what was announced is believed, in seconds.
constexpr unsigned kSsdpAge = 1800;
/// The type that a device has.
constexpr std::string_view kSsdpDeviceType = "urn:schemas-upnp-org:device:MediaServer:1";

/// As what a device is announced: a root device, itself, and its type.
[[nodiscard]] std::array<std::string, 3> ssdp_types(std::string_view uuid);

/// `type`: one of the device's.
[[nodiscard]] std::string write_ssdp_answer(const SsdpDevice& device, std::string_view type);
[[nodiscard]] std::string write_ssdp_alive(const SsdpDevice& device, std::string_view type);
[[nodiscard]] std::string write_ssdp_byebye(const SsdpDevice& device, std::string_view type);

} // namespace relevo::hdhr
