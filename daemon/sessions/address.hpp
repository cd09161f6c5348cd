// SPDX-License-Identifier: LGPL-2.1-or-later
// The URL by which a stream is played through a login.
#pragma once

#include "base/result.hpp"
#include "model/stream.hpp"

#include <optional>
#include <string_view>

namespace relevo::sessions {

/// Made of the login for the stream of a panel; else the stream's own, rewritten as the login says. `login`
/// null: an account without logins.
[[nodiscard]] Result<std::string> make_address(const model::Account& account, const model::Stream& stream,
                                               const model::Login* login);

/// As Source::own_host; `address` is what make_address() gave.
[[nodiscard]] std::optional<std::string> find_own_host(const model::Account& account,
                                                       const model::Login* login, std::string_view address);

} // namespace relevo::sessions
