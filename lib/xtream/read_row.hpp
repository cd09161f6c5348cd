// SPDX-License-Identifier: LGPL-2.1-or-later
// One row of a list, from its JSON.
#pragma once

#include "xtream/rows.hpp"

#include <string_view>

namespace relevo::xtream {

/// Replaces `row`, whose texts keep their memory. Says why it cannot be used; "" where it can.
/// Row: Category, LiveStream, VodTitle or Series.
template <class Row>
[[nodiscard]] std::string read_row(std::string_view json, Row& row);

} // namespace relevo::xtream
