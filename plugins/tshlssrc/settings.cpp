// SPDX-License-Identifier: LGPL-2.1-or-later
// The properties of tshlssrc.
#include "settings.hpp"

namespace relevo::tshlssrc {

const gstx::Properties<Settings>& settings_table() {
  using enum gstx::Mutable;
  using gstx::property;
  static const gstx::Properties<Settings> properties{
      property({"location", "Location", "Address of the playlist, master or media: http or https"},
               &Settings::location, Ready),
      property({"user-agent", "User agent", "Value of the User-Agent header; empty sends none"},
               &Settings::user_agent, Ready),
      property({"extra-headers", "Extra headers",
                "Further headers of every request, for playlists, segments and keys, name to value"},
               &Settings::headers, Ready),
      property({"cookies", "Cookies", "Value of the Cookie header of every request"}, &Settings::cookies,
               Ready),
      property({"proxy", "Proxy", "HTTP proxy: http://user:password@host:port; empty connects directly"},
               &Settings::proxy, Ready),
      property({"reach", "Reach",
                "Which addresses may be connected to, as in \"private=own own=panel.example "
                "networks=10.0.0.0/8 port=8383\"; empty: all"},
               &Settings::reach, Ready),
      property({"strict-tls", "Strict TLS", "Whether a certificate must be one that can be trusted"},
               &Settings::strict_tls, Ready),
      property({"max-bandwidth", "Maximum bandwidth",
                "Bits a second that a variant may take at most; 0: the best variant"},
               &Settings::max_bandwidth, Ready),
      property({"max-height", "Maximum height", "Lines that a variant may have at most; 0: the best variant"},
               &Settings::max_height, Ready),
      property({"burst", "Burst", "How much media may leave at once at the start, in milliseconds"},
               &Settings::burst, Ready),
      property({"connect-timeout", "Connect timeout", "How long a connection may take, in milliseconds"},
               &Settings::connect_timeout, Ready),
      property({"first-byte-timeout", "First byte timeout",
                "How long an answer may take once connected, in milliseconds"},
               &Settings::first_byte_timeout, Ready),
      property(
          {"stall-timeout", "Stall timeout",
           "How long a download may bring no byte before it has failed, in milliseconds; 0 waits for ever"},
          &Settings::stall_timeout, Ready),
  };
  return properties;
}

} // namespace relevo::tshlssrc
