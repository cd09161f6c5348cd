// SPDX-License-Identifier: LGPL-2.1-or-later
// Slots: the connections that a login allows, counted.
#pragma once

#include <map>
#include <string>

namespace relevo::policy {

/// Each key has a counter of its own. Whoever takes a slot gives it back exactly once.
class SlotTable {
 public:
  static constexpr unsigned kUnlimited = 0;

  /// False: `limit` are taken already. The limit is that of this call, as settings change; it does not end
  /// what was taken before.
  [[nodiscard]] bool take(const std::string& key, unsigned limit);
  void give_back(const std::string& key);
  [[nodiscard]] unsigned taken(const std::string& key) const;

 private:
  std::map<std::string, unsigned> taken_; // no zeros
};

} // namespace relevo::policy
