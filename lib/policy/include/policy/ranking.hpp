// SPDX-License-Identifier: LGPL-2.1-or-later
// The order in which sources are tried.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace relevo::policy {

/// Positions in the list, best first: by level of penalty, and in the order of the list among equals.
[[nodiscard]] std::vector<std::size_t> rank(std::span<const int> levels);

} // namespace relevo::policy
