// SPDX-License-Identifier: LGPL-2.1-or-later
// The line of an address: url|Header=value&Header=value, url|url.
#pragma once

#include "attributes.hpp"

namespace relevo::m3u {

/// Appends the address, and those of backups that stand behind it. False: more than kMaxAttributes of
/// anything.
[[nodiscard]] bool read_addresses(Text text, std::vector<Address>& out);

/// Name=value&Name=value, values percent-encoded.
[[nodiscard]] bool read_headers(Text text, Attributes& out);

[[nodiscard]] bool has_scheme(std::string_view text) noexcept;

} // namespace relevo::m3u
