// SPDX-License-Identifier: LGPL-2.1-or-later
// What is kept of how streams played: facts, failures, penalties. All functions throw sqlite::Failure.
#pragma once

#include "model/measured.hpp"
#include "sqlite/database.hpp"

namespace relevo::store {

/// Each in the place of what was known of the stream. For a stream that has gone, nothing happens.
void save_measured(sqlite::Database& database, const model::Measured& measured);
void save_failure(sqlite::Database& database, const model::StreamFailure& failure);

struct StreamPast {
  std::optional<model::Measured> measured{};
  std::optional<model::StreamFailure> failure{};
  std::optional<model::StreamPenalty> penalty{}; // as it was given
};

/// Looks up one stream after the other.
class StreamPasts {
 public:
  explicit StreamPasts(const sqlite::Database& database);

  [[nodiscard]] StreamPast find(model::StreamId stream);

 private:
  sqlite::Statement row_;
};

} // namespace relevo::store
