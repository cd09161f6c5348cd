// SPDX-License-Identifier: LGPL-2.1-or-later
// Rules for programmes that no guide has, in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/dummy_rule.hpp"
#include "sqlite/database.hpp"

#include <optional>
#include <vector>

namespace relevo::store {

/// In the order in which they are tried.
[[nodiscard]] std::vector<model::DummyRule> load_dummy_rules(sqlite::Database& database);
[[nodiscard]] std::optional<model::DummyRule> find_dummy_rule(sqlite::Database& database,
                                                              model::DummyRuleId id);
/// New where it has no id, which it then has: it is tried last.
void save_dummy_rule(sqlite::Database& database, model::DummyRule& rule);
bool erase_dummy_rule(sqlite::Database& database, model::DummyRuleId id);

} // namespace relevo::store
