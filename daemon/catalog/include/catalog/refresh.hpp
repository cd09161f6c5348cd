// SPDX-License-Identifier: LGPL-2.1-or-later
// A refresh: a listing becomes the streams of an account, in one transaction or not at all.
#pragma once

#include "catalog/census.hpp"
#include "sqlite/database.hpp"

namespace relevo::catalog {

struct RefreshOptions {
  bool dry_run = false;       // tells what would change, and changes nothing
  bool accept_losses = false; // somebody looked at an objection, and wants it so
  model::Time now{};
};

/// A stream in a report, for people.
struct Example {
  std::string name;
  std::string group;
};

struct RefreshReport {
  Objection objection = Objection::Nothing; // other than Nothing: nothing was changed
  std::size_t listed = 0;
  std::size_t present = 0; // before, without those that were missing
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t vanished = 0;
  std::size_t returned = 0;
  std::size_t expired = 0;                                // had been missing too long, and are gone
  std::array<std::size_t, model::kLikenesses> known_by{}; // how those that stay were known again
  std::size_t new_groups = 0;
  std::size_t filtered = 0;
  std::size_t unwanted = 0;
  std::size_t duplicates = 0;
  std::size_t faults = 0;
  std::vector<sources::Fault> notes{};
  std::vector<Example> added_examples{}; // of a dry run or an objection; likewise below
  std::vector<Example> vanished_examples{};
};

enum class Phase { Parse, Apply };

struct Progress {
  Phase phase = Phase::Parse;
  std::size_t done = 0;  // entries
  std::size_t total = 0; // 0: not known yet
};

/// Blocks, in a worker. An error says why the listing cannot be used; then, and when this throws, nothing has
/// changed.
[[nodiscard]] sources::Got<RefreshReport> refresh(sqlite::Database& database, const model::Account& account,
                                                  const sources::Listing& listing,
                                                  const RefreshOptions& options,
                                                  const std::function<void(const Progress&)>& on_progress,
                                                  const gx::CancelToken& token);

} // namespace relevo::catalog
