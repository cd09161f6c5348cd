// SPDX-License-Identifier: LGPL-2.1-or-later
// Counting slots.
#include "policy/slots.hpp"

#include <cassert>

namespace relevo::policy {

bool SlotTable::take(const std::string& key, unsigned limit) {
  if (limit != kUnlimited && taken(key) >= limit) return false;
  ++taken_[key];
  return true;
}

void SlotTable::give_back(const std::string& key) {
  const auto found = taken_.find(key);
  assert(found != taken_.end());
  if (--found->second == 0) taken_.erase(found);
}

unsigned SlotTable::taken(const std::string& key) const {
  const auto found = taken_.find(key);
  return found == taken_.end() ? 0 : found->second;
}

} // namespace relevo::policy
