// SPDX-License-Identifier: LGPL-2.1-or-later
// What a client has already.
#pragma once

#include <string>
#include <string_view>

namespace relevo::net {

/// Whether a client that sent this If-None-Match has the thing in this state (Response::etag). The server
/// asks this of every answer; a handler asks to spare itself the work.
[[nodiscard]] bool knows_etag(const std::string& if_none_match, std::string_view etag);

} // namespace relevo::net
