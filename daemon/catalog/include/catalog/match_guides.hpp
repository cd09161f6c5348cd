// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels find their guides.
#pragma once

#include "base/result.hpp"
#include "gx/cancel.hpp"
#include "model/channel.hpp"
#include "sqlite/database.hpp"

#include <span>

namespace relevo::catalog {

struct GuideMatchReport {
  std::size_t channels = 0;  // that were looked at
  std::size_t decided = 0;   // by the user, and left as they are
  std::size_t linked = 0;    // that got a guide, or another one
  std::size_t unlinked = 0;  // that lost theirs
  std::size_t unchanged = 0; // that keep theirs
  std::size_t review = 0;    // for which somebody should choose; see store::list_guide_reviews()
  std::size_t none = 0;      // that nothing is like
};

/// Blocks, in a worker, in one transaction. Channels are matched with the guides of all enabled sources, the
/// preferred ones first among equals. What the user chose stays for ever, also that there be no guide. A
/// guide that matching found stays while it is there and still like the channel, until there is a better one.
/// `channels` empty: all. An error: cancelled; then, and when this throws, nothing has changed.
[[nodiscard]] Result<GuideMatchReport> match_guides(sqlite::Database& database,
                                                    std::span<const model::ChannelId> channels,
                                                    const gx::CancelToken& token);

} // namespace relevo::catalog
