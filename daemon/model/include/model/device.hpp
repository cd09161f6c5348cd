// SPDX-License-Identifier: LGPL-2.1-or-later
// Boxes that an administrator registered.
#pragma once

#include "model/account.hpp"

#include <optional>

namespace relevo::model {

using DeviceId = Id<struct Device>;

/// Who shows its MAC watches as its user, and may no more than watch.
struct Device {
  DeviceId id{};
  std::string name{}; // upper and lower case are the same
  std::string mac{};  // as stalker::parse_mac() writes it; no other has it
  UserId user{};
  bool enabled = true;
  std::optional<Time> seen{}; // last; may be some minutes behind

  bool operator==(const Device&) const = default;
};

} // namespace relevo::model
