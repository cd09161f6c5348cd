// SPDX-License-Identifier: LGPL-2.1-or-later
// Asking a panel for its lists, and for what it thinks of the logins.
#pragma once

#include "sources/fetch.hpp"

namespace relevo::sources {

/// As fetch(). The lists come through the first login that the panel knows.
[[nodiscard]] Got<Fetched> fetch_xtream(const FetchPlan& plan,
                                        const std::function<void(std::uint64_t, std::uint64_t)>& on_bytes,
                                        const gx::CancelToken& token);

} // namespace relevo::sources
