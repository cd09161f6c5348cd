// SPDX-License-Identifier: LGPL-2.1-or-later
#include "access/throttle.hpp"

#include <algorithm>

namespace relevo::access {

using std::chrono::milliseconds;
using std::chrono::seconds;

milliseconds Throttle::wait(const std::string& who, Moment now) const {
  const auto found = failures_.find(who);
  if (found == failures_.end() || found->second.until <= now) return milliseconds{0};
  return std::chrono::ceil<milliseconds>(found->second.until - now);
}

void Throttle::fail(const std::string& who, Moment now) {
  if (failures_.size() >= settings_.most && !failures_.contains(who)) make_room();
  auto& failures = failures_[who];
  if (failures.count > 0 && now - failures.last > settings_.memory) failures = {};
  failures.last = now;
  ++failures.count;
  if (failures.count <= settings_.free) return;
  const unsigned doublings = std::min(failures.count - settings_.free - 1, 20U);
  failures.until = now + std::min<seconds>(settings_.first * (1U << doublings), settings_.longest);
}

void Throttle::undo(const std::string& who) {
  const auto found = failures_.find(who);
  if (found == failures_.end()) return;
  found->second.until = {}; // he did not have to wait when he tried
  if (--found->second.count == 0) failures_.erase(found);
}

void Throttle::make_room() {
  const auto older = [](const auto& a, const auto& b) { return a.second.last < b.second.last; };
  failures_.erase(std::min_element(failures_.begin(), failures_.end(), older));
}

} // namespace relevo::access
