// SPDX-License-Identifier: LGPL-2.1-or-later
// What is kept of how a stream played, as its members.
#pragma once

#include "admin/fields.hpp"
#include "store/stream_past.hpp"

namespace relevo::admin {

/// What of a penalty says nothing any more.
inline constexpr double kLeastPenalty = 0.05;

[[nodiscard]] std::chrono::minutes penalty_half_life();

/// Puts "measured", "last_failure" and "penalty" into the JSON of a stream.
void add_past(Json& stream, const store::StreamPast& past, model::Moment now);
void add_past_schema(Json& schema);

} // namespace relevo::admin
