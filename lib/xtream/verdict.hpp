// SPDX-License-Identifier: LGPL-2.1-or-later
// What an object says that is not what was asked for.
#pragma once

#include "xtream/refusal.hpp"

namespace relevo::xtream {

/// `members`: of the object, with commas between them. `wanted`: "a list", for the message.
[[nodiscard]] Refusal refusal_of_object(std::string_view members, std::string_view wanted);

} // namespace relevo::xtream
