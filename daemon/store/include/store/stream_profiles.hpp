// SPDX-License-Identifier: LGPL-2.1-or-later
// Stream profiles in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/stream_profile.hpp"
#include "sqlite/database.hpp"

#include <optional>
#include <vector>

namespace relevo::store {

/// Those that come with the program first.
[[nodiscard]] std::vector<model::StreamProfile> load_stream_profiles(sqlite::Database& database);
[[nodiscard]] std::optional<model::StreamProfile> find_stream_profile(sqlite::Database& database,
                                                                      model::StreamProfileId id);
/// New where it has no id, which it then has.
void save_stream_profile(sqlite::Database& database, model::StreamProfile& profile);
/// Who chose it has chosen none then. False: there is none.
bool erase_stream_profile(sqlite::Database& database, model::StreamProfileId id);

} // namespace relevo::store
