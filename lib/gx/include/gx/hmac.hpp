// SPDX-License-Identifier: LGPL-2.1-or-later
// A text signed with a secret that both sides know.
#pragma once

#include <string>
#include <string_view>

namespace relevo::gx {

/// HMAC-SHA256 in hexadecimal digits.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view text);

} // namespace relevo::gx
