// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/local_time.hpp"

#include <ctime>
#include <glib.h>

namespace relevo::gx {

std::chrono::seconds utc_offset(std::chrono::sys_seconds time) {
  const std::time_t moment = time.time_since_epoch().count();
  std::tm local{};
  if (!localtime_r(&moment, &local)) return std::chrono::seconds(0); // a year beyond what its numbers hold
  return std::chrono::seconds(local.tm_gmtoff);
}

std::string zone_name() {
  GTimeZone* zone = g_time_zone_new_local();
  std::string name = g_time_zone_get_identifier(zone);
  g_time_zone_unref(zone);
  // "CET-1CEST" and the like say how far, but not where.
  return name.find('/') == std::string::npos ? std::string() : name;
}

} // namespace relevo::gx
