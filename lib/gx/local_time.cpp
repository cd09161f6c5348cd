// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/local_time.hpp"

#include <ctime>

namespace relevo::gx {

std::chrono::seconds utc_offset(std::chrono::sys_seconds time) {
  const std::time_t moment = time.time_since_epoch().count();
  std::tm local{};
  if (!localtime_r(&moment, &local)) return std::chrono::seconds(0); // a year beyond what its numbers hold
  return std::chrono::seconds(local.tm_gmtoff);
}

} // namespace relevo::gx
