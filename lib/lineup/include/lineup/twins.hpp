// SPDX-License-Identifier: LGPL-2.1-or-later
// Which of many channels may be the same one, for somebody to look at.
#pragma once

#include "lineup/compare.hpp"
#include "lineup/grouping.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace relevo::lineup {

struct Twins {
  std::size_t first = 0; // positions in what was given, the lower one first
  std::size_t second = 0;
  Similarity alike{}; // kReview or more

  bool operator==(const Twins&) const = default;
};

/// Pairs whose names have the same words and numbers, and differ in what only one of them tells; the most
/// alike first, then in the order that was given. A name that very many have is no hint and makes none.
[[nodiscard]] std::vector<Twins> find_twins(std::span<const StreamFacts> channels);

} // namespace relevo::lineup
