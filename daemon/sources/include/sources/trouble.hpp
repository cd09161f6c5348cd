// SPDX-License-Identifier: LGPL-2.1-or-later
// Trouble: why a list or guide could not be had, in words and as one word.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string_view>

namespace relevo::sources {

enum class Cause : std::uint8_t {
  Other,
  Address,     // it leads nowhere: no URL, or redirects without an end
  Dns,         // the name has no address
  Refused,     // no connection
  Forbidden,   // nobody may be led there
  Tls,         // no secure connection
  Proxy,       // the proxy does not pass us on
  Timeout,     // it took too long
  BrokeOff,    // the answer ended before its end
  Status,      // an answer that is no success: Trouble::status
  Unavailable, // the panel cannot answer now
  Login,       // the panel does not want the login
  NoLogin,     // the account has none
  NoList,      // none was uploaded yet
  File,        // it cannot be read
  Disk,        // nothing can be written
  Unreadable,  // what came is something else, or broken
  Filter,      // one of the account's own is malformed, or takes too long
  Database,    // ours
  Cancelled,
};
[[nodiscard]] std::string_view name_of(Cause cause) noexcept; // "address", "dns" …

/// The message is for people, without secrets.
struct Trouble : Error {
  Trouble(Error error, Cause why = Cause::Other, unsigned code = 0)
      : Error(std::move(error)), cause(why), status(code) {}

  Cause cause;
  unsigned status; // of HTTP
};

template <class T>
using Got = tl::expected<T, Trouble>;

[[nodiscard]] inline tl::unexpected<Trouble> fail(Cause cause, std::string message, unsigned status = 0) {
  return tl::unexpected<Trouble>(Trouble({std::move(message)}, cause, status));
}

} // namespace relevo::sources
