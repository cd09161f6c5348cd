// SPDX-License-Identifier: LGPL-2.1-or-later
#include "catalog/due.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::catalog {

std::optional<model::Time> due(const std::string& plan, const store::RefreshState& state,
                               const policy::UtcOffset& offset) {
  constexpr std::chrono::minutes kRetry{15};
  if (trim(plan).empty()) return std::nullopt;
  const auto schedule = policy::parse_schedule(plan);
  if (!schedule) return std::nullopt; // was refused when it was set
  if (!state.tried) return model::Time{};
  const auto planned = policy::next_after(*schedule, *state.tried, offset);
  return state.state == "failed" ? std::min(planned, *state.tried + kRetry) : planned;
}

} // namespace relevo::catalog
