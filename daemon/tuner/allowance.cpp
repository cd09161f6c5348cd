// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tuner/allowance.hpp"

namespace relevo::tuner {

bool Allowance::take(const ip::IpAddress& to, Time now) {
  if (now - since_ >= kWhile) {
    since_ = now;
    sent_.clear();
  }
  auto known = sent_.find(to);
  if (known == sent_.end()) {
    if (sent_.size() >= kMostAddresses) return false;
    known = sent_.emplace(to, 0).first;
  }
  if (known->second >= kMostEach) return false;
  ++known->second;
  return true;
}

} // namespace relevo::tuner
