// SPDX-License-Identifier: LGPL-2.1-or-later
// The refresh of a guide from its source to the database, with what came of it written down.
#pragma once

#include "catalog/refresh_account.hpp"
#include "model/guide.hpp"

namespace relevo::catalog {

struct GuideRefresh {
  model::GuideSourceId source{};
  bool accept_losses = false;
  bool even_unchanged = false;
  model::Time now{};
  std::string folder{}; // as of AccountRefresh
  ip::Reach reach{};    // likewise
};

struct GuideReport {
  Outcome outcome = Outcome::Failed;
  std::string message{}; // for people: what failed, what is objected to, or where the guide breaks off
  std::size_t channels = 0;
  std::int64_t programmes = 0;
  std::int64_t before = 0; // programmes of the guide in use
  std::size_t outside = 0; // that are over too long, or too far ahead
  std::size_t faults = 0;
  std::vector<sources::Fault> notes{}; // the first of them
  std::size_t breaks_at = 0;           // the line where it breaks off; 0: it does not
  Setback setback{};                   // of Failed
};

/// As refresh_account(). The guide that is in use stays until the new one is whole.
[[nodiscard]] GuideReport refresh_guide(sqlite::Database& database, const GuideRefresh& task,
                                        const std::function<void(const AccountProgress&)>& on_progress,
                                        const gx::CancelToken& token);

} // namespace relevo::catalog
