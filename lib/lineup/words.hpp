// SPDX-License-Identifier: LGPL-2.1-or-later
// How much two lists of words have in common.
#pragma once

#include <string>
#include <vector>

namespace relevo::lineup {

struct Overlap {
  double share = 0;       // of the weight of all words, 0 to 1
  bool left_in_a = false; // a word that says something has no counterpart
  bool left_in_b = false;
  bool spelled_alike = true; // no counterpart was found by likeness
};

/// Words are the same, or glued together, or one is the beginning of the other, or they differ by a typo.
[[nodiscard]] Overlap overlap(const std::vector<std::string>& a, const std::vector<std::string>& b);

} // namespace relevo::lineup
