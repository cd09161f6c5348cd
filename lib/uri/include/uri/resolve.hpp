// SPDX-License-Identifier: LGPL-2.1-or-later
// References resolved against the address of the document that they stand in.
#pragma once

#include <string>
#include <string_view>

namespace relevo::uri {

/// The target of `reference` in a document that came from `base`, by RFC 3986, section 5.2 (strict). Takes
/// anything: what is no URI is taken apart as if it were one, and nothing is escaped or unescaped. To be
/// followed, the result needs a check of its scheme and host.
[[nodiscard]] std::string resolve_reference(std::string_view base, std::string_view reference);

} // namespace relevo::uri
