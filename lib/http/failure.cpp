// SPDX-License-Identifier: LGPL-2.1-or-later
// The names of failures.
#include "http/failure.hpp"

namespace relevo::http {

std::string_view name_of(Failure failure) noexcept {
  switch (failure) {
  case Failure::BadUrl: return "bad-url";
  case Failure::BadHeader: return "bad-header";
  case Failure::Dns: return "dns";
  case Failure::Refused: return "refused";
  case Failure::Forbidden: return "forbidden";
  case Failure::Tls: return "tls";
  case Failure::Proxy: return "proxy";
  case Failure::ConnectTimeout: return "connect-timeout";
  case Failure::FirstByteTimeout: return "first-byte-timeout";
  case Failure::Stalled: return "stalled";
  case Failure::TotalTimeout: return "total-timeout";
  case Failure::Disconnected: return "disconnected";
  case Failure::BadResponse: return "bad-response";
  case Failure::Redirect: return "redirect";
  case Failure::TooLarge: return "too-large";
  case Failure::Truncated: return "truncated";
  case Failure::Aborted: return "aborted";
  case Failure::Cancelled: return "cancelled";
  }
  return "unknown";
}

} // namespace relevo::http
