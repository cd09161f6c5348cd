// SPDX-License-Identifier: LGPL-2.1-or-later
// Tally: what sessions did since the program began, in figures that only grow.
#pragma once

#include "sessions/event.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace relevo::admin {

struct Tally {
  void count(const sessions::Event& event);

  std::uint64_t opened = 0;
  std::uint64_t tried = 0;                     // sources
  std::map<std::string, std::uint64_t> failed; // sources, by the name of the failure
  std::uint64_t slots_refused = 0;
  std::uint64_t switched = 0; // from a source to another one
  std::uint64_t all_failed = 0;
  std::uint64_t joined = 0;
  std::uint64_t refused = 0;
  std::uint64_t bytes = 0; // of viewers who have gone, as the next one
  std::uint64_t skips = 0;
};

} // namespace relevo::admin
