// SPDX-License-Identifier: LGPL-2.1-or-later
// The numbers by which clients know HDHomeRun devices.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace relevo::hdhr {

struct DeviceId {
  std::uint32_t value = 0;

  auto operator<=>(const DeviceId&) const = default;
};

/// Whether its last digit is the checksum of the others: programs refuse to look for any other.
[[nodiscard]] bool is_valid(DeviceId id) noexcept;

/// The same for the same seed, valid, and none of devices that had no lineup: some programs ask those for
/// none.
[[nodiscard]] DeviceId make_device_id(std::uint64_t seed) noexcept;

/// Eight upper-case hexadecimal digits.
[[nodiscard]] std::string write(DeviceId id);

} // namespace relevo::hdhr
