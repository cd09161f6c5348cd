// SPDX-License-Identifier: LGPL-2.1-or-later
// Values of JSON as panels write them: numbers as text, text as numbers, null and "" for nothing.
#pragma once

#include "xtream/rows.hpp"

#include <string_view>
#include <variant>

namespace relevo::xtream {

/// monostate: null, and whatever is none of these. The view belongs to somebody else.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string_view>;

// Each is empty, false or "" where the value is no such thing.

[[nodiscard]] std::optional<std::int64_t> to_integer(const Value& value);
[[nodiscard]] std::optional<double> to_real(const Value& value);
[[nodiscard]] bool to_flag(const Value& value);
/// Seconds since 1970; 0 means none.
[[nodiscard]] std::optional<Moment> to_moment(const Value& value);
/// Not negative; -1 where it is none.
[[nodiscard]] Id to_id(const Value& value);
/// Replaces `out`. Control characters become blanks, and blanks at the ends go.
void to_text(const Value& value, std::string& out);

} // namespace relevo::xtream
