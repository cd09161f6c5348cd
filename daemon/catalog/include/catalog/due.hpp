// SPDX-License-Identifier: LGPL-2.1-or-later
// When accounts and guides are refreshed by themselves.
#pragma once

#include "policy/schedule.hpp"
#include "store/accounts.hpp"

#include <optional>
#include <string>

namespace relevo::catalog {

/// The moment from which on it is due; empty: never by itself. What was never tried is due at once, and so is
/// a file that was changed since. What failed is tried again after five minutes, and then after waits that
/// double, if its plan does not come first; what was objected to waits for its plan. `changed`: when its file
/// was, if it is one.
[[nodiscard]] std::optional<model::Time> due(const std::string& plan, const store::RefreshState& state,
                                             std::optional<model::Time> changed,
                                             const policy::UtcOffset& offset);

} // namespace relevo::catalog
