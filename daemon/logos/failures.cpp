// SPDX-License-Identifier: LGPL-2.1-or-later
#include "logos/failures.hpp"

#include <algorithm>
#include <utility>

namespace relevo::logos {

void Failures::remember(const std::string& what, std::string why, Time until) {
  if (all_.size() >= most_ && !all_.contains(what))
    all_.erase(std::ranges::min_element(all_, {}, [](const auto& one) { return one.second.until; }));
  all_.insert_or_assign(what, Failure{std::move(why), until});
}

std::optional<std::string> Failures::find(const std::string& what, Time now) const {
  const auto found = all_.find(what);
  if (found == all_.end() || found->second.until <= now) return std::nullopt;
  return found->second.why;
}

} // namespace relevo::logos
