// SPDX-License-Identifier: LGPL-2.1-or-later
// The streams of an account as its list told them.
#pragma once

#include "model/stream.hpp"
#include "sqlite/database.hpp"

#include <functional>

namespace relevo::store {

/// Calls `visit` for each stream that the list still has, in its order, until that says false: with kind,
/// name, group and URL. Throws sqlite::Failure.
void visit_streams(const sqlite::Database& database, model::AccountId account,
                   const std::function<bool(const model::Found&)>& visit);

} // namespace relevo::store
