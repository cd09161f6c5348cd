// SPDX-License-Identifier: LGPL-2.1-or-later
// Secrets taken out of URLs, headers and free text before anyone sees them in a log, an error or an answer.
#pragma once

#include <string>
#include <string_view>

namespace relevo::uri {

/// What stands where a secret was.
inline constexpr std::string_view kRedacted = "***";

/// The same URL, still readable, without what would let a reader use the account: userinfo, query parameters
/// with credentials, the account in Xtream Codes paths, MAC addresses, long opaque path tokens, and player
/// headers behind a
/// '|'. Takes anything, also what is no URL. Where it is in doubt it hides.
[[nodiscard]] std::string redact_url(std::string_view url);

/// `kRedacted` for the headers that carry credentials, otherwise the value as free text.
[[nodiscard]] std::string redact_header(std::string_view name, std::string_view value);

/// Free text (a library's error message, a log line) with every URL, credential header and MAC address in it
/// redacted.
[[nodiscard]] std::string redact_text(std::string_view text);

} // namespace relevo::uri
