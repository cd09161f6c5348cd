// SPDX-License-Identifier: LGPL-2.1-or-later
#include "access/damper.hpp"

#include <utility>

namespace relevo::access {

bool Damper::pass(const std::string& kind, Moment now) {
  if (told_.empty() || now - begin_ >= settings_.window) {
    told_.clear();
    begin_ = now;
  }
  if (told_.size() < settings_.kinds && told_.insert(kind).second) return true;
  ++dropped_;
  return false;
}

std::uint64_t Damper::take_dropped() noexcept {
  return std::exchange(dropped_, 0);
}

} // namespace relevo::access
