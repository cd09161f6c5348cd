// SPDX-License-Identifier: LGPL-2.1-or-later
#include "catalog/due.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::catalog {

namespace {

std::chrono::minutes wait_after(int failures) {
  constexpr std::chrono::minutes kFirst{5}, kLongest{6 * 60};
  constexpr int kDoublings = 7;
  return std::min(kFirst * (1 << std::clamp(failures - 1, 0, kDoublings)), kLongest);
}

} // namespace

std::optional<model::Time> due(const std::string& plan, const store::RefreshState& state,
                               std::optional<model::Time> changed, const policy::UtcOffset& offset) {
  if (trim(plan).empty()) return std::nullopt;
  const auto schedule = policy::parse_schedule(plan);
  if (!schedule) return std::nullopt; // was refused when it was set
  if (!state.tried || changed >= state.tried) return model::Time{};
  const auto planned = policy::next_after(*schedule, *state.tried, offset);
  return state.state == "failed" ? std::min(planned, *state.tried + wait_after(state.failures)) : planned;
}

} // namespace relevo::catalog
