// SPDX-License-Identifier: LGPL-2.1-or-later
// gzip for answers.
#pragma once

#include <string>
#include <string_view>

namespace relevo::net {

/// Whether a client that sent this Accept-Encoding takes gzip.
[[nodiscard]] bool accepts_gzip(const std::string& accept_encoding);

/// At the fastest level: answers are made once and read once.
[[nodiscard]] std::string gzip(std::string_view text);

} // namespace relevo::net
