// SPDX-License-Identifier: LGPL-2.1-or-later
// Guides that somebody has to choose, in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/channel.hpp"
#include "sqlite/database.hpp"
#include "store/page.hpp"

#include <optional>

namespace relevo::store {

void save_guide_review(sqlite::Database& database, const model::GuideReview& review);
void erase_guide_review(sqlite::Database& database, model::ChannelId channel);
[[nodiscard]] std::optional<model::GuideReview> find_guide_review(sqlite::Database& database,
                                                                  model::ChannelId channel);
/// Of channels that have no guide and nobody has decided about. Sorted by name; else by number, those without
/// one last.
[[nodiscard]] Slice<model::GuideReview> list_guide_reviews(const sqlite::Database& database,
                                                           const Page& page);

} // namespace relevo::store
