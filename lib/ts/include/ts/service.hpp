// SPDX-License-Identifier: LGPL-2.1-or-later
// The name under which a service is announced in the SDT.
#pragma once

#include "base/bytes.hpp"

#include <optional>
#include <string>

namespace relevo::ts {

struct ServiceName {
  std::uint8_t type = 0; // EN 300 468, table 89: 1 television, 2 radio …
  std::string provider;  // UTF-8
  std::string name;      // UTF-8
};

/// From the service descriptor of a loop; none without one, or when its lengths lie.
[[nodiscard]] std::optional<ServiceName> service_name_of(Bytes loop);

/// Text of an SI table (EN 300 468, annex A) as UTF-8, without control codes. Text that is UTF-8, announced
/// or not, stays; every other is read as Latin, in which the names of services are almost always written.
[[nodiscard]] std::string decode_text(Bytes text);

} // namespace relevo::ts
