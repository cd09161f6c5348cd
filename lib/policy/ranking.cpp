// SPDX-License-Identifier: LGPL-2.1-or-later
// The order in which sources are tried.
#include "policy/ranking.hpp"

#include <algorithm>
#include <numeric>

namespace relevo::policy {

std::vector<std::size_t> rank(std::span<const int> levels) {
  std::vector<std::size_t> order(levels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [levels](std::size_t a, std::size_t b) { return levels[a] < levels[b]; });
  return order;
}

} // namespace relevo::policy
