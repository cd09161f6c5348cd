// SPDX-License-Identifier: LGPL-2.1-or-later
// Where this server is, as its clients see it: what the addresses in a playlist begin with.
#pragma once

#include "base/result.hpp"
#include "net/request.hpp"

#include <string>
#include <string_view>

namespace relevo::outputs {

/// "http://tv.lan:8383" (secure: https), of the header Host that a client sent. Whoever asks writes it, so
/// that only a name or an address is taken, and a port; an IPv6 address stands in brackets.
[[nodiscard]] Result<std::string> base_of_host(std::string_view host, bool secure);
/// What addresses in the answer begin with: what a person said, or as the client asked where that is "".
[[nodiscard]] Result<std::string> base_for(const net::Request& request, const std::string& public_address);

/// What a person says that the address is: "https://tv.example:8443/relevo". The slashes at its end go.
[[nodiscard]] Result<std::string> parse_public_address(std::string_view text);

} // namespace relevo::outputs
