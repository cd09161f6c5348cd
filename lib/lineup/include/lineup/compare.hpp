// SPDX-License-Identifier: LGPL-2.1-or-later
// How likely two names mean the same channel, and why.
#pragma once

#include "lineup/name.hpp"

#include <string>
#include <vector>

namespace relevo::lineup {

/// From this score on a match is made; from the other on somebody should look at it.
inline constexpr int kAccept = 88;
inline constexpr int kReview = 70;
/// Names that contradict each other never get more.
inline constexpr int kContradiction = 40;

struct Similarity {
  int score = 0;                      // 0 to 100
  std::vector<std::string> reasons{}; // for people, the heaviest first

  bool operator==(const Similarity&) const = default;
};

/// The same both ways. Quality counts for nothing; numbers, hours of delay and countries must agree where
/// both names tell them.
[[nodiscard]] Similarity compare(const Name& a, const Name& b);

/// The score alone, in a tenth of the time.
[[nodiscard]] int score(const Name& a, const Name& b);

/// Whether one name says what the other denies: another number, delay, coast, region, language, station or
/// country.
[[nodiscard]] bool contradict(const Name& a, const Name& b);

} // namespace relevo::lineup
