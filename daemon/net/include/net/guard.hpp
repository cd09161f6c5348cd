// SPDX-License-Identifier: LGPL-2.1-or-later
// Who may use routes that are for this machine alone.
#pragma once

#include "net/request.hpp"

#include <string>
#include <string_view>

namespace relevo::net {

/// 127.0.0.0/8, ::1, and the former written as IPv6.
[[nodiscard]] bool is_loopback(const std::string& address) noexcept;

struct Caller {
  std::string peer;             // numeric address
  std::string_view host = {};   // the header Host; "" was not sent, which no browser does
  std::string_view origin = {}; // the header Origin; "" was not sent
  bool forwarded = false;       // a proxy says that somebody else is asking
};

/// Views of the request.
[[nodiscard]] Caller caller_of(const Request& request);

/// Whether a page of this server asks, or no page at all.
[[nodiscard]] bool is_same_origin(const Caller& caller) noexcept;

/// Why this caller is refused; empty when he is not. `own_name` is the host name under which the server is
/// reached besides localhost, and may be empty.
///
/// That a client sits on this machine is not enough: its browser runs pages of strangers. Host tells a
/// stranger's name that was made to point here (DNS rebinding), Origin tells a stranger's page.
[[nodiscard]] std::string_view refuse_stranger(const Caller& caller, std::string_view own_name);

} // namespace relevo::net
