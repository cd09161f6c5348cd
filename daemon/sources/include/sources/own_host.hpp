// SPDX-License-Identifier: LGPL-2.1-or-later
// Whose host it is that a person typed, and where what came with it may lead.
#pragma once

#include "ip/reach.hpp"
#include "model/account.hpp"

#include <optional>
#include <string>

namespace relevo::sources {

/// The URL of its panel or list. "": it has none, but a file or what a person entered.
[[nodiscard]] std::string own_url_of(const model::Account& account);

/// That of its URL: all other hosts were told by what it lists. "": there is none. Empty: no provider told
/// anything, but a file of this machine.
[[nodiscard]] std::optional<std::string> own_host_of(const model::Account& account);

/// The rules for all, with what is known of where an address comes from.
[[nodiscard]] ip::Reach reach_from(const std::optional<std::string>& own_host, ip::Reach rules);

} // namespace relevo::sources
