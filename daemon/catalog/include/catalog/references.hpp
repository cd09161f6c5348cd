// SPDX-License-Identifier: LGPL-2.1-or-later
// Streams by what they are, for files that outlive the numbers of a database.
#pragma once

#include "model/stream.hpp"
#include "sqlite/database.hpp"

#include <map>
#include <set>
#include <string>

namespace relevo::catalog {

struct StreamReference {
  model::StreamKind kind = model::StreamKind::Live;
  std::string name{};
  std::string url{};
  std::string provider_id{};
  std::string group{};
  std::string tvg_id{};

  auto operator<=>(const StreamReference&) const = default;
};

struct Resolved {
  std::map<StreamReference, model::StreamId> streams{}; // all that were asked for
  std::size_t waiting = 0;                              // of them: those that the account did not have
};

/// Inside a transaction of the caller. What the account has is known again as in a refresh. What it does not
/// have is written as a stream that is missing from its list: the next refresh that finds it knows it again
/// too, and what none finds goes like any other. Throws sqlite::Failure.
[[nodiscard]] Resolved resolve(sqlite::Database& database, const model::Account& account,
                               const std::set<StreamReference>& references, model::Time now);

} // namespace relevo::catalog
