// SPDX-License-Identifier: LGPL-2.1-or-later
// The counters of the process.
#include "slots.hpp"

#include "gx/guarded.hpp"
#include "policy/slots.hpp"

namespace relevo::m3uprofilesel {
namespace {

gx::Guarded<policy::SlotTable>& slots() {
  static auto* const table = new gx::Guarded<policy::SlotTable>; // outlives every element and thread
  return *table;
}

} // namespace

std::optional<SlotLease> take_slot(const std::string& account, const std::string& login, unsigned limit) {
  const std::string key = account + '\n' + login;
  if (!slots().lock()->take(key, limit)) return std::nullopt;
  return SlotLease([key] { slots().lock()->give_back(key); });
}

} // namespace relevo::m3uprofilesel
