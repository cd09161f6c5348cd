// SPDX-License-Identifier: LGPL-2.1-or-later
// What tshlssrc can be told.
#pragma once

#include "gstx/property.hpp"

namespace relevo::tshlssrc {

using std::chrono::milliseconds;

struct Settings {
  std::string location;
  std::string user_agent = "Relevo/" RELEVO_VERSION;
  gstx::Pairs headers;
  std::string cookies;
  std::string proxy;
  std::string reach;
  bool strict_tls = true;
  std::uint64_t max_bandwidth = 0; // bit/s; 0: any
  std::uint32_t max_height = 0;    // lines; 0: any
  milliseconds burst{2000};
  milliseconds connect_timeout{4000};
  milliseconds first_byte_timeout{5000};
  milliseconds stall_timeout{4000};
};

[[nodiscard]] const gstx::Properties<Settings>& settings_table();

} // namespace relevo::tshlssrc
