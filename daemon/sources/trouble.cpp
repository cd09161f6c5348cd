// SPDX-License-Identifier: LGPL-2.1-or-later
#include "sources/trouble.hpp"

namespace relevo::sources {

std::string_view name_of(Cause cause) noexcept {
  switch (cause) {
  case Cause::Other: break;
  case Cause::Address: return "address";
  case Cause::Dns: return "dns";
  case Cause::Refused: return "refused";
  case Cause::Forbidden: return "forbidden";
  case Cause::Tls: return "tls";
  case Cause::Proxy: return "proxy";
  case Cause::Timeout: return "timeout";
  case Cause::BrokeOff: return "broke-off";
  case Cause::Status: return "status";
  case Cause::Unavailable: return "unavailable";
  case Cause::Login: return "login";
  case Cause::NoLogin: return "no-login";
  case Cause::NoList: return "no-list";
  case Cause::File: return "file";
  case Cause::Disk: return "disk";
  case Cause::Unreadable: return "unreadable";
  case Cause::Filter: return "filter";
  case Cause::Database: return "database";
  case Cause::Cancelled: return "cancelled";
  }
  return "other";
}

} // namespace relevo::sources
