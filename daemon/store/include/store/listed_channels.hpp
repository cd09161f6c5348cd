// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels as players are told of them, one row at a time. All functions throw sqlite::Failure.
#pragma once

#include "model/listed_channel.hpp"
#include "sqlite/database.hpp"

#include <cstddef>
#include <functional>

namespace relevo::store {

[[nodiscard]] std::size_t count_channels(const sqlite::Database& database);

/// All, in the order of their ids. What the views show is only there during the call.
void visit_channels(const sqlite::Database& database,
                    const std::function<void(const model::ListedChannel&)>& visit);

} // namespace relevo::store
