// SPDX-License-Identifier: LGPL-2.1-or-later
// Why a fetch came to nothing.
#pragma once

#include <string>
#include <string_view>

namespace relevo::http {

/// An HTTP status is not among them: 404 and 503 are answers.
enum class Failure {
  BadUrl,           // the URL, or that of a redirect, is no http(s) URL
  BadHeader,        // a header of the request cannot be sent
  Dns,              // the name has no address, or its server did not say
  Refused,          // no connection: refused, unreachable, reset
  Forbidden,        // ClientOptions::reach does not allow the address
  Tls,              // no secure connection, or a certificate that cannot be trusted
  Proxy,            // the proxy cannot be reached, is not usable, or refused to pass us on
  ConnectTimeout,   // Deadlines::connect
  FirstByteTimeout, // Deadlines::first_byte
  Stalled,          // Deadlines::silence
  TotalTimeout,     // Deadlines::total
  Disconnected,     // connected, then closed before an answer
  BadResponse,      // what came is not HTTP, or in an encoding that nobody asked for
  Redirect,         // a loop, too many hops, no target, or a body that would go to another host
  TooLarge,         // more than Request::max_body_bytes
  Truncated,        // the body ended before its announced end
  Aborted,          // the consumer wanted no more
  Cancelled,        // the token said so
};

/// A fixed name for logs and statistics: "dns", "first-byte-timeout" …
[[nodiscard]] std::string_view name_of(Failure failure) noexcept;

struct FetchError {
  Failure kind;
  std::string message;     // for people: what and where, without secrets
  bool redirected = false; // it happened where a redirect led to
};

} // namespace relevo::http
