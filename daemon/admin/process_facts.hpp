// SPDX-License-Identifier: LGPL-2.1-or-later
// What the system says of this process.
#pragma once

#include <cstdint>

namespace relevo::admin {

struct ProcessFacts {
  double cpu_seconds = 0; // of the process and of its children that have ended
  std::uint64_t resident_bytes = 0;
  std::uint64_t descriptors = 0; // open
  std::uint64_t most_descriptors = 0;
};
[[nodiscard]] ProcessFacts read_process_facts();

// The cheap ones.
[[nodiscard]] double own_cpu_seconds(); // without children
[[nodiscard]] std::uint64_t resident_bytes();

} // namespace relevo::admin
